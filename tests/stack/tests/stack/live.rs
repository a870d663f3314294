//! Live boards: the sockets, and the relay of what was committed.

use crate::{
    deployed::Deployed,
    person::{Person, text},
    socket::Socket,
};
use anyhow::{Context, Result, ensure};
use serde_json::{Value, json};
use std::time::Instant;

async fn project(person: &Person<'_>, key: &str) -> Result<Value> {
    let body = json!({"key": key, "name": format!("Project {key}")});
    let project = person.call("projects-create", &[], Some(body)).await?.ok(201)?;
    person.call("boards-get", &[("board_id", &text(&project["board_id"])?)], None).await?.ok(200)
}

/// One person moves a task; another sees it on their socket.
pub async fn a_move_is_seen_by_another_person(deployed: &Deployed) -> Result<()> {
    let alex = Person::register(deployed, "alex").await?;
    let bea = alex.invite("bea").await?;
    let snapshot = project(&alex, "WEB").await?;
    let board = text(&snapshot["board"]["id"])?;
    let task = alex.call("tasks-create", &[("project", "WEB")], Some(json!({"title": "Ship it"}))).await?.ok(201)?;
    let task = text(&task["key"])?;

    let mut socket = Socket::open(deployed, &bea).await?;
    socket.send(json!({"action": "subscribe", "board_id": board})).await?;
    socket.next("subscribed").await?;
    deployed.saw("live-subscribe");

    let columns = snapshot["columns"].as_array().context("columns")?;
    let (from, to) = (text(&columns[0]["id"])?, text(&columns[1]["id"])?);
    let body = json!({"task": task, "from_column": from, "to_column": to});
    let moved = Instant::now();
    let card = alex.call("boards-move-task", &[("board_id", &board)], Some(body)).await?.ok(200)?;
    ensure!(card["column_id"] == to, "{card}");
    let is_move = |event: &Value| event["type"] == "task.moved" && event["task"] == task;
    let has_move = |frame: &Value| frame["events"].as_array().is_some_and(|events| events.iter().any(is_move));
    socket.next_where("events", has_move).await?;
    deployed.saw("events-relay");
    println!("     the move was seen after {} ms", moved.elapsed().as_millis());
    socket.close().await
}

/// Each socket route does what it is for.
pub async fn every_frame_is_answered(deployed: &Deployed) -> Result<()> {
    let cleo = Person::register(deployed, "cleo").await?;
    let dana = cleo.invite("dana").await?;
    let board = text(&project(&cleo, "LIVE").await?["board"]["id"])?;
    cleo.call("tasks-create", &[("project", "LIVE")], Some(json!({"title": "Edit it"}))).await?.ok(201)?;
    let mut stays = Socket::open(deployed, &cleo).await?;
    let mut leaves = Socket::open(deployed, &dana).await?;
    for socket in [&mut stays, &mut leaves] {
        socket.send(json!({"action": "subscribe", "board_id": board})).await?;
        socket.next("subscribed").await?;
    }
    leaves.send(json!({"action": "ping"})).await?;
    leaves.next("pong").await?;
    deployed.saw("live-ping");

    leaves.send(json!({"action": "presence", "state": "idle", "board_id": board})).await?;
    stays.next_where("presence", |frame| state_of(frame, &dana.id) == Some("idle")).await?;
    deployed.saw("live-presence");

    stays.send(json!({"action": "edit", "task": "LIVE-1", "field": "title", "editing": true})).await?;
    leaves.next_where("edit", |frame| frame["person"]["id"] == cleo.id).await?;
    deployed.saw("live-edit");

    stays.send(json!({"action": "cursor", "x": 0.5, "y": 0.5})).await?;
    leaves.next_where("cursor", |frame| frame["person"]["id"] == cleo.id).await?;
    deployed.saw("live-cursor");

    leaves.send(json!({"action": "no-such-thing"})).await?;
    leaves.next("error").await?;
    deployed.saw("live-default");

    leaves.close().await?;
    stays.next_where("presence", |frame| state_of(frame, &dana.id).is_none()).await?;
    deployed.saw("live-disconnect");

    stays.send(json!({"action": "unsubscribe", "board_id": board})).await?;
    stays.next("unsubscribed").await?;
    deployed.saw("live-unsubscribe");
    stays.close().await
}

fn state_of<'a>(frame: &'a Value, person: &str) -> Option<&'a str> {
    let people = frame["people"].as_array()?;
    people.iter().find(|each| each["id"] == person)?["state"].as_str()
}
