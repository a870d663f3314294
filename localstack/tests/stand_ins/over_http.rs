use aws_config::{BehaviorVersion, SdkConfig};
use aws_sdk_apigatewaymanagement::primitives::Blob;
use aws_sdk_s3::primitives::ByteStream;
use axum::http::Request;
use millrace_localstack::aws::{CREDENTIALS, Settings, StandIns};

use crate::set_up::{BUCKET, TABLE, item, make_table, soon};

/// Stand-ins that are served at an address, and the configuration of a client there.
pub(crate) async fn served() -> (StandIns, SdkConfig) {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let origin = format!("http://{}", listener.local_addr().unwrap());
    let settings = Settings { origin: origin.clone(), buckets: vec![BUCKET.into()], ..Settings::default() };
    let stand_ins = StandIns::open(settings).unwrap();
    tokio::spawn({
        let router = stand_ins.router();
        async move { axum::serve(listener, router).await }
    });
    let credentials = aws_credential_types::Credentials::new(CREDENTIALS.0, CREDENTIALS.1, None, None, "test");
    let config = aws_config::defaults(BehaviorVersion::latest())
        .region("us-east-1")
        .credentials_provider(credentials)
        .endpoint_url(&origin)
        .load()
        .await;
    (stand_ins, config)
}

#[tokio::test]
async fn every_service_answers_over_http_on_one_port() {
    let (stand_ins, config) = served().await;

    let table = aws_sdk_dynamodb::Client::new(&config);
    make_table(&table).await;
    table.put_item().table_name(TABLE).set_item(Some(item("a", "1", &[]))).send().await.unwrap();
    assert_eq!(table.scan().table_name(TABLE).send().await.unwrap().count(), 1);

    let sqs = aws_sdk_sqs::Client::new(&config);
    let url = sqs.create_queue().queue_name("work").send().await.unwrap().queue_url.unwrap();
    sqs.send_message().queue_url(&url).message_body("hello").send().await.unwrap();
    let got = soon(sqs.receive_message().queue_url(&url).wait_time_seconds(5).send()).await.unwrap();
    assert_eq!(got.messages()[0].body(), Some("hello"));

    let s3 = aws_sdk_s3::Client::new(&config);
    s3.put_object().bucket(BUCKET).key("k").body(ByteStream::from_static(b"v")).send().await.unwrap();
    let got = s3.get_object().bucket(BUCKET).key("k").send().await.unwrap();
    assert_eq!(got.body.collect().await.unwrap().into_bytes(), "v");

    let sockets = aws_sdk_apigatewaymanagement::Client::new(&config);
    let mut incoming = stand_ins.sockets().register("id=");
    sockets.post_to_connection().connection_id("id=").data(Blob::new("hi")).send().await.unwrap();
    assert_eq!(soon(incoming.recv()).await.unwrap(), "hi");
    let gone = sockets.post_to_connection().connection_id("no").data(Blob::new("hi")).send().await.unwrap_err();
    assert!(gone.into_service_error().is_gone_exception());

    let ses = aws_sdk_sesv2::Client::new(&config);
    let raw = aws_sdk_sesv2::types::EmailContent::builder().build();
    let refused = ses.send_email().content(raw).send().await.unwrap_err().into_service_error();
    assert!(refused.is_bad_request_exception(), "{refused:?}");
}

#[tokio::test]
async fn requests_on_a_shared_port_are_routed_to_their_service() {
    let stand_ins = StandIns::in_memory(BUCKET).unwrap();
    let claimed = |path: &str, target: Option<&str>| {
        let mut request = Request::get(path);
        if let Some(target) = target {
            request = request.header("x-amz-target", target);
        }
        stand_ins.claims(&request.body(()).unwrap().into_parts().0)
    };
    assert!(claimed("/", Some("DynamoDB_20120810.GetItem")) && claimed("/", Some("AmazonSQS.SendMessage")));
    assert!(claimed("/@connections/1", None) && claimed("/v2/email/outbound-emails", None));
    assert!(claimed("/files/a.png?X-Amz-Signature=1", None));
    assert!(!claimed("/", None) && !claimed("/api/boards", None) && !claimed("/filesystem", None));
}
