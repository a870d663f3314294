use millrace_api_tests::Stack;
use serde_json::{Value, json};

fn names(list: &Value) -> Vec<String> {
    let items = list["items"].as_array().cloned().unwrap_or_default();
    let mut names: Vec<String> = items.iter().map(|item| item["name"].as_str().unwrap_or("").to_owned()).collect();
    names.sort();
    names
}

#[tokio::test]
async fn people_can_be_searched_by_name_and_address() {
    let stack = Stack::shared();
    let owner = stack.person("Olga").await;
    for name in ["Ann", "Anna", "Bob", "Hannah"] {
        owner.invite(name, "member", &[]).await;
    }
    assert_eq!(names(&owner.get("/api/users").await.ok(200)), ["Ann", "Anna", "Bob", "Hannah", "Olga"]);
    assert_eq!(names(&owner.get("/api/users?q=ANN").await.ok(200)), ["Ann", "Anna", "Hannah"]);
    assert_eq!(names(&owner.get("/api/users?q=bob").await.ok(200)), ["Bob"]);
    assert_eq!(names(&owner.get("/api/users?q=example.com").await.ok(200)).len(), 5);
    assert_eq!(owner.get("/api/users?q=nobody").await.ok(200), json!({"items": [], "next": null}));

    let (mut found, mut cursor) = (Vec::new(), String::new());
    for _ in 0..2 {
        let list = owner.get(&format!("/api/users?q=ann&limit=2{cursor}")).await.ok(200);
        found.extend(names(&list));
        cursor = list["next"].as_str().map(|next| format!("&cursor={next}")).unwrap_or_default();
    }
    found.sort();
    assert_eq!((found.as_slice(), cursor.as_str()), (["Ann", "Anna", "Hannah"].map(str::to_owned).as_slice(), ""));
    owner.get("/api/users?limit=500").await.invalid(&["limit"]);
    owner.get("/api/users?q=ann&cursor=forged").await.invalid(&["cursor"]);
}

#[tokio::test]
async fn guests_neither_see_nor_search_addresses() {
    let stack = Stack::shared();
    let owner = stack.person("Olga").await;
    let guest = owner.invite("Gus", "guest", &[]).await;
    let list = guest.get("/api/users").await.ok(200);
    assert_eq!(names(&list), ["Gus", "Olga"]);
    assert!(list["items"].as_array().expect("items").iter().all(|person| person["email"].is_null()));
    assert_eq!(guest.get("/api/users?q=example.com").await.ok(200)["items"], json!([]));
    let person = guest.get(&format!("/api/users/{}", owner.id)).await.ok(200);
    assert_eq!((&person["name"], &person["email"]), (&json!("Olga"), &Value::Null));
    let seen = owner.get(&format!("/api/users/{}", guest.id)).await.ok(200);
    assert_eq!(seen["email"], guest.email);
}

#[tokio::test]
async fn people_of_other_workspaces_are_not_listed() {
    let stack = Stack::shared();
    let (alex, sam) = (stack.person("Alex").await, stack.person("Sam").await);
    let foreign = alex.get(&format!("/api/users/{}", sam.id)).await.problem(404);
    let missing = alex.get("/api/users/usr_4fJq8sNcX0aZ7LtVw2Rb").await.problem(404);
    assert_eq!(foreign["detail"], missing["detail"]);
    assert_eq!(names(&alex.get("/api/users").await.ok(200)), ["Alex"]);
    alex.put(&format!("/api/users/{}", sam.id), json!({"name": "Mine"})).await.problem(404);
    alex.get("/api/users/nonsense").await.problem(404);
}
