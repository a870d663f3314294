use aws_sdk_apigatewaymanagement::Client;
use aws_sdk_apigatewaymanagement::primitives::Blob;
use millrace_localstack::aws::sockets::BUFFER;

use crate::set_up::{Clock, open, soon};

#[tokio::test]
async fn posts_arrive_in_order_and_a_closed_socket_is_a_typed_error() {
    let stand_ins = open(None, &Clock::new());
    let client = Client::new(&stand_ins.sdk_config());
    let post = |id: &str, text: &str| client.post_to_connection().connection_id(id).data(Blob::new(text)).send();
    // Ids on AWS end like this.
    let mut incoming = stand_ins.sockets().register("L0SM9cOFvHcCIhw=");
    post("L0SM9cOFvHcCIhw=", "one").await.unwrap();
    post("L0SM9cOFvHcCIhw=", "two").await.unwrap();
    assert_eq!(soon(incoming.recv()).await.unwrap(), "one");
    assert_eq!(soon(incoming.recv()).await.unwrap(), "two");
    let found = client.get_connection().connection_id("L0SM9cOFvHcCIhw=").send().await.unwrap();
    assert!(found.connected_at().is_some());

    assert!(post("other", "one").await.unwrap_err().into_service_error().is_gone_exception());
    client.delete_connection().connection_id("L0SM9cOFvHcCIhw=").send().await.unwrap();
    assert!(soon(incoming.recv()).await.is_none(), "the server closes it");
    assert!(post("L0SM9cOFvHcCIhw=", "three").await.unwrap_err().into_service_error().is_gone_exception());
}

#[tokio::test]
async fn a_slow_socket_is_dropped_without_blocking_others() {
    let stand_ins = open(None, &Clock::new());
    let client = Client::new(&stand_ins.sdk_config());
    let mut incoming = stand_ins.sockets().register("slow");
    let post = || client.post_to_connection().connection_id("slow").data(Blob::new("x")).send();
    for _ in 0..BUFFER {
        post().await.unwrap();
    }
    assert!(post().await.unwrap_err().into_service_error().is_gone_exception());
    assert_eq!(stand_ins.sockets().count(), 0);
    let mut left = 0;
    while soon(incoming.recv()).await.is_some() {
        left += 1;
    }
    assert_eq!(left, BUFFER);
}
