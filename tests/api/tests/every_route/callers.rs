//! Something of everything that a path can name, and tokens that are not good.

use millrace_api_tests::{Board, Person, Stack, unique};
use millrace_endpoint::{
    Route,
    token::{Claims, SigningKey},
};
use serde_json::{Value, json};
use std::collections::HashMap;

/// A workspace with something of everything.
pub struct Fixture<'stack> {
    /// Its owner.
    pub owner: Person<'stack>,
    /// Its board.
    pub board: Board,
    named: Named,
}

/// A value for each placeholder of a path.
pub struct Named(HashMap<&'static str, String>);

impl Named {
    /// A route's path with a value for each placeholder.
    ///
    /// # Errors
    /// The placeholder that there is no value for.
    pub fn path(&self, path: &str) -> Result<String, String> {
        let part = |part: &str| match self.0.get(part) {
            Some(value) => Ok(value.clone()),
            None if part.contains('{') => Err(part.to_owned()),
            None => Ok(part.to_owned()),
        };
        Ok(path.split('/').map(part).collect::<Result<Vec<_>, _>>()?.join("/"))
    }
}

impl<'stack> Fixture<'stack> {
    /// Makes it; all of its names say "Secret".
    pub async fn make(stack: &'stack Stack) -> Self {
        let owner = stack.person("Secret").await;
        let board = owner.project("SEC").await;
        let task = owner.task("SEC", "Secret task").await;
        let label = owner.post("/api/projects/SEC/labels", json!({"name": "Secret", "color": "#123456"})).await.ok(201);
        let file = json!({"name": "Secret.txt", "content_type": "text/plain", "size": 6});
        let file = owner.post("/api/tasks/SEC-1/attachments", file).await.ok(201);
        assert_eq!(stack.send_by_form(&file["upload"], b"Secret".to_vec()).await.status, 204);
        let attached = format!("/api/tasks/SEC-1/attachments/{}/complete", file["id"].as_str().expect("an id"));
        owner.post(&attached, json!({})).await.ok(200);
        let comment = owner.post("/api/tasks/SEC-1/comments", json!({"body": "Secret"})).await.ok(201);
        let invite = json!({"email": format!("{}@example.com", unique("secret-invite")), "role": "member"});
        let invite = owner.post(&format!("/api/workspaces/{}/invites", owner.workspace), invite).await.ok(201);
        let sessions = owner.get("/api/auth/sessions").await.ok(200);
        // Somebody else's comment tells the owner of it.
        let colleague = owner.invite("Secretary", "member", &[("SEC", "developer")]).await;
        colleague.post("/api/tasks/SEC-1/comments", json!({"body": "Secret answer"})).await.ok(201);
        owner.task("SEC", "Secret other task").await;
        owner.post("/api/tasks/SEC-1/links", json!({"kind": "relates", "task": "SEC-2"})).await.ok(201);
        stack.idle().await;
        let notifications = owner.get("/api/notifications").await.ok(200);
        let mails = owner.get("/api/admin/mails").await.ok(200);
        let workspace = owner.get(&format!("/api/workspaces/{}", owner.workspace)).await.ok(200);
        let sprint = json!({"name": "Secret", "start_date": "2027-01-04", "end_date": "2027-01-15"});
        let sprint = owner.post("/api/projects/SEC/sprints", sprint).await.ok(201);
        let log = json!({"minutes": 5, "note": "Secret"});
        let log = owner.post(&format!("/api/tasks/{task}/time-logs"), log).await.ok(201);
        let team = owner.post("/api/teams", json!({"name": "Secret"})).await.ok(201);
        let report = owner.post("/api/reports", json!({"kind": "time", "format": "csv"})).await.ok(201);
        let import = json!({"project": "SEC", "format": "csv", "name": "Secret.csv", "size": 1});
        let import = owner.post("/api/imports/tasks", import).await.ok(201);
        let text = |value: &Value| value.as_str().expect("an id").to_owned();
        let named = Named(HashMap::from([
            ("{project}", "SEC".to_owned()),
            ("{board_id}", board.id.clone()),
            ("{column_id}", board.columns[1].clone()),
            ("{task}", task),
            ("{sprint_id}", text(&sprint["id"])),
            ("{label_id}", text(&label["id"])),
            ("{attachment_id}", text(&file["id"])),
            ("{comment_id}", text(&comment["id"])),
            ("{emoji}", "👍".to_owned()),
            ("{workspace_id}", owner.workspace.clone()),
            ("{user_id}", owner.id.clone()),
            ("{invite_id}", text(&invite["id"])),
            ("{link_id}", "relates.SEC-2".to_owned()),
            ("{log_id}", text(&log["id"])),
            ("{team_id}", text(&team["id"])),
            ("{report_id}", text(&report["id"])),
            ("{import_id}", text(&import["import_id"])),
            ("{session_id}", text(&sessions["items"][0]["id"])),
            ("{notification_id}", text(&notifications["items"][0]["id"])),
            ("{mail_id}", text(&mails["items"][0]["id"])),
            ("{slug}", text(&workspace["slug"])),
            // Of public routes alone: no link that was mailed ends in it.
            ("{token}", "no-such-token".to_owned()),
        ]));
        Self { owner, board, named }
    }

    /// A route's path with a value for each placeholder.
    ///
    /// # Panics
    /// Where there is none for one of them: a made-up id would be refused by every route, whoever calls.
    pub fn path(&self, route: &Route) -> String {
        let missing = |placeholder| panic!("{}: the walk has no value for {placeholder}", route.name);
        self.named.path(route.path).unwrap_or_else(missing)
    }

    /// A route's body, about the project and the task that are there rather than the reference's examples.
    pub fn body(&self, body: Value) -> Value {
        match body {
            Value::Object(fields) => fields.into_iter().map(|(name, value)| (name, self.body(value))).collect(),
            Value::String(text) => Value::String(match text.as_str() {
                "WEB-12" => self.named.0["{task}"].clone(),
                "WEB" => self.named.0["{project}"].clone(),
                "WEB.b4fJq8sNcX0aZ" => self.named.0["{board_id}"].clone(),
                "col_4fJq8sNcX0aZ7LtVw2Rb" => self.named.0["{column_id}"].clone(),
                _ => text,
            }),
            other => other,
        }
    }
}

/// Tokens that look like the owner's, and what is wrong with each.
pub fn forged_tokens(stack: &Stack, fixture: &Fixture) -> Vec<(&'static str, String)> {
    let own = &fixture.owner.token;
    let platform = stack.server.platform();
    let millrace_endpoint::platform::KeySource::Pem(pem) = &platform.settings.signing_key else { panic!("a key") };
    let ours = SigningKey::parse(pem).expect("our key");
    let theirs = SigningKey::parse(OTHER_KEY).expect("another key");
    let good = platform.keys.check(own, stack.server.clock().now()).expect("the owner's own token is good");
    let parts: Vec<&str> = own.split('.').collect();
    let expired = Claims { exp: good.iat - 60, iat: good.iat - 960, ..good.clone() };
    let early = Claims { iat: good.iat + 3_600, exp: good.exp + 3_600, ..good.clone() };
    let foreign = Claims { iss: "somebody-else".to_owned(), ..good.clone() };
    // {"alg":"none","typ":"JWT"}
    let none = format!("eyJhbGciOiJub25lIiwidHlwIjoiSldUIn0.{}.", parts[1]);
    let sign = |key: &SigningKey, claims: &Claims| key.sign(claims).expect("signs");
    vec![
        ("nonsense", "nonsense".to_owned()),
        ("an empty token", String::new()),
        ("no signature", format!("{}.{}.", parts[0], parts[1])),
        ("the algorithm none", none),
        ("a changed claim", format!("{}.{}x.{}", parts[0], parts[1], parts[2])),
        ("a key of somebody else", sign(&theirs, &good)),
        ("an expired token", sign(&ours, &expired)),
        ("a token from the future", sign(&ours, &early)),
        ("another issuer", sign(&ours, &foreign)),
    ]
}

/// Generated for this test alone.
const OTHER_KEY: &str = "-----BEGIN PRIVATE KEY-----
MC4CAQAwBQYDK2VwBCIEIJ1hsZ3v/VpguoRK9JLsLMREScVpezJpGXA7rAMcrn9g
-----END PRIVATE KEY-----
";

#[test]
fn a_placeholder_without_a_value_fails_the_walk() {
    let named = Named(HashMap::from([("{project}", "SEC".to_owned())]));
    let known = Route::get("things-list", "/api/projects/{project}/things");
    let unknown = Route::get("things-get", "/api/projects/{project}/things/{thing_id}");
    let partly = Route::get("things-download", "/api/things/{project}.csv");
    assert_eq!(named.path(known.path), Ok("/api/projects/SEC/things".to_owned()));
    assert_eq!(named.path(unknown.path), Err("{thing_id}".to_owned()));
    assert_eq!(named.path(partly.path), Err("{project}.csv".to_owned()));
}
