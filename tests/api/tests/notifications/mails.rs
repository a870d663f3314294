//! What notify-email sends, and the list of what became of it.

use crate::{again, assign, inbox, subjects, two};
use millrace_api_tests::{Person, Stack};
use serde_json::{Value, json};

async fn newest(admin: &Person<'_>) -> Value {
    admin.get("/api/admin/mails?limit=1").await.ok(200)["items"][0].clone()
}

#[tokio::test]
async fn mails_link_to_the_task_and_unsubscribe_with_one_click() {
    let stack = Stack::own().await;
    let (alex, bo) = two(&stack).await;
    let task = alex.task("WEB", "Write <the> report").await;
    stack.advance("PT2M").await;
    assign(&alex, &task, &[&bo]).await;
    stack.advance("PT1M").await;
    let mail = stack.mail_to(&bo.email).await;
    assert_eq!(mail["subject"], "Alex assigned WEB-1 Write <the> report to you");
    let board = inbox(&bo).await[0]["tasks"][0]["board_id"].as_str().expect("a board").to_owned();
    let link = stack.url(&format!("/p/WEB/b/{board}/t/{task}"));
    assert!(mail["links"].as_array().expect("links").contains(&json!(link)), "{}", mail["links"]);
    assert!(mail["html"].as_str().expect("a page").contains("Write &lt;the&gt; report"));
    let header = |name: &str| {
        let headers = mail["headers"].as_array().expect("headers").iter();
        headers.filter(|header| header[0] == name).map(|header| header[1].as_str().expect("a value")).next()
    };
    assert_eq!(header("List-Unsubscribe-Post"), Some("List-Unsubscribe=One-Click"));
    let one_click = header("List-Unsubscribe").expect("a link").trim_matches(['<', '>']);
    let asked = stack.http.get(one_click).header("accept", "application/json");
    let page = millrace_api_tests::Reply::of(asked).await.ok(200)["url"].as_str().expect("an address").to_owned();
    assert!(page.starts_with("/unsubscribe/") && one_click.ends_with(&page["/unsubscribe".len()..]), "{page}");
    stack.call("GET", "/api/notifications/unsubscribe/made-up", None).await.problem(404);
    let form = stack.http.post(one_click).header("content-type", "application/x-www-form-urlencoded");
    let done = millrace_api_tests::Reply::of(form.body("List-Unsubscribe=One-Click")).await.ok(200);
    assert_eq!(done["topic"], "assigned");
    let before = subjects(&bo).await.len();
    let task = alex.task("WEB", "Another").await;
    assign(&alex, &task, &[&bo]).await;
    stack.advance("PT2M").await;
    assert_eq!(subjects(&bo).await.len(), before);
    assert_eq!(inbox(&bo).await[0]["tasks"][0]["title"], "Another", "the inbox still tells");
}

#[tokio::test]
async fn refused_mails_are_retried_until_failed_and_can_be_resent() {
    let stack = Stack::own().await;
    let (alex, bo) = two(&stack).await;
    let task = alex.task("WEB", "Write the report").await;
    stack.advance("PT2M").await;
    let before = subjects(&bo).await.len();
    stack.server.stand_ins().mailbox().refuse_next(5, "MessageRejected");
    assign(&alex, &task, &[&bo]).await;
    stack.advance("PT1M").await;
    let first = newest(&alex).await;
    assert_eq!((&first["status"], &first["tries"]), (&json!("queued"), &json!(1)));
    assert!(first["reason"].as_str().expect("a reason").contains("MessageRejected"), "{first}");
    for (pause, tries) in [("PT15S", 2), ("PT1M", 3), ("PT4M", 4)] {
        stack.advance(pause).await;
        assert_eq!(newest(&alex).await["tries"], tries);
    }
    stack.advance("PT16M").await;
    let alex = again(&alex).await;
    let failed = newest(&alex).await;
    assert_eq!(
        (&failed["status"], &failed["tries"], &failed["topic"]),
        (&json!("failed"), &json!(5), &json!("assigned"))
    );
    let listed = alex.get("/api/admin/mails?failed=true").await.ok(200);
    assert_eq!(listed["items"], json!([failed]));
    stack.advance("PT2H").await;
    assert_eq!(subjects(&bo).await.len(), before);
    let mail = stack.server.stand_ins().queues().depths().expect("depths");
    assert_eq!(mail.iter().find(|queue| queue.name == "millrace-mail").map(|queue| queue.dead_letters), Some(1));

    let alex = again(&alex).await;
    let resend = format!("/api/admin/mails/{}/resend", failed["id"].as_str().expect("an id"));
    alex.post(&resend, json!({})).await.ok(200);
    stack.idle().await;
    assert_eq!(subjects(&bo).await.len(), before + 1);
    alex.post(&resend, json!({})).await.problem(409);
    assert_eq!(alex.get("/api/admin/mails?failed=true").await.ok(200)["items"], json!([]));
    // The operator's way: the message in the dead letters finds that the mail was sent.
    stack.call("POST", "/_local/queues/mail/redrive", None).await.ok(200);
    stack.idle().await;
    assert_eq!(subjects(&bo).await.len(), before + 1);
}

#[tokio::test]
async fn mail_lists_require_an_admin_of_the_workspace() {
    let stack = Stack::own().await;
    let (alex, bo) = two(&stack).await;
    let eve = stack.person("Eve").await;
    let task = alex.task("WEB", "Write the report").await;
    assign(&alex, &task, &[&bo]).await;
    stack.advance("PT1M").await;
    let mails = alex.get("/api/admin/mails").await.ok(200);
    let id = mails["items"][0]["id"].as_str().expect("a mail");
    bo.get("/api/admin/mails").await.problem(403);
    assert_eq!(eve.get("/api/admin/mails").await.ok(200)["items"], json!([]));
    eve.post(&format!("/api/admin/mails/{id}/resend"), json!({})).await.problem(404);
}
