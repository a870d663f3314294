//! Every route, over the deployed API.

use crate::{
    deployed::Deployed,
    person::{Person, call, text},
    requests::Requests,
};
use anyhow::{Result, ensure};
use millrace_endpoint::{Need, Route, declared::Trigger, route::Method};
use millrace_infra::{AREAS, functions};
use serde_json::{Value, json};

/// Calls every route once, in an order in which little is gone before it is asked for, and as someone who may.
pub async fn every_route_is_answered(deployed: &Deployed) -> Result<()> {
    let owner = Person::register(deployed, "olga").await?;
    let named = everything(&owner).await?;
    let named: Vec<(&str, &str)> = named.iter().map(|(name, value)| (*name, value.as_str())).collect();
    let requests = Requests::read();
    let mut routes: Vec<Route> = functions(AREAS)
        .iter()
        .filter_map(|declared| match declared.trigger {
            Trigger::Http(route) => Some(*route),
            _ => None,
        })
        .collect();
    routes.sort_by_key(|route| (order(route), route.path));
    let mut refused = 0;
    for route in &routes {
        let reply = call(deployed, route.name, &named, Some(&owner.token), requests.body(route.name)).await?;
        let ended = matches!(route.name, "auth-logout" | "workspaces-delete" | "auth-revoke-session");
        ensure!(
            reply.status != 401 || ended || route.need == Need::Public,
            "{} refuses a good token: {}",
            route.name,
            reply.text
        );
        refused += usize::from(reply.status >= 400);
    }
    println!("     {} routes, {} of them with a refusal", routes.len(), refused);
    Ok(())
}

fn order(route: &Route) -> u8 {
    match (route.name, route.method) {
        ("auth-logout", _) => 7,
        ("auth-revoke-session" | "workspaces-delete", _) => 6,
        ("projects-delete", _) => 5,
        (_, Method::Get) => 0,
        (_, Method::Put) => 1,
        (_, Method::Patch) => 2,
        (_, Method::Post) => 3,
        (_, Method::Delete) => 4,
    }
}

/// Something of everything that a path can name.
async fn everything(owner: &Person<'_>) -> Result<Vec<(&'static str, String)>> {
    let project =
        owner.call("projects-create", &[], Some(json!({"key": "ALL", "name": "Everything"}))).await?.ok(201)?;
    let board = text(&project["board_id"])?;
    let snapshot = owner.call("boards-get", &[("board_id", &board)], None).await?.ok(200)?;
    let task = owner.call("tasks-create", &[("project", "ALL")], Some(json!({"title": "Something"}))).await?.ok(201)?;
    let task_key = text(&task["key"])?;
    let label = json!({"name": "Something", "color": "#123456"});
    let label = owner.call("projects-create-label", &[("project", "ALL")], Some(label)).await?.ok(201)?;
    let invite = json!({"email": "somebody@example.com", "role": "member"});
    let invite = owner.call("workspaces-invite", &[("workspace_id", &owner.workspace)], Some(invite)).await?.ok(201)?;
    let on_task = [("task", task_key.as_str())];
    let comment = owner.call("comments-add", &on_task, Some(json!({"body": "Something"}))).await?.ok(201)?;
    let file = json!({"name": "something.txt", "content_type": "text/plain", "size": 9});
    let file = owner.call("attachments-create", &on_task, Some(file)).await?.ok(201)?;
    let report = owner.call("reports-create", &[], Some(json!({"kind": "time", "format": "csv"}))).await?.ok(201)?;
    send(&file["upload"], b"Something").await?;
    let import = json!({"project": "ALL", "format": "csv", "name": "something.csv", "size": 9});
    let import = owner.call("data-import", &[], Some(import)).await?.ok(201)?;
    let sessions = owner.call("auth-list-sessions", &[], None).await?.ok(200)?;
    Ok(vec![
        ("project", "ALL".to_owned()),
        ("board_id", board),
        ("column_id", text(&snapshot["columns"][0]["id"])?),
        ("task", task_key),
        ("comment_id", text(&comment["id"])?),
        ("emoji", "%F0%9F%91%8D".to_owned()),
        ("attachment_id", text(&file["id"])?),
        ("label_id", text(&label["id"])?),
        ("import_id", text(&import["import_id"])?),
        ("invite_id", text(&invite["id"])?),
        ("report_id", text(&report["id"])?),
        ("session_id", text(&sessions["items"][0]["id"])?),
        ("workspace_id", owner.workspace.clone()),
        ("user_id", owner.id.clone()),
        ("slug", owner.slug.clone()),
        ("token", "no-such-token".to_owned()),
    ])
}

/// Sends a file by a signed form, as a browser does.
pub async fn send(form: &Value, bytes: &[u8]) -> Result<()> {
    let mut sent = reqwest::multipart::Form::new();
    for (name, value) in form["fields"].as_object().into_iter().flatten() {
        sent = sent.text(name.clone(), text(value)?);
    }
    let sent = sent.part("file", reqwest::multipart::Part::bytes(bytes.to_vec()).file_name("something.txt"));
    let answer = reqwest::Client::new().post(text(&form["url"])?).multipart(sent).send().await?;
    ensure!(answer.status().is_success(), "the bucket does not take a file: {}", answer.status());
    Ok(())
}
