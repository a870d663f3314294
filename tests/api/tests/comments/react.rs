use crate::{all, newest, path, post, reaction, with_task};
use futures::future::join_all;
use serde_json::{Value, json};

#[tokio::test]
async fn a_reaction_is_idempotent() {
    let alex = with_task().await;
    let comment = post(&alex, "Done").await.ok(201);
    let reacted = alex.put(&reaction(&comment, "👍"), Value::Null).await.ok(200);
    assert_eq!(reacted["reactions"], json!([{"emoji": "👍", "people": [alex.id]}]));
    let event = newest(&alex).await;
    assert_eq!((&event["type"], &event["data"]["emoji"]), (&json!("reaction.added"), &json!("👍")));
    assert_eq!(event["data"]["comment"]["id"], comment["id"]);
    assert_eq!(alex.put(&reaction(&comment, "👍"), Value::Null).await.ok(200), reacted);
    assert_eq!(newest(&alex).await, event, "nothing happened");
    assert_eq!(all(&alex).await, vec![reacted.clone()]);
    assert_eq!(reacted["version"], comment["version"]);

    let left = alex.delete(&reaction(&comment, "👍")).await.ok(200);
    assert_eq!(left["reactions"], json!([]));
    let event = newest(&alex).await;
    assert_eq!((&event["type"], &event["data"]["emoji"]), (&json!("reaction.removed"), &json!("👍")));
    assert_eq!(alex.delete(&reaction(&comment, "👍")).await.ok(200), left);
    assert_eq!(newest(&alex).await, event);
}

#[tokio::test]
async fn spellings_of_an_emoji_are_one_reaction() {
    let alex = with_task().await;
    let comment = post(&alex, "Done").await.ok(201);
    for heart in ["%E2%9D%A4", "%E2%9D%A4%EF%B8%8F"] {
        let reacted = alex.put(&reaction(&comment, heart), Value::Null).await.ok(200);
        assert_eq!(reacted["reactions"], json!([{"emoji": "\u{2764}\u{fe0f}", "people": [alex.id]}]));
    }
    for whole in ["👍🏽", "🇩🇪", "👩‍👩‍👧", "🏳️‍🌈"] {
        alex.put(&reaction(&comment, whole), Value::Null).await.ok(200);
    }
}

#[tokio::test]
async fn invalid_emoji_are_refused() {
    let alex = with_task().await;
    let comment = post(&alex, "Done").await.ok(201);
    for wrong in ["a", "1", "+1", "👍👍", "%F0%9F%91%8D%20", ":tada:", "%E2%80%8D", "🏽👍", "%00"] {
        alex.put(&reaction(&comment, wrong), Value::Null).await.invalid(&["emoji"]);
        alex.delete(&reaction(&comment, wrong)).await.invalid(&["emoji"]);
    }
    assert_eq!(all(&alex).await, [comment]);
}

#[tokio::test]
async fn concurrent_reactions_are_all_stored() {
    let alex = with_task().await;
    let comment = post(&alex, "Shipped").await.ok(201);
    let mut people = vec![alex.clone()];
    for name in ["Ben", "Cleo", "Dan"] {
        people.push(alex.invite(name, "member", &[]).await);
    }
    let paths = ["👍", "🎉", "🚀"].map(|emoji| reaction(&comment, emoji));
    let reactions = people.iter().flat_map(|person| paths.iter().map(move |path| person.put(path, Value::Null)));
    join_all(reactions).await.into_iter().for_each(|reply| drop(reply.ok(200)));
    let mut everybody: Vec<_> = people.iter().map(|person| person.id.clone()).collect();
    everybody.sort();
    let shown = all(&alex).await.remove(0);
    let shown = shown["reactions"].as_array().expect("a list");
    assert_eq!(shown.len(), 3);
    assert!(shown.iter().all(|reaction| reaction["people"] == json!(everybody)), "{shown:?}");
}

#[tokio::test]
async fn concurrent_identical_reactions_count_once() {
    let alex = with_task().await;
    let comment = post(&alex, "Shipped").await.ok(201);
    let path = reaction(&comment, "👍");
    join_all((0..5).map(|_| alex.put(&path, Value::Null))).await.into_iter().for_each(|reply| drop(reply.ok(200)));
    let history = alex.get("/api/tasks/WEB-1/history").await.ok(200);
    let told = history["items"].as_array().expect("events").iter().filter(|event| event["type"] == "reaction.added");
    assert_eq!(told.count(), 1);
}

#[tokio::test]
async fn viewers_can_react_and_remove_only_their_own_reactions() {
    let alex = with_task().await;
    let vera = alex.invite("Vera", "guest", &[("WEB", "viewer")]).await;
    let comment = post(&alex, "Done").await.ok(201);
    vera.put(&reaction(&comment, "👍"), Value::Null).await.ok(200);
    let left = alex.delete(&reaction(&comment, "👍")).await.ok(200);
    assert_eq!(left["reactions"], json!([{"emoji": "👍", "people": [vera.id]}]));
    alex.delete(&path(&comment)).await.ok(204);
    vera.put(&reaction(&comment, "👍"), Value::Null).await.problem(404);
}

#[tokio::test]
async fn a_comment_accepts_at_most_fifty_different_emoji() {
    let alex = with_task().await;
    let comment = post(&alex, "Everything").await.ok(201);
    let mut faces = (0x1F600..0x1F633).filter_map(char::from_u32).map(String::from);
    for face in faces.clone().take(50) {
        alex.put(&reaction(&comment, &face), Value::Null).await.ok(200);
    }
    let last = faces.next_back().expect("one more");
    alex.put(&reaction(&comment, &last), Value::Null).await.invalid(&["emoji"]);
}
