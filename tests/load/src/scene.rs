//! The benchmark's fixture: a file-backed server with a board of 200 cards.

use crate::connection::{Connection, request};
use anyhow::{Context, Result};
use millrace_localstack::server::{Options, Server};
use serde_json::{Value, json};

/// A running server, and what is on it.
pub struct Scene {
    /// The server.
    pub server: Server,
    /// Its port.
    pub port: u16,
    /// A good access token.
    pub token: String,
    /// The board's id.
    pub board: String,
    /// The board's columns.
    pub columns: Vec<String>,
    /// The keys of its cards.
    pub tasks: Vec<String>,
    _data: tempfile::TempDir,
}

/// How many cards the board has.
pub const CARDS: usize = 200;

impl Scene {
    /// Starts the server, and fills the board.
    pub async fn make() -> Result<Self> {
        let data = tempfile::tempdir()?;
        let functions = millrace_infra::functions(millrace_infra::AREAS);
        let options = Options { data: Some(data.path().to_owned()), ..Options::in_memory(functions) };
        let server = Server::start(options).await?;
        let port = server.url().rsplit(':').next().and_then(|port| port.parse().ok()).context("a port")?;
        let mut connection = Connection::open(port).await?;
        let workspace = json!({"name": "Bench", "slug": "bench"});
        let register = json!({"email": "bench@example.com", "password": "a long password", "name": "Bench", "workspace": workspace});
        let signed_in = connection.ask(&request("POST", "/api/auth/register", "", Some(&register))).await?.json()?;
        let token = text(&signed_in["access_token"])?;
        let project = json!({"key": "WEB", "name": "Website"});
        let project = connection.ask(&request("POST", "/api/projects", &token, Some(&project))).await?.json()?;
        let board = text(&project["board_id"])?;
        let mut tasks = Vec::with_capacity(CARDS);
        for number in 0..CARDS {
            let task =
                json!({"title": format!("Card {number} with a title of a usual length"), "story_points": number % 8});
            let task =
                connection.ask(&request("POST", "/api/projects/WEB/tasks", &token, Some(&task))).await?.json()?;
            tasks.push(text(&task["key"])?);
        }
        let snapshot = connection.ask(&request("GET", &format!("/api/boards/{board}"), &token, None)).await?.json()?;
        let columns = snapshot["columns"].as_array().context("columns")?;
        let columns = columns.iter().map(|column| text(&column["id"])).collect::<Result<Vec<_>>>()?;
        let mut scene = Self { server, port, token, board, columns, tasks, _data: data };
        scene.spread(&mut connection).await?;
        Ok(scene)
    }

    /// Spreads the cards over the columns, as on a board that is in use.
    async fn spread(&mut self, connection: &mut Connection) -> Result<()> {
        for (index, task) in self.tasks.iter().enumerate() {
            let column = index % self.columns.len();
            if column > 0 {
                connection.ask(&self.move_request(task, 0, column)).await?.json()?;
            }
        }
        Ok(())
    }

    /// A move of a task from a column to the top of another.
    pub fn move_request(&self, task: &str, from: usize, to: usize) -> Vec<u8> {
        let body =
            json!({"task": task, "from_column": self.columns[from], "to_column": self.columns[to], "position": 0});
        request("POST", &format!("/api/boards/{}/move", self.board), &self.token, Some(&body))
    }
}

fn text(value: &Value) -> Result<String> {
    value.as_str().map(str::to_owned).with_context(|| format!("no text: {value}"))
}
