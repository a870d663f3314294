//! The history of a demo project in chronological order: tasks created and moved, sprints planned, run and closed, all
//! through the API with a clock set to those times.

use super::{DemoError, each, good, past::Past, text};
use axum::http::Method;
use jiff::{Timestamp, ToSpan, civil::Date, tz::TimeZone};
use serde_json::{Value, json};

/// A sprint: its name, its goal, its days before today (negative for days to come), its capacity.
pub(super) type Told = (&'static str, &'static str, [i64; 2], u32);

/// What somebody does.
pub(super) enum Deed {
    Make(usize),
    Move(usize, usize),
    Plan(usize),
    /// Tasks into a sprint, and tasks out of it.
    Fill(usize, &'static [usize], &'static [usize]),
    Start(usize),
    /// Closes a sprint; what is not done goes into the next.
    Close(usize),
}

/// Everything that happens, from the earliest on: how many days before today, and what.
pub(super) fn in_order(mut deeds: Vec<(f64, Deed)>) -> Vec<(f64, Deed)> {
    deeds.sort_by(|(one, _), (other, _)| other.total_cmp(one));
    deeds
}

/// A project while its story is told.
pub(super) struct Story {
    project: &'static str,
    sprints: &'static [Told],
    today: Date,
    pub(super) board: String,
    pub(super) columns: Vec<String>,
    /// The keys of the tasks, by their places; empty before they are made.
    pub(super) tasks: Vec<String>,
    planned: Vec<String>,
}

impl Story {
    /// Makes the project, with the others of `people` as its developers.
    pub(super) async fn begin(
        past: &Past,
        (project, name, about): (&'static str, &str, &str),
        people: &[String],
        tasks: usize,
        sprints: &'static [Told],
        today: Timestamp,
    ) -> Result<Self, DemoError> {
        let body = json!({"key": project, "name": name, "description": about});
        let board = text(&past.api.post("/api/projects", body).await?["board_id"]);
        let snapshot = past.api.get(&format!("/api/boards/{board}")).await?;
        for person in people.iter().skip(1) {
            let path = format!("/api/projects/{project}/members/{person}");
            past.call(Method::PUT, &path, json!({"role": "developer"})).await?;
        }
        Ok(Self {
            project,
            sprints,
            today: today.to_zoned(TimeZone::UTC).date(),
            board,
            columns: each(&snapshot["columns"]).map(|column| text(&column["id"])).collect(),
            tasks: vec![String::new(); tasks],
            planned: vec![String::new(); sprints.len()],
        })
    }

    /// Does it; `task` says what a task is that is made.
    pub(super) async fn tell(
        &mut self,
        past: &Past,
        deed: Deed,
        task: impl Fn(&Self, usize) -> Value,
    ) -> Result<(), DemoError> {
        let project = self.project;
        match deed {
            Deed::Make(index) => {
                let made = past.api.post(&format!("/api/projects/{project}/tasks"), task(self, index)).await?;
                self.tasks[index] = text(&made["key"]);
            }
            Deed::Move(index, column) => {
                let path = format!("/api/tasks/{}", self.tasks[index]);
                past.call(Method::PATCH, &path, json!({"column_id": self.columns.get(column)})).await?;
            }
            Deed::Plan(index) => {
                let (name, goal, [first, last], capacity) = self.sprints[index];
                let date = |before: i64| self.today.saturating_sub(before.days());
                let body = json!({
                    "name": name, "goal": goal, "start_date": date(first), "end_date": date(last),
                    "capacity": capacity,
                });
                let planned = past.api.post(&format!("/api/projects/{project}/sprints"), body).await?;
                self.planned[index] = text(&planned["id"]);
            }
            Deed::Fill(index, add, remove) => {
                let named = |list: &[usize]| list.iter().map(|task| self.tasks[*task].clone()).collect::<Vec<_>>();
                let body = json!({"add": named(add), "remove": named(remove)});
                past.call(Method::PUT, &format!("/api/sprints/{}/tasks", self.planned[index]), body).await?;
            }
            Deed::Start(index) => {
                let path = format!("/api/sprints/{}/start", self.planned[index]);
                good(&path, past.api.send(Method::POST, &path, None).await?)?;
            }
            Deed::Close(index) => {
                let body = json!({"unfinished": self.planned[index + 1]});
                past.api.post(&format!("/api/sprints/{}/close", self.planned[index]), body).await?;
            }
        }
        Ok(())
    }
}
