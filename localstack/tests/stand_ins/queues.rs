use std::time::Duration;

use aws_sdk_sqs::Client;
use aws_sdk_sqs::types::{
    DeleteMessageBatchRequestEntry, MessageAttributeValue, MessageSystemAttributeName, QueueAttributeName,
    SendMessageBatchRequestEntry,
};
use millrace_localstack::aws::StandIns;
use millrace_localstack::aws::queue::QueueSettings;

use crate::set_up::{Clock, open, soon};

async fn queue(stand_ins: &StandIns) -> (Client, String) {
    let client = Client::new(&stand_ins.sdk_config());
    let policy = r#"{"deadLetterTargetArn":"arn:aws:sqs:us-east-1:000000000000:dead","maxReceiveCount":"2"}"#;
    client.create_queue().queue_name("dead").send().await.unwrap();
    let made = client
        .create_queue()
        .queue_name("work")
        .attributes(QueueAttributeName::VisibilityTimeout, "60")
        .attributes(QueueAttributeName::RedrivePolicy, policy)
        .send()
        .await
        .unwrap();
    (client, made.queue_url().unwrap().to_owned())
}

async fn receive(client: &Client, url: &str) -> Vec<aws_sdk_sqs::types::Message> {
    let receive = client.receive_message().queue_url(url).max_number_of_messages(10);
    let receive =
        receive.message_system_attribute_names(MessageSystemAttributeName::All).message_attribute_names("All");
    receive.send().await.unwrap().messages.unwrap_or_default()
}

#[tokio::test]
async fn a_received_message_is_invisible_until_its_timeout_and_dead_lettered_after_the_maximum_receives() {
    let clock = Clock::new();
    let stand_ins = open(None, &clock);
    let (client, url) = queue(&stand_ins).await;
    let attribute = MessageAttributeValue::builder().data_type("String").string_value("mail").build().unwrap();
    client
        .send_message()
        .queue_url(&url)
        .message_body("one")
        .message_attributes("kind", attribute)
        .send()
        .await
        .unwrap();
    assert!(!stand_ins.queues().is_idle().unwrap());

    let first = receive(&client, &url).await;
    assert_eq!(first[0].body(), Some("one"));
    assert_eq!(first[0].message_attributes().unwrap()["kind"].string_value(), Some("mail"));
    let count = |m: &aws_sdk_sqs::types::Message| {
        m.attributes().unwrap()[&MessageSystemAttributeName::ApproximateReceiveCount].clone()
    };
    assert_eq!(count(&first[0]), "1");
    assert!(receive(&client, &url).await.is_empty(), "it is in flight");
    clock.advance(Duration::from_secs(59));
    assert!(receive(&client, &url).await.is_empty());
    clock.advance(Duration::from_secs(1));
    let second = receive(&client, &url).await;
    assert_eq!(count(&second[0]), "2");

    clock.advance(Duration::from_secs(61));
    assert!(receive(&client, &url).await.is_empty(), "it went to the dead letters");
    let depths = stand_ins.queues().depths().unwrap();
    let work = depths.iter().find(|d| d.name == "work").unwrap();
    assert_eq!((work.visible, work.in_flight, work.dead_letters), (0, 0, 1));
    assert!(stand_ins.queues().is_idle().unwrap(), "dead letters do not keep anybody busy");

    assert_eq!(stand_ins.queues().redrive("work").unwrap(), 1);
    let again = receive(&client, &url).await;
    assert_eq!((again[0].body(), count(&again[0]).as_str()), (Some("one"), "1"));
    client.delete_message().queue_url(&url).receipt_handle(again[0].receipt_handle().unwrap()).send().await.unwrap();
    clock.advance(Duration::from_secs(100));
    assert!(receive(&client, &url).await.is_empty());
}

#[tokio::test]
async fn a_message_can_be_delayed_released_and_extended() {
    let clock = Clock::new();
    let stand_ins = open(None, &clock);
    let (client, url) = queue(&stand_ins).await;
    client.send_message().queue_url(&url).message_body("late").delay_seconds(30).send().await.unwrap();
    assert!(receive(&client, &url).await.is_empty());
    assert!(stand_ins.queues().is_idle().unwrap());
    let due = stand_ins.queues().next_due().unwrap().unwrap();
    assert_eq!(due.as_millisecond() - clock.now().as_millisecond(), 30_000);
    clock.advance(Duration::from_secs(30));
    let got = receive(&client, &url).await;
    let hide = |seconds| {
        let handle = got[0].receipt_handle().unwrap();
        client.change_message_visibility().queue_url(&url).receipt_handle(handle).visibility_timeout(seconds).send()
    };
    hide(600).await.unwrap();
    assert_eq!(stand_ins.queues().depths().unwrap()[1].delayed, 1);
    hide(0).await.unwrap();
    assert_eq!(receive(&client, &url).await.len(), 1);
    assert!(hide(0).await.unwrap_err().into_service_error().is_message_not_inflight(), "of an older receipt");
}

