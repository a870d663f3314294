//! Every route and every socket action, tried by those who may not use it: nobody, forgers, strangers from another
//! tenant, and people with too little a role. A route that is added is tried as well, without a line here; one that
//! names what the walk has no value for fails it.

mod callers;
mod covered_by;
mod requests;
mod sockets;
mod strict;
mod test_files;

use callers::{Fixture, forged_tokens};
use millrace_api_tests::{Reply, Stack};
use millrace_domain::workspace::role::{Need, ProjectRole, WorkspaceRole};
use millrace_endpoint::{Declared, Route, declared::Trigger, route::Method};
use requests::Requests;

fn routes() -> Vec<Route> {
    let route = |declared: Declared| match declared.trigger {
        Trigger::Http(route) => Some(*route),
        _ => None,
    };
    millrace_infra::functions(millrace_infra::AREAS).into_iter().filter_map(route).collect()
}

fn call(stack: &Stack, requests: &Requests, fixture: &Fixture, route: &Route) -> reqwest::RequestBuilder {
    let method = route.method.as_str().parse().expect("a method");
    let mut request = stack.http.request(method, stack.url(&fixture.path(route)));
    if let Some(body) = requests.body(route.name) {
        request = request.json(&fixture.body(body));
    }
    request
}

#[tokio::test]
async fn authenticated_routes_refuse_missing_and_forged_tokens() {
    let stack = Stack::own().await;
    let (fixture, requests) = (Fixture::make(&stack).await, Requests::read());
    let tokens = forged_tokens(&stack, &fixture);
    for route in routes().iter().filter(|route| route.need != Need::Public) {
        let reply = Reply::of(call(&stack, &requests, &fixture, route)).await;
        assert_eq!(reply.status, 401, "{} without a token: {}", route.name, reply.text);
        for (what, token) in &tokens {
            let reply = Reply::of(call(&stack, &requests, &fixture, route).bearer_auth(token)).await;
            assert_eq!(reply.status, 401, "{} with {what}: {}", route.name, reply.text);
        }
        let basic = call(&stack, &requests, &fixture, route).basic_auth("alex", Some("password"));
        assert_eq!(Reply::of(basic).await.status, 401, "{} with a password in the header", route.name);
    }
}

#[tokio::test]
async fn routes_reveal_nothing_to_other_tenants() {
    let stack = Stack::own().await;
    let (fixture, requests) = (Fixture::make(&stack).await, Requests::read());
    let eve = stack.person("Eve").await;
    let mut tried = 0;
    for route in routes().iter().filter(|route| route.need != Need::Public && route.path.contains('{')) {
        let reply = Reply::of(call(&stack, &requests, &fixture, route).bearer_auth(&eve.token)).await;
        assert_eq!(reply.status, 404, "{} from another tenant: {}", route.name, reply.text);
        assert!(!reply.text.contains("Secret"), "{}", reply.text);
        tried += 1;
    }
    assert!(tried > 30, "only {tried} routes name something");
    for route in routes().iter().filter(|route| matches!(route.need, Need::Workspace(_)) && !route.path.contains('{')) {
        if route.method.as_str() == "GET" {
            let reply = Reply::of(call(&stack, &requests, &fixture, route).bearer_auth(&eve.token)).await;
            assert!(!reply.text.contains("Secret"), "{}: {}", route.name, reply.text);
        }
    }
}

/// What another tenant must not find has to be there: this is what keeps the test above from passing with ids of
/// nothing.
#[tokio::test]
async fn everything_that_a_path_names_is_there_for_its_owner() {
    let stack = Stack::own().await;
    let (fixture, requests) = (Fixture::make(&stack).await, Requests::read());
    let mut routes: Vec<Route> =
        routes().into_iter().filter(|route| route.need != Need::Public && route.path.contains('{')).collect();
    // What is removed is removed last, and what is inside of it before it.
    let inside = |route: &Route| match route.path {
        path if path.ends_with("/{workspace_id}") => 0,
        path if path.ends_with("/{project}") => 1,
        path => path.split('/').count(),
    };
    routes.sort_by_key(|route| (route.method == Method::Delete, std::cmp::Reverse(inside(route))));
    let mut missing = Vec::new();
    for route in &routes {
        let reply = Reply::of(call(&stack, &requests, &fixture, route).bearer_auth(&fixture.owner.token)).await;
        if matches!(reply.status, 400 | 401 | 403 | 404 | 405) {
            missing.push(format!("{}: {} {}", route.name, reply.status, reply.text));
        }
    }
    assert!(missing.is_empty(), "{}", missing.join("\n"));
}

