//! Uploading the browser client to the distribution's bucket.

use crate::cloud::{Cloud, describe};
use anyhow::Result;
use futures::{StreamExt, TryStreamExt, stream};
use std::{
    fs,
    path::{Path, PathBuf},
};
use xtask::{client::build_client, command::root};

const AT_ONCE: usize = 8;

/// Builds the client and sends it.
///
/// Nothing needs to be invalidated: files under `assets/` are named by their content, and of all others the
/// distribution asks the bucket each time whether they have changed. The page goes last, when all that it names is there.
pub(crate) async fn send(cloud: &Cloud, bucket: &str) -> Result<()> {
    build_client(&root())?;
    let dist = root().join("web/dist");
    let (pages, others): (Vec<PathBuf>, Vec<PathBuf>) =
        files(&dist)?.into_iter().partition(|path| path.extension().is_some_and(|extension| extension == "html"));
    for batch in [others, pages] {
        let sends = batch.iter().map(|path| send_file(cloud, bucket, &dist, path));
        stream::iter(sends).buffer_unordered(AT_ONCE).try_collect::<Vec<()>>().await?;
    }
    println!("web/dist is in {bucket}");
    Ok(())
}

fn files(folder: &Path) -> Result<Vec<PathBuf>> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() { found.extend(files(&path)?) } else { found.push(path) }
    }
    Ok(found)
}

async fn send_file(cloud: &Cloud, bucket: &str, dist: &Path, path: &Path) -> Result<()> {
    let key = path.strip_prefix(dist)?.to_string_lossy().into_owned();
    let kept = if key.starts_with("assets/") { "public, max-age=31536000, immutable" } else { "no-cache" };
    let put = cloud.s3().put_object().bucket(bucket).key(&key).content_type(content_type(&key)).cache_control(kept);
    put.body(fs::read(path)?.into()).send().await.map(drop).map_err(describe)
}

fn content_type(key: &str) -> &'static str {
    match key.rsplit('.').next().unwrap_or_default() {
        "html" => "text/html; charset=utf-8",
        "js" => "text/javascript; charset=utf-8",
        "css" => "text/css; charset=utf-8",
        "svg" => "image/svg+xml",
        "json" | "map" => "application/json",
        "png" => "image/png",
        "ico" => "image/x-icon",
        "woff2" => "font/woff2",
        "webmanifest" => "application/manifest+json",
        "txt" => "text/plain; charset=utf-8",
        _ => "application/octet-stream",
    }
}
