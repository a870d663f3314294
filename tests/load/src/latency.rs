//! The latency from a move to the frames on other people's sockets.

use crate::{
    connection::{Connection, request},
    report::{milliseconds, percentile, row},
    scene::Scene,
};
use anyhow::{Context, Result, bail};
use futures::{SinkExt, StreamExt};
use serde_json::{Value, json};
use std::time::{Duration, Instant};
use tokio::sync::mpsc;
use tokio_tungstenite::{connect_async, tungstenite::Message};

/// How many moves are timed.
const MOVES: usize = 60;

/// Measures with 2, 50 and 200 sockets.
pub async fn measure(scene: &Scene) -> Result<()> {
    let mut alone: Option<Duration> = None;
    for sockets in [2, 50, 200] {
        let (first, last) = with_sockets(scene, sockets).await?;
        let baseline = *alone.get_or_insert(percentile(&last, 0.5));
        let ratio = percentile(&last, 0.5).as_secs_f64() / baseline.as_secs_f64();
        let text = format!(
            "first p50 {:>9}   last p50 {:>9}   last p99 {:>9}   {ratio:.1} times that of 2 sockets",
            milliseconds(percentile(&first, 0.5)),
            milliseconds(percentile(&last, 0.5)),
            milliseconds(percentile(&last, 0.99))
        );
        row(&format!("{sockets} sockets"), &text);
    }
    Ok(())
}

/// The times until the first and until the last socket has the frame, each sorted.
async fn with_sockets(scene: &Scene, count: usize) -> Result<(Vec<Duration>, Vec<Duration>)> {
    let mut connection = Connection::open(scene.port).await?;
    let (told, mut hears) = mpsc::unbounded_channel();
    let mut listeners = Vec::new();
    for _ in 0..count {
        let ticket = connection.ask(&request("POST", "/api/auth/live-ticket", &scene.token, None)).await?.json()?;
        let ticket = ticket["ticket"].as_str().context("a ticket")?;
        let (mut socket, _) = connect_async(format!("ws://127.0.0.1:{}/live?ticket={ticket}", scene.port)).await?;
        let subscribe = json!({"action": "subscribe", "board_id": scene.board}).to_string();
        socket.send(Message::Text(subscribe.into())).await?;
        loop {
            let frame = socket.next().await.context("a frame")??;
            if frame.to_text()?.contains("\"subscribed\"") {
                break;
            }
        }
        let told = told.clone();
        listeners.push(tokio::spawn(async move {
            while let Some(Ok(frame)) = socket.next().await {
                let Ok(frame) = serde_json::from_str::<Value>(frame.to_text().unwrap_or("")) else { continue };
                if frame["type"] == "events" && told.send(Instant::now()).is_err() {
                    return;
                }
            }
        }));
    }
    let task = scene.tasks.get(2).context("a task")?;
    let (mut first, mut last) = (Vec::new(), Vec::new());
    for step in 0..MOVES {
        let (from, to) = if step % 2 == 0 { (2, 3) } else { (3, 2) };
        let begun = Instant::now();
        let request = scene.move_request(task, from, to);
        let asked = connection.ask(&request);
        let heard = async {
            let mut times = Vec::with_capacity(count);
            while times.len() < count {
                times.push(hears.recv().await.context("the listeners live")?.duration_since(begun));
            }
            anyhow::Ok(times)
        };
        let (answer, heard) = tokio::join!(asked, tokio::time::timeout(Duration::from_secs(10), heard));
        answer?.json()?;
        let Ok(times) = heard else { bail!("a frame did not come within ten seconds") };
        let times = times?;
        first.extend(times.iter().min());
        last.extend(times.iter().max());
    }
    listeners.iter().for_each(tokio::task::JoinHandle::abort);
    scene.server.idle(Duration::from_secs(10)).await;
    first.sort();
    last.sort();
    Ok((first, last))
}
