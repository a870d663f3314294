use aws_sdk_dynamodb::types::{
    ConditionCheck, Delete, KeysAndAttributes, Put, ReturnValuesOnConditionCheckFailure, TransactWriteItem, Update,
};

use crate::over_http::served;
use crate::set_up::{Clock, TABLE, item, make_table, n, open, s, with_table};

fn put(pk: &str, sk: &str) -> Put {
    Put::builder().table_name(TABLE).set_item(Some(item(pk, sk, &[]))).build().unwrap()
}

#[tokio::test]
async fn a_cancelled_transaction_reports_a_reason_per_item_and_writes_nothing() {
    let client = with_table(&open(None, &Clock::new())).await;
    client.put_item().table_name(TABLE).set_item(Some(item("a", "1", &[("n", n(7))]))).send().await.unwrap();
    let check = ConditionCheck::builder()
        .table_name(TABLE)
        .set_key(Some(item("a", "1", &[])))
        .condition_expression("n = :n")
        .expression_attribute_values(":n", n(8))
        .return_values_on_condition_check_failure(ReturnValuesOnConditionCheckFailure::AllOld)
        .build()
        .unwrap();
    let error = client
        .transact_write_items()
        .transact_items(TransactWriteItem::builder().put(put("b", "1")).build())
        .transact_items(TransactWriteItem::builder().condition_check(check).build())
        .send()
        .await
        .unwrap_err()
        .into_service_error();
    let reasons = match &error {
        aws_sdk_dynamodb::operation::transact_write_items::TransactWriteItemsError::TransactionCanceledException(e) => {
            e.cancellation_reasons()
        }
        other => panic!("{other:?}"),
    };
    assert_eq!(reasons.iter().map(|r| r.code().unwrap()).collect::<Vec<_>>(), ["None", "ConditionalCheckFailed"]);
    assert_eq!(reasons[1].item().unwrap()["n"], n(7));
    let got = client.get_item().table_name(TABLE).set_key(Some(item("b", "1", &[]))).send().await.unwrap();
    assert!(got.item().is_none());
}

#[tokio::test]
async fn a_transaction_is_atomic_and_a_request_token_makes_it_idempotent() {
    let (_stand_ins, config) = served().await;
    let client = aws_sdk_dynamodb::Client::new(&config);
    make_table(&client).await;
    let update = Update::builder()
        .table_name(TABLE)
        .set_key(Some(item("a", "count", &[])))
        .update_expression("ADD #n :one")
        .expression_attribute_names("#n", "n")
        .expression_attribute_values(":one", n(1))
        .build()
        .unwrap();
    let delete = Delete::builder().table_name(TABLE).set_key(Some(item("a", "none", &[]))).build().unwrap();
    for _ in 0..2 {
        client
            .transact_write_items()
            .client_request_token("one-token")
            .transact_items(TransactWriteItem::builder().put(put("a", "1")).build())
            .transact_items(TransactWriteItem::builder().update(update.clone()).build())
            .transact_items(TransactWriteItem::builder().delete(delete.clone()).build())
            .send()
            .await
            .unwrap();
    }
    let got = client
        .transact_get_items()
        .transact_items(
            aws_sdk_dynamodb::types::TransactGetItem::builder()
                .get(
                    aws_sdk_dynamodb::types::Get::builder()
                        .table_name(TABLE)
                        .set_key(Some(item("a", "count", &[])))
                        .build()
                        .unwrap(),
                )
                .build(),
        )
        .send()
        .await
        .unwrap();
    assert_eq!(got.responses()[0].item().unwrap()["n"], n(1));
}

#[tokio::test]
async fn a_failed_condition_returns_the_existing_item() {
    let client = with_table(&open(None, &Clock::new())).await;
    let write = || {
        client
            .put_item()
            .table_name(TABLE)
            .set_item(Some(item("a", "1", &[("n", n(1))])))
            .condition_expression("attribute_not_exists(pk)")
            .return_values_on_condition_check_failure(ReturnValuesOnConditionCheckFailure::AllOld)
            .send()
    };
    write().await.unwrap();
    let error = write().await.unwrap_err().into_service_error();
    let aws_sdk_dynamodb::operation::put_item::PutItemError::ConditionalCheckFailedException(failed) = error else {
        panic!("{error:?}");
    };
    assert_eq!(failed.item().unwrap()["n"], n(1));
}

