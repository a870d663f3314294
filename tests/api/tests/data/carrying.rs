use crate::{
    attach, attached, content, deliver, exported, import, png, problems, send, start, status, without_imports,
};
use millrace_api_tests::{Person, Stack};
use serde_json::{Value, json};

/// Somebody with a project `WEB` that has this many files on its first task, and an empty one `TWO`.
async fn with_files(stack: &Stack, count: usize) -> Person<'_> {
    let alex = stack.person("Alex").await;
    for project in ["WEB", "TWO"] {
        alex.project(project).await;
    }
    let task = alex.task("WEB", "With files").await;
    for number in 0..count {
        attach(&alex, &task, &format!("{number:02}.txt"), "text/plain", format!("Number {number}").as_bytes()).await;
    }
    alex
}

fn names(files: &[Value]) -> Vec<&str> {
    files.iter().map(|file| file["name"].as_str().expect("a name")).collect()
}

async fn storage(person: &Person<'_>) -> Value {
    person.get("/api/admin/metrics").await.ok(200)["storage"]["files"].clone()
}

#[tokio::test]
async fn attachments_are_copied_wherever_their_tasks_are_now() {
    let stack = Stack::own().await;
    let alex = with_files(&stack, 1).await;
    let ops = alex.project("OPS").await;
    let picture = png(1_000, 500);
    attach(&alex, "WEB-1", "Photo.png", "image/png", &picture).await;
    let archived = alex.task("WEB", "Archived").await;
    attach(&alex, &archived, "plan.txt", "text/plain", b"The plan").await;
    alex.delete(&format!("/api/tasks/{archived}")).await.ok(204);
    // It came from elsewhere before it was exported, and goes on after it.
    let moved = alex.task("OPS", "On its way").await;
    attach(&alex, &moved, "way.txt", "text/plain", b"The way").await;
    let web = alex.get("/api/projects/WEB").await.ok(200)["board_id"].clone();
    let to = json!({"project": "WEB", "board_id": web});
    alex.post(&format!("/api/tasks/{moved}/transfer"), to).await.ok(200);
    let (told, text) = exported(&alex, "WEB", "json").await;
    assert_eq!(told["attachments"], 4);
    alex.post("/api/tasks/WEB-3/transfer", json!({"project": "OPS", "board_id": ops.id})).await.ok(200);
    stack.idle().await;

    let (checked, done) = import(&alex, "TWO", "json", text.as_bytes(), json!({})).await;
    assert_eq!((&checked["import"]["files"], &checked["import"]["files_done"]), (&json!(4), &json!(0)));
    assert_eq!((&done["import"]["files"], &done["import"]["files_done"]), (&json!(4), &json!(4)));
    assert_eq!((&checked["problems"], &done["problems"]), (&json!([]), &json!([])));
    stack.idle().await;
    let files = attached(&alex, "TWO-1").await;
    assert_eq!(names(&files), ["00.txt", "Photo.png"]);
    let before = attached(&alex, "WEB-1").await;
    for field in ["size", "content_type", "author", "created_at", "scanned"] {
        assert_eq!(files[1][field], before[1][field], "{field}");
    }
    assert_eq!((&files[1]["thumbnail"]["width"], &files[1]["scanned"]), (&json!(320), &json!(true)), "{files:?}");
    let address = files[1]["thumbnail"]["url"].as_str().expect("an address");
    assert_eq!(stack.http.get(address).send().await.expect("answers").status(), 200);
    assert_eq!(content(&alex, &files[1]).await, picture);
    for (task, expected) in [("TWO-2", &b"The plan"[..]), ("TWO-3", b"The way")] {
        let files = attached(&alex, task).await;
        assert_eq!(content(&alex, &files[0]).await, expected);
        assert_eq!(alex.get(&format!("/api/tasks/{task}")).await.ok(200)["attachment_count"], 1);
    }
    assert_eq!((storage(&alex).await, stack.objects("files/").len()), (json!(8), 8));
    // They are files of their own.
    let copy = files[0]["id"].as_str().expect("an id");
    alex.delete(&format!("/api/tasks/TWO-1/attachments/{copy}")).await.ok(204);
    assert_eq!((attached(&alex, "WEB-1").await.len(), storage(&alex).await), (2, json!(7)));
}

#[tokio::test]
async fn naming_an_attachment_grants_no_access_to_it() {
    let stack = Stack::own().await;
    let alex = with_files(&stack, 1).await;
    let (_, text) = exported(&alex, "WEB", "json").await;
    let eve = alex.invite("Eve", "guest", &[("TWO", "manager")]).await;
    eve.get("/api/tasks/WEB-1/attachments").await.problem(404);
    let mallory = stack.person("Mallory").await;
    for project in ["WEB", "TWO"] {
        mallory.project(project).await;
    }
    mallory.task("WEB", "The same key").await;
    let crafted = text.replace(&alex.workspace, &mallory.workspace);
    let elsewhere = text.replace("WEB-1", "WEB-9");
    for (person, text) in [(&eve, &text), (&mallory, &text), (&mallory, &crafted), (&alex, &elsewhere)] {
        let (checked, done) = import(person, "TWO", "json", text.as_bytes(), json!({})).await;
        for found in [&checked, &done] {
            assert_eq!((&found["import"]["files"], &found["import"]["files_done"]), (&json!(0), &json!(0)));
            let told = problems(found).into_iter().filter(|(_, field, _)| field == "attachments").count();
            assert_eq!(told, 1, "{found}");
            let said = found["problems"].to_string();
            assert!(said.contains("1 attached file (“00.txt”) is neither in the file nor found here"), "{said}");
        }
    }
    assert_eq!((stack.objects("files/").len(), storage(&alex).await), (1, json!(1)));
    // Whoever is let in sees the file, and takes it along.
    alex.put(&format!("/api/projects/WEB/members/{}", eve.id), json!({"role": "viewer"})).await.ok(200);
    let (_, done) = import(&eve, "TWO", "json", text.as_bytes(), json!({})).await;
    assert_eq!(done["import"]["files_done"], 1, "{done}");
    let copy = attached(&eve, done["import"]["first_key"].as_str().expect("a key")).await.remove(0);
    assert_eq!((content(&eve, &copy).await.as_slice(), &copy["author"]), (&b"Number 0"[..], &json!(alex.id)));
}

