use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Command, Stdio};

use aws_sdk_dynamodb::types::{Put, TransactWriteItem};
use millrace_localstack::aws::{Settings, StandInError, StandIns};

use crate::set_up::{Clock, TABLE, item, open, s, with_table};

const FOLDER: &str = "MILLRACE_TEST_FOLDER";

#[tokio::test]
async fn items_survive_a_restart_and_a_folder_is_locked_by_one_process() {
    let folder = tempfile::tempdir().unwrap();
    let clock = Clock::new();
    {
        let stand_ins = open(Some(folder.path()), &clock);
        let client = with_table(&stand_ins).await;
        client.put_item().table_name(TABLE).set_item(Some(item("a", "1", &[]))).send().await.unwrap();
        let settings = Settings { data: Some(folder.path().into()), ..Settings::default() };
        assert!(matches!(StandIns::open(settings), Err(StandInError::InUse(_))));
    }
    let empty = tempfile::tempdir().unwrap();
    StandIns::open(Settings { data: Some(empty.path().join("new")), ..Settings::default() }).unwrap();
    let client = aws_sdk_dynamodb::Client::new(&open(Some(folder.path()), &clock).sdk_config());
    let got = client.get_item().table_name(TABLE).set_key(Some(item("a", "1", &[]))).send().await.unwrap();
    assert!(got.item().is_some());
}

/// Writes until it is killed, and says what was acknowledged. Only the next test starts it.
#[tokio::test]
#[ignore = "is a process of another test"]
async fn writes_until_it_is_killed() {
    let Ok(folder) = std::env::var(FOLDER) else { return };
    let stand_ins = open(Some(Path::new(&folder)), &Clock::new());
    let client = with_table(&stand_ins).await;
    let sqs = aws_sdk_sqs::Client::new(&stand_ins.sdk_config());
    let url = sqs.create_queue().queue_name("work").send().await.unwrap().queue_url.unwrap();
    for n in 0.. {
        let put = |sk: &str| {
            let values = item("a", sk, &[("gsi1pk", s("u")), ("gsi1sk", s(sk))]);
            let put = Put::builder().table_name(TABLE).set_item(Some(values)).build().unwrap();
            TransactWriteItem::builder().put(put).build()
        };
        let (one, two) = (format!("{n}-one"), format!("{n}-two"));
        client.transact_write_items().transact_items(put(&one)).transact_items(put(&two)).send().await.unwrap();
        sqs.send_message().queue_url(&url).message_body(n.to_string()).send().await.unwrap();
        println!("acknowledged {n}");
    }
}

#[tokio::test]
async fn acknowledged_writes_survive_sigkill() {
    let folder = tempfile::tempdir().unwrap();
    let mut child = Command::new(std::env::current_exe().unwrap())
        .args(["--ignored", "--exact", "--nocapture", "durability::writes_until_it_is_killed"])
        .env(FOLDER, folder.path())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let lines = BufReader::new(child.stdout.take().unwrap()).lines().map_while(Result::ok);
    let acknowledged = lines.filter_map(|line| line.strip_prefix("acknowledged ").map(str::to_owned));
    let last = acknowledged.take(200).last().expect("the writer wrote nothing");
    // SIGKILL, on Unix.
    child.kill().unwrap();
    child.wait().unwrap();
    let last: usize = last.parse().unwrap();
    assert!(last >= 199, "the writer ended early");

    let stand_ins = open(Some(folder.path()), &Clock::new());
    let client = aws_sdk_dynamodb::Client::new(&stand_ins.sdk_config());
    let count = |index: Option<&str>, key: &str, value: &str| {
        client
            .query()
            .table_name(TABLE)
            .set_index_name(index.map(str::to_owned))
            .key_condition_expression(format!("{key} = :p"))
            .expression_attribute_values(":p", s(value))
            .send()
    };
    let items = count(None, "pk", "a").await.unwrap().count();
    assert!(usize::try_from(items).unwrap() >= 2 * (last + 1), "{items} items of {last} acknowledged pairs");
    assert_eq!(items % 2, 0, "half a transaction");
    assert_eq!(count(Some("gsi1"), "gsi1pk", "u").await.unwrap().count(), items);
    let depths = stand_ins.queues().depths().unwrap();
    assert!(depths[0].visible > u64::try_from(last).unwrap());
}
