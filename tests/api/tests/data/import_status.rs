use crate::{outcome, send, start};
use millrace_api_tests::Stack;
use serde_json::{Value, json};
use std::fmt::Write;

#[tokio::test]
async fn problems_are_listed_in_pages_by_line() {
    let stack = Stack::shared();
    let alex = stack.person("Alex").await;
    alex.project("WEB").await;
    let mut file = "Title,Points\n".to_owned();
    for index in 0..130 {
        writeln!(file, "Card {index},{}", if index % 2 == 0 { "many" } else { "1" }).expect("writes");
    }
    let id = send(&alex, "WEB", "csv", file.as_bytes(), json!({})).await;
    let path = format!("/api/imports/{id}");
    let begun = alex.get(&path).await.ok(200);
    assert_eq!((&begun["import"]["state"], &begun["problems"]), (&json!("waiting"), &json!([])));
    assert_eq!(begun["import"].get("upload"), None, "the form is told once");
    start(&alex, &id, true).await.ok(201);
    assert_eq!(outcome(&alex, &id).await["import"]["problem_count"], 65);
    let (mut lines, mut cursor): (Vec<u64>, Value) = (Vec::new(), json!(""));
    loop {
        let query = cursor.as_str().filter(|cursor| !cursor.is_empty()).map(|cursor| format!("&cursor={cursor}"));
        let part = alex.get(&format!("{path}?limit=25{}", query.unwrap_or_default())).await.ok(200);
        lines.extend(
            part["problems"].as_array().expect("problems").iter().filter_map(|problem| problem["line"].as_u64()),
        );
        cursor = part["next"].clone();
        if cursor.is_null() {
            break;
        }
    }
    assert_eq!(lines, (0..65).map(|index| 2 + index * 2).collect::<Vec<u64>>());
    assert_eq!(alex.get(&format!("{path}?limit=0")).await.problem(422)["errors"][0]["field"], "limit");
    alex.get(&format!("{path}?cursor=nonsense")).await.problem(422);
}

#[tokio::test]
async fn an_import_expires_after_a_week() {
    let stack = Stack::own().await;
    let alex = stack.person("Alex").await;
    alex.project("WEB").await;
    let id = send(&alex, "WEB", "csv", b"Title\nOne\n", json!({})).await;
    stack.advance("170h").await;
    let alex = millrace_api_tests::Person::signed_in(
        &stack,
        &alex.email,
        stack
            .call(
                "POST",
                "/api/auth/login",
                Some(json!({"email": alex.email, "password": millrace_api_tests::PASSWORD})),
            )
            .await,
        200,
    );
    stack.idle().await;
    let gone = async {
        while alex.get(&format!("/api/imports/{id}")).await.status != 404 {
            stack.idle().await;
        }
    };
    tokio::time::timeout(millrace_api_tests::PATIENCE, gone).await.expect("the table forgets it");
}
