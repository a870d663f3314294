use crate::{Reply, Socket, Stack, unique};
use serde_json::{Value, json};

/// A signed-in person.
#[derive(Clone)]
pub struct Person<'stack> {
    /// The system that they use.
    pub stack: &'stack Stack,
    /// Their name.
    pub name: String,
    /// Their address.
    pub email: String,
    /// Their user id.
    pub id: String,
    /// The workspace of their token; empty where it has none.
    pub workspace: String,
    /// Their access token.
    pub token: String,
    /// The value of their refresh cookie.
    pub refresh: String,
}

/// The password of every person in tests.
pub const PASSWORD: &str = "correct horse battery";

impl<'stack> Person<'stack> {
    pub(crate) async fn register(stack: &'stack Stack, name: &str, with_workspace: bool) -> Self {
        let email = format!("{}@example.com", unique(&name.to_lowercase()));
        let mut body = json!({"email": email, "password": PASSWORD, "name": name});
        if with_workspace {
            body["workspace"] = json!({"name": format!("{name} and friends"), "slug": unique("team-")});
        }
        let reply = stack.call("POST", "/api/auth/register", Some(body)).await;
        Self::signed_in(stack, &email, reply, 201)
    }

    /// The person that a sign-in answered with.
    #[track_caller]
    pub fn signed_in(stack: &'stack Stack, email: &str, reply: Reply, status: u16) -> Self {
        let refresh = reply.refresh_cookie();
        let body = reply.ok(status);
        let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
        Self {
            stack,
            name: text(&body["user"]["name"]),
            email: email.to_owned(),
            id: text(&body["user"]["id"]),
            workspace: text(&body["workspace"]["id"]),
            token: text(&body["access_token"]),
            refresh,
        }
    }

    /// A request with this person's token.
    pub fn request(&self, method: &str, path: &str) -> reqwest::RequestBuilder {
        let method = method.parse().expect("a method");
        self.stack.http.request(method, self.stack.url(path)).bearer_auth(&self.token)
    }

    /// GET.
    pub async fn get(&self, path: &str) -> Reply {
        Reply::of(self.request("GET", path)).await
    }
    /// POST.
    pub async fn post(&self, path: &str, body: Value) -> Reply {
        Reply::of(self.request("POST", path).json(&body)).await
    }
    /// PUT.
    pub async fn put(&self, path: &str, body: Value) -> Reply {
        Reply::of(self.request("PUT", path).json(&body)).await
    }
    /// PATCH.
    pub async fn patch(&self, path: &str, body: Value) -> Reply {
        Reply::of(self.request("PATCH", path).json(&body)).await
    }
    /// DELETE.
    pub async fn delete(&self, path: &str) -> Reply {
        Reply::of(self.request("DELETE", path)).await
    }

    /// Invites a new person into this person's workspace, who accepts: `("developer", &[("WEB", "developer")])`.
    pub async fn invite(&self, name: &str, role: &str, projects: &[(&str, &str)]) -> Self {
        let email = format!("{}@example.com", unique(&name.to_lowercase()));
        let projects: Vec<Value> =
            projects.iter().map(|(project, role)| json!({"project": project, "role": role})).collect();
        let body = json!({"email": email, "role": role, "projects": projects});
        self.post(&format!("/api/workspaces/{}/invites", self.workspace), body).await.ok(201);
        let token = self.stack.mailed_token(&email, "/invites/").await;
        let accept = json!({"name": name, "password": PASSWORD});
        let reply = self.stack.call("POST", &format!("/api/invites/{token}/accept"), Some(accept)).await;
        let status = reply.status;
        Self::signed_in(self.stack, &email, reply, status)
    }

    /// A new project with a board of the kanban template; its snapshot's `board`, with `columns` by their names' order.
    pub async fn project(&self, key: &str) -> Board {
        let project = self.post("/api/projects", json!({"key": key, "name": format!("Project {key}")})).await.ok(201);
        let id = project["board_id"].as_str().expect("a board").to_owned();
        self.board(&id).await
    }

    /// A board that exists.
    pub async fn board(&self, id: &str) -> Board {
        let snapshot = self.get(&format!("/api/boards/{id}")).await.ok(200);
        let columns = snapshot["columns"].as_array().expect("columns");
        let columns = columns.iter().map(|column| column["id"].as_str().expect("an id").to_owned()).collect();
        Board { id: id.to_owned(), columns, cursor: snapshot["cursor"].as_str().expect("a cursor").to_owned() }
    }

    /// A new task in a project; its key.
    pub async fn task(&self, project: &str, title: &str) -> String {
        let task = self.post(&format!("/api/projects/{project}/tasks"), json!({"title": title})).await.ok(201);
        task["key"].as_str().expect("a key").to_owned()
    }

    /// Moves a task to the bottom of a column.
    pub async fn move_task(&self, board: &Board, task: &str, from: usize, to: usize) -> Reply {
        let body = json!({"task": task, "from_column": board.columns[from], "to_column": board.columns[to]});
        self.post(&format!("/api/boards/{}/move", board.id), body).await
    }

    /// An open socket.
    pub async fn socket(&self) -> Socket {
        let ticket = self.post("/api/auth/live-ticket", json!({})).await.ok(200);
        Socket::open(self.stack, ticket["ticket"].as_str().expect("a ticket")).await.expect("the socket opens")
    }
}

/// A board, as tests address it.
#[derive(Debug, Clone)]
pub struct Board {
    /// The id.
    pub id: String,
    /// Its columns' ids, from left to right.
    pub columns: Vec<String>,
    /// Where its feed stood.
    pub cursor: String,
}
