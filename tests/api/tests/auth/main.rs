//! The auth area, as its clients see it.

mod forgot_password;
mod live_ticket;
mod login;
mod logout;
mod refresh;
mod register;
mod reset_password;
mod sessions;
mod switch_workspace;
mod verify_email;

use millrace_api_tests::{Reply, Stack};
use serde_json::{Value, json};

/// Continues a session with its cookie.
async fn refresh(stack: &Stack, cookie: &str) -> Reply {
    let request = stack.http.post(stack.url("/api/auth/refresh"));
    Reply::of(request.header("cookie", format!("theme=dark; millrace_refresh={cookie}"))).await
}

async fn login(stack: &Stack, email: &str, password: &str) -> Reply {
    stack.call("POST", "/api/auth/login", Some(json!({"email": email, "password": password}))).await
}

/// Whether the answer makes a browser forget its refresh cookie.
fn forgets_cookie(reply: &Reply) -> bool {
    reply.header("set-cookie").starts_with("millrace_refresh=;") && reply.header("set-cookie").contains("Max-Age=0")
}

/// The answers to wrong bodies: each names the fields that are wrong.
async fn refuses(stack: &Stack, path: &str, cases: &[(Value, &[&str])]) {
    for (body, fields) in cases {
        let reply = stack.call("POST", path, Some(body.clone())).await;
        assert_eq!(reply.status, 422, "{body}: {}", reply.text);
        reply.invalid(fields);
    }
}
