//! `cargo xtask bench`: how quick the embedded stack is, how quickly a deployed binary starts, and how large it is.
//!
//! The machine is noisy, so every figure stands beside one of the same run: throughput beside that of the health check,
//! which touches no table. Nothing here passes or fails.

mod cold_start;
mod connection;
mod latency;
mod memory;
mod report;
mod scene;
mod sizes;
mod throughput;

use anyhow::Result;
use std::{
    path::{Path, PathBuf},
    time::Duration,
};

/// How long each throughput is measured.
const SPAN: Duration = Duration::from_secs(5);
/// How many connections ask at once.
const CONNECTIONS: usize = 16;

#[tokio::main]
async fn main() -> Result<()> {
    let said: Vec<String> = std::env::args().skip(1).collect();
    if let [word, format, file] = &said[..]
        && word == memory::READ
    {
        return memory::read(format, Path::new(file));
    }
    // The folder of the areas' optimised binaries: the caller has built them.
    let binaries = said.first().map(PathBuf::from);
    let scene = scene::Scene::make().await?;
    report::heading(&format!("Throughput at {CONNECTIONS} connections, file-backed, {} s each", SPAN.as_secs()));
    throughput::measure(&scene).await?;
    report::heading("From a move to the frame on other sockets");
    latency::measure(&scene).await?;
    report::heading("Memory");
    report::row("resident memory of server and load together", &report::resident_memory());
    memory::measure(&scene).await?;
    if let Some(binaries) = binaries {
        report::heading("Cold start of tasks-get, from spawn to first answer");
        cold_start::measure(&scene, &binaries).await?;
        report::heading("Size of each area's binary, stripped, and zipped");
        sizes::measure(&binaries)?;
    }
    Ok(())
}