#[tokio::test]
async fn missing_attachments_are_reported_once() {
    let stack = Stack::own().await;
    let alex = with_files(&stack, 3).await;
    let (_, text) = exported(&alex, "WEB", "json").await;
    let files = attached(&alex, "WEB-1").await;
    let id = |place: usize| files[place]["id"].as_str().expect("an id").to_owned();
    alex.delete(&format!("/api/tasks/WEB-1/attachments/{}", id(0))).await.ok(204);
    // One that is told of, and that the bucket has lost; and one that is named again.
    let lost = stack.objects("files/").into_iter().find(|key| key.ends_with(&id(1))).expect("an object");
    let bucket = stack.server.stand_ins().buckets_folder().join("millrace-files");
    std::fs::remove_file(bucket.join(lost)).expect("removes");
    let mut file: Value = serde_json::from_str(&text).expect("JSON");
    let again = file["tasks"][0]["attachments"][2].clone();
    file["tasks"][0]["attachments"].as_array_mut().expect("files").push(again);
    let (checked, done) = import(&alex, "TWO", "json", file.to_string().as_bytes(), json!({})).await;
    assert_eq!((&checked["import"]["files"], &done["import"]["files_done"]), (&json!(2), &json!(1)));
    let said = checked["problems"].as_array().expect("problems");
    assert_eq!((said.len(), said[0]["field"].as_str()), (1, Some("attachments")));
    assert!(said[0]["message"].as_str().is_some_and(|said| said.starts_with("2 attached files (“00.txt”, “02.txt”)")));
    let files = attached(&alex, "TWO-1").await;
    assert_eq!(
        (names(&files), alex.get("/api/tasks/TWO-1").await.ok(200)["attachment_count"].clone()),
        (vec!["02.txt"], json!(1))
    );
}

/// Lets a step of an import begin, and drops it where `until` says so.
async fn begin_and_die(stack: &Stack, person: &Person<'_>, id: &str, until: impl AsyncFn() -> bool) {
    let seen = async { while !until().await {} };
    tokio::select! {
        () = deliver(stack, &person.workspace, id, 1) => {}
        () = seen => {}
    }
    assert_eq!(status(person, id).await["import"]["state"], "running");
}

#[tokio::test]
async fn many_attachments_are_copied_once_despite_interruptions() {
    let stack = without_imports().await;
    let count = 40;
    let alex = with_files(&stack, count).await;
    for title in ["Without", "Without too"] {
        alex.task("WEB", title).await;
    }
    let (_, text) = exported(&alex, "WEB", "json").await;
    let id = send(&alex, "TWO", "json", text.as_bytes(), json!({})).await;
    start(&alex, &id, false).await.ok(201);
    let copied = async || {
        tokio::task::yield_now().await;
        status(&alex, &id).await;
        stack.objects("files/").len() > count
    };
    begin_and_die(&stack, &alex, &id, copied).await;
    begin_and_die(&stack, &alex, &id, async || status(&alex, &id).await["import"]["files_done"] != 0).await;
    let step = || deliver(&stack, &alex.workspace, &id, 1);
    futures::join!(step(), step(), step());
    let done = status(&alex, &id).await;
    assert_eq!((&done["import"]["state"], &done["import"]["files_done"]), (&json!("done"), &json!(count)), "{done}");
    step().await;
    let files = attached(&alex, "TWO-1").await;
    assert_eq!(names(&files), names(&attached(&alex, "WEB-1").await));
    assert_eq!(alex.get("/api/tasks/TWO-1").await.ok(200)["attachment_count"], count);
    assert_eq!((storage(&alex).await, stack.objects("files/").len()), (json!(2 * count), 2 * count));
    assert_eq!(content(&alex, &files[39]).await, b"Number 39");
}

#[tokio::test]
async fn remaining_attachments_follow_a_task_in_later_transactions() {
    let stack = without_imports().await;
    let count = 40;
    let alex = with_files(&stack, count).await;
    let ops = alex.project("OPS").await;
    let (_, text) = exported(&alex, "WEB", "json").await;
    let id = send(&alex, "TWO", "json", text.as_bytes(), json!({})).await;
    start(&alex, &id, false).await.ok(201);
    begin_and_die(&stack, &alex, &id, async || status(&alex, &id).await["import"]["files_done"] != 0).await;
    let to = json!({"project": "OPS", "board_id": ops.id});
    alex.post("/api/tasks/TWO-1/transfer", to).await.ok(200);
    alex.delete("/api/tasks/OPS-1").await.ok(204);
    deliver(&stack, &alex.workspace, &id, 1).await;
    assert_eq!(status(&alex, &id).await["import"]["files_done"], count);
    assert_eq!(attached(&alex, "OPS-1").await.len(), count);
    assert_eq!(alex.get("/api/tasks/OPS-1").await.ok(200)["attachment_count"], count);
}
