use aws_sdk_sesv2::Client;
use aws_sdk_sesv2::operation::send_email::builders::SendEmailFluentBuilder;
use aws_sdk_sesv2::types::{Body, Content, Destination, EmailContent, Message};

use crate::set_up::{Clock, open};

fn letter(client: &Client, to: &str, link: &str) -> SendEmailFluentBuilder {
    let part = |text: String| Content::builder().data(text).build().unwrap();
    let body = Body::builder()
        .text(part(format!("Come in: {link}.")))
        .html(part(format!("<a href=\"{link}\">Come in</a>")))
        .build();
    let message = Message::builder().subject(part("Welcome".into())).body(body).build();
    client
        .send_email()
        .from_email_address("Millrace <board@example.org>")
        .destination(Destination::builder().to_addresses(to).build())
        .content(EmailContent::builder().simple(message).build())
}

#[tokio::test]
async fn sent_mail_is_in_the_mailbox_and_survives_a_restart() {
    let folder = tempfile::tempdir().unwrap();
    let clock = Clock::new();
    let id = {
        let stand_ins = open(Some(folder.path()), &clock);
        let client = Client::new(&stand_ins.sdk_config());
        letter(&client, "ada@example.org", "http://localhost:4600/a").send().await.unwrap();
        let sent = letter(&client, "bob@example.org", "http://localhost:4600/b?x=1").send().await.unwrap();
        sent.message_id().unwrap().to_owned()
    };
    let stand_ins = open(Some(folder.path()), &clock);
    let all = stand_ins.mailbox().list(None, 10).unwrap();
    assert_eq!(all.iter().map(|m| m.to[0].as_str()).collect::<Vec<_>>(), ["bob@example.org", "ada@example.org"]);
    let [bob] = &stand_ins.mailbox().list(Some("Bob@Example.org"), 10).unwrap()[..] else { panic!() };
    assert_eq!((&bob.id, bob.subject.as_str(), bob.at), (&id, "Welcome", clock.now()));
    assert_eq!(bob.links, ["http://localhost:4600/b?x=1"]);
}

#[tokio::test]
async fn the_mail_stand_in_can_refuse_the_next_messages() {
    let stand_ins = open(None, &Clock::new());
    let client = Client::new(&stand_ins.sdk_config());
    stand_ins.mailbox().refuse_next(1, "MessageRejected");
    let refused = letter(&client, "ada@example.org", "http://a").send().await.unwrap_err().into_service_error();
    assert!(refused.is_message_rejected());
    letter(&client, "ada@example.org", "http://a").send().await.unwrap();
    assert_eq!(stand_ins.mailbox().list(None, 10).unwrap().len(), 1);
}
