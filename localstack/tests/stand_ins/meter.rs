use aws_sdk_dynamodb::types::{Put, ReturnConsumedCapacity, TransactWriteItem};
use millrace_localstack::aws::meter::Meter;

use crate::set_up::{Clock, TABLE, item, open, s, with_table};

#[tokio::test]
async fn parallel_calls_are_one_round_trip_and_capacity_is_always_counted() {
    let stand_ins = open(None, &Clock::new());
    let client = with_table(&stand_ins).await;
    let indexed = [("gsi1pk", s("u")), ("gsi1sk", s("1")), ("body", s(&"x".repeat(1500)))];
    let put = client.put_item().table_name(TABLE).set_item(Some(item("a", "1", &indexed)));
    let get = |sk: &str| client.get_item().table_name(TABLE).set_key(Some(item("a", sk, &[])));
    let meter = Meter::new();
    meter
        .scope(async {
            let put = put.send().await.unwrap();
            assert!(put.consumed_capacity().is_none(), "nothing that was not asked for is told");
            let (one, two, three) = tokio::join!(
                get("1").consistent_read(true).send(),
                get("2").send(),
                get("3").return_consumed_capacity(ReturnConsumedCapacity::Total).send()
            );
            assert!(one.unwrap().item().is_some() && two.unwrap().item().is_none());
            assert_eq!(three.unwrap().consumed_capacity().unwrap().capacity_units(), Some(0.5));
        })
        .await;
    let cost = meter.report();
    assert_eq!((cost.round_trips, cost.calls), (2, 4));
    // 2 for the item of over 1 KB, 1 for the index, which holds a few bytes of it.
    assert_eq!((cost.write_units, cost.read_units), (3.0, 2.0));
    assert_eq!((cost.items_written, cost.items_read), (1, 1));

    let calls = cost.calls;
    get("1").send().await.unwrap();
    assert_eq!(meter.report().calls, calls, "what is outside the scope is not metered");
}

#[tokio::test]
async fn sequential_calls_count_separately_and_transactions_cost_double_units() {
    let stand_ins = open(None, &Clock::new());
    let client = with_table(&stand_ins).await;
    let sqs = aws_sdk_sqs::Client::new(&stand_ins.sdk_config());
    let meter = Meter::new();
    let put = |sk: &str| {
        let put = Put::builder().table_name(TABLE).set_item(Some(item("a", sk, &[]))).build().unwrap();
        TransactWriteItem::builder().put(put).build()
    };
    meter
        .scope(async {
            for _ in 0..3 {
                client.get_item().table_name(TABLE).set_key(Some(item("a", "1", &[]))).send().await.unwrap();
            }
            client.transact_write_items().transact_items(put("1")).transact_items(put("2")).send().await.unwrap();
            sqs.create_queue().queue_name("events").send().await.unwrap();
        })
        .await;
    let cost = meter.report();
    assert_eq!((cost.round_trips, cost.write_units, cost.items_written), (4, 4.0, 2));
    assert_eq!(cost.operations[3].operation, "TransactWriteItems");
    assert_eq!(cost.others["sqs"], 1);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn overlapping_calls_are_detected_across_threads() {
    let stand_ins = open(None, &Clock::new());
    let client = with_table(&stand_ins).await;
    for _ in 0..20 {
        let meter = Meter::new();
        let gets =
            (0..8).map(|n| client.get_item().table_name(TABLE).set_key(Some(item("a", &n.to_string(), &[]))).send());
        for got in meter.scope(futures::future::join_all(gets)).await {
            got.unwrap();
        }
        assert_eq!((meter.report().round_trips, meter.report().calls), (1, 8));
    }
}