#[tokio::test]
async fn routes_refuse_insufficient_roles() {
    let stack = Stack::own().await;
    let (fixture, requests) = (Fixture::make(&stack).await, Requests::read());
    let owner = &fixture.owner;
    let stranger = owner.invite("Gus", "guest", &[]).await;
    let viewer = owner.invite("Vera", "guest", &[("SEC", "viewer")]).await;
    let developer = owner.invite("Dev", "member", &[("SEC", "developer")]).await;
    let manager = owner.invite("Mia", "member", &[("SEC", "manager")]).await;
    for route in routes() {
        let below = match route.need {
            Need::Public | Need::User | Need::Workspace(WorkspaceRole::Guest) => continue,
            Need::Workspace(WorkspaceRole::Member) => (&stranger, 403),
            Need::Workspace(_) => (&developer, 403),
            Need::Project(ProjectRole::Viewer) => (&stranger, 404),
            Need::Project(ProjectRole::Developer | ProjectRole::Tester) => (&viewer, 403),
            Need::Project(ProjectRole::Manager) => (&developer, 403),
            Need::Project(ProjectRole::Admin) => (&manager, 403),
        };
        let (caller, status) = below;
        let reply = Reply::of(call(&stack, &requests, &fixture, &route).bearer_auth(&caller.token)).await;
        assert_eq!(reply.status, status, "{} by {}: {}", route.name, caller.name, reply.text);
    }
}

#[tokio::test]
async fn a_token_does_not_outlive_the_membership() {
    let stack = Stack::own().await;
    let (fixture, requests) = (Fixture::make(&stack).await, Requests::read());
    let owner = &fixture.owner;
    let leaver = owner.invite("Lea", "admin", &[]).await;
    owner.delete(&format!("/api/workspaces/{}/members/{}", owner.workspace, leaver.id)).await.ok(204);
    for route in routes().iter().filter(|route| matches!(route.need, Need::Workspace(_) | Need::Project(_))) {
        let reply = Reply::of(call(&stack, &requests, &fixture, route).bearer_auth(&leaver.token)).await;
        assert!(matches!(reply.status, 403 | 404), "{}: {} {}", route.name, reply.status, reply.text);
    }
}

#[tokio::test]
async fn ids_of_other_kinds_are_404() {
    let stack = Stack::shared();
    let fixture = Fixture::make(stack).await;
    let requests = Requests::read();
    for route in routes().iter().filter(|route| route.need != Need::Public && route.path.contains('{')) {
        for wrong in ["x", "usr_x!", "WEB-0", "%FF", "a%2Fb"] {
            let path = route.path.split('/').map(|part| if part.starts_with('{') { wrong } else { part });
            let path = path.collect::<Vec<_>>().join("/");
            let method = route.method.as_str().parse().expect("a method");
            let mut request = stack.http.request(method, stack.url(&path)).bearer_auth(&fixture.owner.token);
            if let Some(body) = requests.body(route.name) {
                request = request.json(&body);
            }
            let reply = Reply::of(request).await;
            assert!(matches!(reply.status, 400 | 404), "{} {path}: {} {}", route.name, reply.status, reply.text);
            reply.clone().problem(reply.status);
        }
    }
}

#[tokio::test]
async fn unreadable_bodies_return_a_precise_problem() {
    let stack = Stack::shared();
    let (fixture, requests) = (Fixture::make(stack).await, Requests::read());
    for route in routes().iter().filter(|route| requests.body(route.name).is_some()) {
        let send = |body: Vec<u8>, kind: &str| {
            let method = route.method.as_str().parse().expect("a method");
            let request = stack.http.request(method, stack.url(&fixture.path(route))).bearer_auth(&fixture.owner.token);
            Reply::of(request.header("content-type", kind.to_owned()).body(body))
        };
        for malformed in [&b"{"[..], b"\xff\xfe\xfd", b"{\"a\":}"] {
            let reply = send(malformed.to_vec(), "application/json").await;
            assert!(matches!(reply.status, 400 | 422), "{}: {} {}", route.name, reply.status, reply.text);
        }
        send(b"{}".to_vec(), "text/plain").await.problem(415);
        let huge = format!("{{\"x\": \"{}\"}}", "a".repeat(2_000_000));
        send(huge.into_bytes(), "application/json").await.problem(413);
        let unknown = send(b"{\"no_such_field\": 1}".to_vec(), "application/json").await.problem(422);
        assert!(unknown["errors"][0]["field"].is_string(), "{}: {unknown}", route.name);
    }
}
