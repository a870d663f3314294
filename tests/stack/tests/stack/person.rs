//! A person who uses the deployed system.

use crate::deployed::{Deployed, until};
use anyhow::{Context, Result, bail, ensure};
use millrace_endpoint::declared::Trigger;
use millrace_infra::{AREAS, functions};
use reqwest::header::HeaderMap;
use serde_json::{Value, json};

/// Everybody's password.
pub const PASSWORD: &str = "correct horse battery";

/// What was answered.
pub struct Reply {
    /// The status.
    pub status: u16,
    /// The headers.
    pub headers: HeaderMap,
    /// The body as it came.
    pub text: String,
}

impl Reply {
    /// Sends a request for the route of `function`, and notes that it was answered by the function itself.
    pub async fn of(deployed: &Deployed, function: &str, request: reqwest::RequestBuilder) -> Result<Self> {
        let response = request.send().await?;
        let reply = Self {
            status: response.status().as_u16(),
            headers: response.headers().clone(),
            text: response.text().await?,
        };
        // A function is a process of its own with one route, and puts this header on all that its handler answers:
        // neither the gateway nor another function does.
        ensure!(
            reply.headers.contains_key("x-request-id"),
            "{function} did not answer: {} {}",
            reply.status,
            reply.text
        );
        ensure!(reply.status < 500, "{function} broke: {} {}", reply.status, reply.text);
        let all = functions(AREAS);
        let declared = all
            .iter()
            .find(|declared| declared.name == function)
            .with_context(|| format!("{function} is not declared"))?;
        deployed.saw(declared.name);
        Ok(reply)
    }

    /// The body, where the status is this one.
    pub fn ok(&self, status: u16) -> Result<Value> {
        ensure!(self.status == status, "{} instead of {status}: {}", self.status, self.text);
        Ok(serde_json::from_str(&self.text).unwrap_or(Value::Null))
    }
}

/// A signed-in person.
pub struct Person<'a> {
    deployed: &'a Deployed,
    /// Their address.
    pub email: String,
    /// Their user id.
    pub id: String,
    /// Their workspace's id.
    pub workspace: String,
    /// Their workspace's slug.
    pub slug: String,
    /// Their access token.
    pub token: String,
}

impl<'a> Person<'a> {
    /// Registers someone with a workspace of their own, who then signs in.
    pub async fn register(deployed: &'a Deployed, name: &str) -> Result<Self> {
        let email = format!("{name}@example.com");
        let body = json!({
            "email": email, "password": PASSWORD, "name": name,
            "workspace": {"name": format!("{name} and friends"), "slug": format!("team-{name}")},
        });
        call(deployed, "auth-register", &[], None, Some(body)).await?.ok(201)?;
        let body = json!({"email": email, "password": PASSWORD});
        let answer = call(deployed, "auth-login", &[], None, Some(body)).await?.ok(200)?;
        Self::signed_in(deployed, &email, &answer)
    }

    fn signed_in(deployed: &'a Deployed, email: &str, answer: &Value) -> Result<Self> {
        Ok(Self {
            deployed,
            email: email.to_owned(),
            id: text(&answer["user"]["id"])?,
            workspace: text(&answer["workspace"]["id"])?,
            slug: text(&answer["workspace"]["slug"])?,
            token: text(&answer["access_token"])?,
        })
    }

    /// Calls the route of a function: `call("boards-get", &[("board_id", id)], None)`.
    pub async fn call(&self, function: &str, path: &[(&str, &str)], body: Option<Value>) -> Result<Reply> {
        call(self.deployed, function, path, Some(&self.token), body).await
    }

    /// Invites someone new into this person's workspace, who follows the link in the mail.
    pub async fn invite(&self, name: &str) -> Result<Person<'a>> {
        let email = format!("{name}@example.com");
        let invite = json!({"email": email, "role": "member"});
        self.call("workspaces-invite", &[("workspace_id", &self.workspace)], Some(invite)).await?.ok(201)?;
        let token = mailed_token(self.deployed, &email, "/invites/").await?;
        let accept = json!({"name": name, "password": PASSWORD});
        let reply = call(self.deployed, "workspaces-accept-invite", &[("token", &token)], None, Some(accept)).await?;
        ensure!(reply.status < 300, "{} {}", reply.status, reply.text);
        Person::signed_in(self.deployed, &email, &serde_json::from_str(&reply.text)?)
    }
}

/// A text of an answer.
pub fn text(value: &Value) -> Result<String> {
    value.as_str().map(str::to_owned).with_context(|| format!("{value} is no text"))
}

/// What the link of a mail to `to` ends in, behind `before`.
pub async fn mailed_token(deployed: &Deployed, to: &str, before: &str) -> Result<String> {
    let link = |mail: &Value| {
        let text = mail["BodyText"].as_str()?;
        let behind = text.split_once(before)?.1;
        Some(behind.split_whitespace().next()?.to_owned())
    };
    let what = format!("a mail to {to} with {before}");
    let token = until(&what, || async { Ok(deployed.mails_to(to).await?.iter().find_map(link)) }).await?;
    deployed.saw("notify-email");
    Ok(token)
}

/// Calls the route of a function, with a token or without.
pub async fn call(
    deployed: &Deployed,
    function: &str,
    path: &[(&str, &str)],
    token: Option<&str>,
    body: Option<Value>,
) -> Result<Reply> {
    let all = functions(AREAS);
    let declared =
        all.iter().find(|declared| declared.name == function).with_context(|| format!("{function} is not declared"))?;
    let Trigger::Http(route) = declared.trigger else { bail!("{function} has no route") };
    let filled =
        path.iter().fold(route.path.to_owned(), |filled, (name, value)| filled.replace(&format!("{{{name}}}"), value));
    let mut request = deployed.http.request(route.method.as_str().parse()?, format!("{}{filled}", deployed.api_url));
    if let Some(token) = token {
        request = request.bearer_auth(token);
    }
    if let Some(body) = body {
        request = request.json(&body);
    }
    Reply::of(deployed, function, request).await
}