#[tokio::test]
async fn a_long_poll_returns_on_a_new_message_or_clock_change() {
    let clock = Clock::new();
    let stand_ins = open(None, &clock);
    let (client, url) = queue(&stand_ins).await;
    let poll = || client.receive_message().queue_url(&url).wait_time_seconds(20).send();
    let (received, ()) = soon(async {
        tokio::join!(poll(), async {
            // Runs when the poll waits.
            tokio::task::yield_now().await;
            client.send_message().queue_url(&url).message_body("now").send().await.unwrap();
        })
    })
    .await;
    assert_eq!(received.unwrap().messages().len(), 1);
    let (received, ()) = soon(async {
        tokio::join!(poll(), async {
            tokio::task::yield_now().await;
            clock.advance(Duration::from_secs(61));
            stand_ins.clock_moved();
        })
    })
    .await;
    assert_eq!(received.unwrap().messages().len(), 1);
}

#[tokio::test]
async fn batches_report_each_entry_and_errors_are_typed() {
    let stand_ins = open(None, &Clock::new());
    let (client, url) = queue(&stand_ins).await;
    let entry = |id: &str, body: &str, delay| {
        SendMessageBatchRequestEntry::builder().id(id).message_body(body).delay_seconds(delay).build().unwrap()
    };
    let sent = client
        .send_message_batch()
        .queue_url(&url)
        .entries(entry("a", "1", 0))
        .entries(entry("b", "2", 901))
        .entries(entry("c", "3", 0))
        .send()
        .await
        .unwrap();
    assert_eq!(sent.successful().iter().map(|e| e.id()).collect::<Vec<_>>(), ["a", "c"]);
    assert_eq!(sent.failed()[0].id(), "b");
    let got = receive(&client, &url).await;
    assert_eq!(got.iter().map(|m| m.body().unwrap()).collect::<Vec<_>>(), ["1", "3"]);
    let entries = got.iter().enumerate().map(|(n, m)| {
        let handle = m.receipt_handle().unwrap();
        DeleteMessageBatchRequestEntry::builder().id(n.to_string()).receipt_handle(handle).build().unwrap()
    });
    client.delete_message_batch().queue_url(&url).set_entries(Some(entries.collect())).send().await.unwrap();
    assert!(stand_ins.queues().is_idle().unwrap());

    let missing = client.get_queue_url().queue_name("nothing").send().await.unwrap_err().into_service_error();
    assert!(missing.is_queue_does_not_exist());
    let same = client.send_message_batch().queue_url(&url).entries(entry("a", "1", 0)).entries(entry("a", "2", 0));
    assert!(same.send().await.unwrap_err().into_service_error().is_batch_entry_ids_not_distinct());
    let listed = client.list_queues().queue_name_prefix("w").send().await.unwrap();
    assert_eq!(listed.queue_urls(), std::slice::from_ref(&url));
    let asked = client.get_queue_attributes().queue_url(&url).attribute_names(QueueAttributeName::All).send();
    let asked = asked.await.unwrap();
    assert_eq!(asked.attributes().unwrap()[&QueueAttributeName::VisibilityTimeout], "60");
    client.send_message().queue_url(&url).message_body("gone").send().await.unwrap();
    client.purge_queue().queue_url(&url).send().await.unwrap();
    assert!(receive(&client, &url).await.is_empty());
}

#[tokio::test]
async fn queued_messages_and_receipts_survive_a_restart() {
    let folder = tempfile::tempdir().unwrap();
    let clock = Clock::new();
    let receipt = {
        let stand_ins = open(Some(folder.path()), &clock);
        let (client, url) = queue(&stand_ins).await;
        for body in ["first", "second"] {
            client.send_message().queue_url(&url).message_body(body).send().await.unwrap();
        }
        let got = client.receive_message().queue_url(&url).send().await.unwrap();
        got.messages()[0].receipt_handle().unwrap().to_owned()
    };
    let stand_ins = open(Some(folder.path()), &clock);
    let settings = QueueSettings { visibility: Duration::from_secs(5), ..QueueSettings::default() };
    stand_ins.queues().declare("work", &settings).unwrap();
    let client = Client::new(&stand_ins.sdk_config());
    let url = stand_ins.queues().url("work");
    assert_eq!(receive(&client, &url).await[0].body(), Some("second"));
    client.delete_message().queue_url(&url).receipt_handle(receipt).send().await.unwrap();
    clock.advance(Duration::from_secs(61));
    assert_eq!(receive(&client, &url).await.len(), 1);
}
