use std::time::Duration;

use aws_sdk_s3::Client;
use aws_sdk_s3::presigning::PresigningConfig;
use aws_sdk_s3::primitives::ByteStream;
use millrace_localstack::aws::{Settings, StandIns};

use crate::set_up::{BUCKET, Clock, open};

#[tokio::test]
async fn objects_can_be_put_read_by_range_listed_and_deleted() {
    let folder = tempfile::tempdir().unwrap();
    let clock = Clock::new();
    {
        let client = Client::new(&open(Some(folder.path()), &clock).sdk_config());
        let put = client.put_object().bucket(BUCKET).key("w/1/photo.png").content_type("image/png");
        put.body(ByteStream::from_static(b"0123456789")).send().await.unwrap();
    }
    let client = Client::new(&open(Some(folder.path()), &clock).sdk_config());
    let got = client.get_object().bucket(BUCKET).key("w/1/photo.png").range("bytes=2-4").send().await.unwrap();
    assert_eq!(got.content_type(), Some("image/png"));
    assert_eq!(got.body.collect().await.unwrap().into_bytes(), "234");
    let listed = client.list_objects_v2().bucket(BUCKET).prefix("w/").send().await.unwrap();
    assert_eq!(listed.contents()[0].size(), Some(10));
    client.delete_object().bucket(BUCKET).key("w/1/photo.png").send().await.unwrap();
    let gone = client.get_object().bucket(BUCKET).key("w/1/photo.png").send().await.unwrap_err();
    assert!(gone.into_service_error().is_no_such_key());
}

#[tokio::test]
async fn a_file_can_be_uploaded_as_a_stream() {
    let client = Client::new(&open(None, &Clock::new()).sdk_config());
    let file = tempfile::NamedTempFile::new().unwrap();
    std::fs::write(file.path(), vec![7; 300_000]).unwrap();
    let body = ByteStream::from_path(file.path()).await.unwrap();
    client.put_object().bucket(BUCKET).key("long").body(body).send().await.unwrap();
    let got = client.get_object().bucket(BUCKET).key("long").send().await.unwrap();
    assert_eq!(got.body.collect().await.unwrap().into_bytes(), vec![7; 300_000]);
}

#[tokio::test]
async fn a_presigned_url_works_over_http_and_is_refused_when_modified() {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let origin = format!("http://{}", listener.local_addr().unwrap());
    let settings = Settings { origin: origin.clone(), buckets: vec![BUCKET.into()], ..Settings::default() };
    let stand_ins = StandIns::open(settings).unwrap();
    tokio::spawn({
        let router = stand_ins.router();
        async move { axum::serve(listener, router).await }
    });
    let client = Client::new(&stand_ins.sdk_config());
    let hour = || PresigningConfig::expires_in(Duration::from_secs(3600)).unwrap();
    let put = client.put_object().bucket(BUCKET).key("a b/ü.txt").presigned(hour()).await.unwrap();
    assert!(put.uri().starts_with(&format!("{origin}/{BUCKET}/")), "{}", put.uri());
    let web = reqwest::Client::new();
    assert_eq!(web.put(put.uri()).body("hello").send().await.unwrap().status(), 200);
    let get = client.get_object().bucket(BUCKET).key("a b/ü.txt").presigned(hour()).await.unwrap();
    assert_eq!(web.get(get.uri()).send().await.unwrap().text().await.unwrap(), "hello");
    let changed = get.uri().replace("X-Amz-Expires=3600", "X-Amz-Expires=36000");
    assert_eq!(web.get(changed).send().await.unwrap().status(), 403);
}
