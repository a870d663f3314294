//! `/api/notifications`, and the consumers behind it.

mod burst;
mod dispatch;
mod inbox;
mod mails;
mod preferences;
mod unsubscribe;

use aws_sdk_dynamodb::types::AttributeValue;
use millrace_api_tests::{Person, Stack};
use serde_json::{Value, json};

/// Puts messages into the queue of `notify-dispatch`, and waits until they are done.
async fn queue(stack: &Stack, messages: &[String]) {
    let sqs = aws_sdk_sqs::Client::new(&stack.server.stand_ins().sdk_config());
    let url = stack.server.stand_ins().queues().url("millrace-notifications");
    for message in messages {
        sqs.send_message().queue_url(&url).message_body(message).send().await.expect("takes it");
    }
    stack.idle().await;
}

/// The newest event of a task.
async fn last_event(person: &Person<'_>, task: &str) -> Value {
    person.get(&format!("/api/tasks/{task}/history?limit=1")).await.ok(200)["items"][0].clone()
}

/// The same event as if it had happened once more, an hour later: with another id.
fn another(event: &Value, number: usize) -> Value {
    let mut event = event.clone();
    let id = event["id"].as_str().expect("an id");
    event["id"] = json!(format!("{}{number:06}", &id[..20]));
    let at: jiff::Timestamp = event["at"].as_str().expect("a time").parse().expect("a time");
    event["at"] = json!(at + jiff::SignedDuration::from_hours(1));
    event
}

async fn inbox(person: &Person<'_>) -> Vec<Value> {
    let stack = person.stack;
    stack.idle().await;
    let list = person.get("/api/notifications").await.ok(200);
    list["items"].as_array().expect("items").clone()
}

async fn unread(person: &Person<'_>) -> u64 {
    person.get("/api/notifications/unread-count").await.ok(200)["unread_count"].as_u64().expect("a number")
}

/// The subjects of all mails to somebody, newest first, but for those about their account.
async fn subjects(person: &Person<'_>) -> Vec<String> {
    let mails = person.stack.server.stand_ins().mailbox().list(Some(&person.email), 1_000).expect("mails");
    let ours = mails.into_iter().filter(|mail| mail.headers.iter().any(|(name, _)| name == "List-Unsubscribe"));
    ours.map(|mail| mail.subject).collect()
}

/// Two people of one workspace, the second a developer of its project WEB.
async fn two(stack: &Stack) -> (Person<'_>, Person<'_>) {
    let alex = stack.person("Alex").await;
    alex.project("WEB").await;
    let bo = alex.invite("Bo", "member", &[("WEB", "developer")]).await;
    stack.idle().await;
    (alex, bo)
}

/// The same person, signed in anew: a token is good for a quarter of an hour.
async fn again<'stack>(person: &Person<'stack>) -> Person<'stack> {
    let sent = json!({"email": person.email, "password": millrace_api_tests::PASSWORD});
    let login = person.stack.call("POST", "/api/auth/login", Some(sent)).await;
    Person::signed_in(person.stack, &person.email, login, 200)
}

async fn assign(person: &Person<'_>, task: &str, to: &[&Person<'_>]) {
    let ids: Vec<&str> = to.iter().map(|person| person.id.as_str()).collect();
    person.post(&format!("/api/tasks/{task}/assign"), json!({"assignees": ids})).await.ok(200);
    // Before the clock moves on: a mail's time runs from when it was decided.
    person.stack.idle().await;
}

/// A signed-in copy of `owner`'s colleague `like` under another id, straight into the table: as many invitations would
/// take minutes.
async fn crowd<'stack>(owner: &Person<'stack>, like: &Person<'stack>, count: usize) -> Vec<Person<'stack>> {
    let stack = owner.stack;
    let client = aws_sdk_dynamodb::Client::new(&stack.server.stand_ins().sdk_config());
    let platform = stack.server.platform();
    let table = &platform.settings.table;
    let millrace_endpoint::platform::KeySource::Pem(pem) = &platform.settings.signing_key else { panic!("a key") };
    let key = millrace_endpoint::token::SigningKey::parse(pem).expect("our key");
    let claims = platform.keys.check(&like.token, stack.server.clock().now()).expect("a good token");
    let place = [("pk", format!("W#{}", owner.workspace)), ("sk", format!("MEMBER#{}", like.id))];
    let place = place.map(|(name, value)| (name.to_owned(), AttributeValue::S(value)));
    let item = client.get_item().table_name(table).set_key(Some(place.into())).send().await.expect("reads");
    let member = item.item.expect("the member");
    let mut people = Vec::with_capacity(count);
    for number in 0..count {
        let id = millrace_domain::id::UserId::random();
        let email = format!("crowd{number}-{}", like.email);
        let mut copy = member.clone();
        let document = member["doc"].as_s().expect("a document").replace(&like.id, id.as_str());
        let document = document.replace(&like.email, &email);
        copy.insert("sk".to_owned(), AttributeValue::S(format!("MEMBER#{id}")));
        copy.insert("doc".to_owned(), AttributeValue::S(document));
        client.put_item().table_name(table).set_item(Some(copy)).send().await.expect("writes");
        let claims = millrace_endpoint::token::Claims { sub: id.clone(), ..claims.clone() };
        let token = key.sign(&claims).expect("signs");
        people.push(Person { id: id.to_string(), email, token, ..like.clone() });
    }
    people
}

/// Has all of `people` watch a task.
async fn watched_by(owner: &Person<'_>, task: &str, people: &[Person<'_>]) {
    let client = aws_sdk_dynamodb::Client::new(&owner.stack.server.stand_ins().sdk_config());
    let table = &owner.stack.server.platform().settings.table;
    let (project, number) = task.split_once('-').expect("a key");
    let number: u32 = number.parse().expect("a number");
    let place = [("pk", format!("W#{}#P#{project}", owner.workspace)), ("sk", format!("CARD#{number:010}"))];
    let place = place.map(|(name, value)| (name.to_owned(), AttributeValue::S(value)));
    let item = client.get_item().table_name(table).set_key(Some(place.into())).send().await.expect("reads");
    let mut card = item.item.expect("the card");
    let mut document: Value = serde_json::from_str(card["doc"].as_s().expect("a document")).expect("JSON");
    document["watchers"] = people.iter().map(|person| json!(person.id)).collect();
    card.insert("doc".to_owned(), AttributeValue::S(document.to_string()));
    client.put_item().table_name(table).set_item(Some(card)).send().await.expect("writes");
}