#[tokio::test]
async fn an_index_projects_only_the_included_attributes() {
    let client = with_table(&open(None, &Clock::new())).await;
    let indexed = [("gsi1pk", s("U#1")), ("gsi1sk", s("2026-01-01")), ("title", s("Paint")), ("body", s("long"))];
    client.put_item().table_name(TABLE).set_item(Some(item("a", "1", &indexed))).send().await.unwrap();
    client.put_item().table_name(TABLE).set_item(Some(item("a", "2", &[("title", s("No"))]))).send().await.unwrap();
    let ask = || {
        client
            .query()
            .table_name(TABLE)
            .index_name("gsi1")
            .key_condition_expression("gsi1pk = :u AND begins_with(gsi1sk, :y)")
            .expression_attribute_values(":u", s("U#1"))
            .expression_attribute_values(":y", s("2026"))
            .send()
    };
    let found = ask().await.unwrap();
    let mut names: Vec<_> = found.items()[0].keys().map(String::as_str).collect();
    names.sort_unstable();
    assert_eq!((found.count(), names), (1, vec!["gsi1pk", "gsi1sk", "pk", "sk", "title"]));

    // An update moves it within the index, one that takes the key away takes it out.
    let update = |expression: &str| {
        client
            .update_item()
            .table_name(TABLE)
            .set_key(Some(item("a", "1", &[])))
            .update_expression(expression.to_owned())
    };
    update("SET title = :t").expression_attribute_values(":t", s("Plant")).send().await.unwrap();
    assert_eq!(ask().await.unwrap().items()[0]["title"], s("Plant"));
    update("REMOVE gsi1pk").send().await.unwrap();
    assert_eq!(ask().await.unwrap().count(), 0);
}

#[tokio::test]
async fn a_query_page_ends_at_one_megabyte() {
    let client = with_table(&open(None, &Clock::new())).await;
    let long = s(&"x".repeat(100_000));
    for n in 0..25 {
        let item = item("a", &format!("{n:02}"), &[("body", long.clone())]);
        client.put_item().table_name(TABLE).set_item(Some(item)).send().await.unwrap();
    }
    let mut pages = client
        .query()
        .table_name(TABLE)
        .key_condition_expression("pk = :p")
        .expression_attribute_values(":p", s("a"))
        .into_paginator()
        .send();
    let mut counts = Vec::new();
    while let Some(page) = pages.next().await {
        counts.push(page.unwrap().count());
    }
    assert_eq!(counts.iter().sum::<i32>(), 25);
    assert_eq!(counts.len(), 3, "{counts:?}");
}

#[tokio::test]
async fn batch_reads_and_writes_work_and_errors_are_typed() {
    let client = with_table(&open(None, &Clock::new())).await;
    let requests = (0..25).map(|n| {
        let put = aws_sdk_dynamodb::types::PutRequest::builder().set_item(Some(item("a", &n.to_string(), &[])));
        aws_sdk_dynamodb::types::WriteRequest::builder().put_request(put.build().unwrap()).build()
    });
    client.batch_write_item().request_items(TABLE, requests.collect()).send().await.unwrap();
    let keys = (0..25).map(|n| item("a", &n.to_string(), &[])).collect();
    let keys = KeysAndAttributes::builder().set_keys(Some(keys)).build().unwrap();
    let got = client.batch_get_item().request_items(TABLE, keys).send().await.unwrap();
    assert_eq!(got.responses().unwrap()[TABLE].len(), 25);
    assert_eq!(client.scan().table_name(TABLE).send().await.unwrap().count(), 25);

    let missing = client.get_item().table_name("nothing").set_key(Some(item("a", "1", &[]))).send().await;
    assert!(missing.unwrap_err().into_service_error().is_resource_not_found_exception());
    let wrong = client.query().table_name(TABLE).key_condition_expression("sk = :s").send().await.unwrap_err();
    assert_eq!(wrong.into_service_error().meta().code(), Some("ValidationException"));
    let number = aws_sdk_dynamodb::types::AttributeValue::N("twelve".into());
    let wrong = client.put_item().table_name(TABLE).set_item(Some(item("a", "1", &[("n", number)]))).send().await;
    assert_eq!(wrong.unwrap_err().into_service_error().meta().code(), Some("ValidationException"));
}
