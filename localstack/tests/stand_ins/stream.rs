use std::path::Path;
use std::time::Duration;

use crate::set_up::{Clock, TABLE, item, n, open, s, soon, with_table};

#[tokio::test]
async fn the_stream_contains_every_write_in_order_and_wakes_its_readers() {
    let stand_ins = open(None, &Clock::new());
    let client = with_table(&stand_ins).await;
    let mut changes = stand_ins.table().changes();
    changes.mark_unchanged();
    for n in 0..3 {
        client.put_item().table_name(TABLE).set_item(Some(item("a", &n.to_string(), &[]))).send().await.unwrap();
    }
    soon(changes.changed()).await.unwrap();
    let first = stand_ins.table().records_after(TABLE, None, 2).unwrap();
    assert_eq!(first.len(), 2);
    assert_eq!(first[0]["eventName"], "INSERT");
    assert_eq!(first[0]["awsRegion"], "us-east-1");
    assert_eq!(first[1]["dynamodb"]["NewImage"]["sk"]["S"], "1");
    let last = first[1]["dynamodb"]["SequenceNumber"].as_str().unwrap();
    let rest = stand_ins.table().records_after(TABLE, Some(last), 100).unwrap();
    assert_eq!(rest.len(), 1);
    assert_eq!(rest[0]["dynamodb"]["Keys"]["sk"]["S"], "2");
}

#[tokio::test]
async fn a_stream_position_survives_a_restart_and_old_records_can_be_trimmed() {
    let folder = tempfile::tempdir().unwrap();
    let clock = Clock::new();
    let place = {
        let stand_ins = open(Some(folder.path()), &clock);
        let client = with_table(&stand_ins).await;
        for n in 0..5 {
            client.put_item().table_name(TABLE).set_item(Some(item("a", &n.to_string(), &[]))).send().await.unwrap();
        }
        let records = stand_ins.table().records_after(TABLE, None, 3).unwrap();
        let place = records[2]["dynamodb"]["SequenceNumber"].as_str().unwrap().to_owned();
        stand_ins.table().set_cursor("relay", &place).unwrap();
        assert_eq!(stand_ins.table().trim_stream(TABLE, &place).unwrap(), 3);
        assert_eq!(stand_ins.table().trim_stream(TABLE, &place).unwrap(), 0);
        place
    };
    let stand_ins = open(Some(folder.path()), &clock);
    assert_eq!(stand_ins.table().cursor("relay").unwrap().as_deref(), Some(place.as_str()));
    let records = stand_ins.table().records_after(TABLE, Some(&place), 100).unwrap();
    assert_eq!(records.len(), 2);
    let last = records[1]["dynamodb"]["SequenceNumber"].as_str().unwrap().to_owned();
    assert_eq!(stand_ins.table().trim_stream(TABLE, &last).unwrap(), 1, "the newest stays");
}

async fn expiry_follows_the_clock(data: Option<&Path>) {
    let clock = Clock::new();
    let stand_ins = open(data, &clock);
    let client = with_table(&stand_ins).await;
    let hour = clock.now().as_second() + 3600;
    for (sk, ttl) in [("soon", n(hour)), ("later", n(2 * hour)), ("never", s("text"))] {
        let item = item("a", sk, &[("ttl", ttl)]);
        client.put_item().table_name(TABLE).set_item(Some(item)).send().await.unwrap();
    }
    client.put_item().table_name(TABLE).set_item(Some(item("a", "without", &[]))).send().await.unwrap();
    assert_eq!(stand_ins.table().sweep_expired().unwrap(), 0);
    clock.advance(Duration::from_secs(3602));
    assert_eq!(stand_ins.table().sweep_expired().unwrap(), 1);
    assert_eq!(client.scan().table_name(TABLE).send().await.unwrap().count(), 3);
    client.delete_item().table_name(TABLE).set_key(Some(item("a", "later", &[]))).send().await.unwrap();
    let records = stand_ins.table().records_after(TABLE, None, 100).unwrap();
    let [.., expired, deleted] = &records[..] else { panic!("{records:?}") };
    assert_eq!(expired["userIdentity"]["principalId"], "dynamodb.amazonaws.com");
    assert_eq!(expired["dynamodb"]["OldImage"]["sk"]["S"], "soon");
    assert_eq!(deleted["eventName"], "REMOVE");
    assert!(deleted["userIdentity"].is_null());
}

#[tokio::test]
async fn ttl_in_memory_follows_the_clock() {
    expiry_follows_the_clock(None).await;
}

#[tokio::test]
async fn ttl_on_disk_follows_the_clock() {
    expiry_follows_the_clock(Some(tempfile::tempdir().unwrap().path())).await;
}
