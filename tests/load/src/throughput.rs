//! Throughput and latency of calls.

use crate::{
    CONNECTIONS, SPAN,
    connection::{Connection, request},
    report::{milliseconds, percentile, processor_time, row},
    scene::Scene,
};
use anyhow::{Result, bail};
use std::{
    sync::Arc,
    time::{Duration, Instant},
};

/// What Planka 2 did on the same machine at 16 connections, calls a second: another system's figures, measured once.
const PLANKA: [(&str, f64); 3] = [("board snapshot, 200 cards", 21.0), ("task get", 34.0), ("card move", 29.0)];

/// How many moves a second come where they come at a pace: as many as Planka does at its most, and ten times as many.
const PACES: [u32; 2] = [29, 290];

/// How long what follows from all calls may take.
const FOLLOWS: Duration = Duration::from_secs(60);

/// Makes the request of one connection at one step.
type Asks = Arc<dyn Fn(usize, usize) -> Vec<u8> + Send + Sync>;

/// Measures the health check, the snapshot, the task and the move.
pub async fn measure(scene: &Scene) -> Result<()> {
    let health = run(scene.port, Arc::new(|_, _| request("GET", "/api/health", "", None)), None).await?;
    print("health check (the baseline)", &health, None, None);
    let token = scene.token.clone();
    let snapshot = request("GET", &format!("/api/boards/{}", scene.board), &token, None);
    let tasks = scene.tasks.clone();
    let get = move |connection: usize, step: usize| {
        let task = &tasks[(connection * 31 + step) % tasks.len()];
        request("GET", &format!("/api/tasks/{task}"), &token, None)
    };
    // Each connection has a card of its own that goes to and fro, as people do not drag one card at once.
    let moves: Vec<[Vec<u8>; 2]> = (0..CONNECTIONS)
        .map(|connection| {
            let (index, columns) = (connection * scene.columns.len() + 1, (1, 2));
            let task = &scene.tasks[index];
            [scene.move_request(task, columns.0, columns.1), scene.move_request(task, columns.1, columns.0)]
        })
        .collect();
    let moves: Asks = Arc::new(move |connection, step| moves[connection][step % 2].clone());
    let kinds: [Asks; 3] = [Arc::new(move |_, _| snapshot.clone()), Arc::new(get), moves.clone()];
    for ((name, planka), asks) in PLANKA.into_iter().zip(kinds) {
        let taken = run(scene.port, asks, None).await?;
        print(name, &taken, Some(health.a_second), Some(planka));
        // What follows from moves is not to be part of what is measured next.
        scene.server.idle(FOLLOWS).await;
    }
    for a_second in PACES {
        // From one move of a connection to its next.
        let pace = Duration::from_secs(1) / a_second * CONNECTIONS as u32;
        let paced = run(scene.port, moves.clone(), Some(pace)).await?;
        print(&format!("card move, {a_second} a second"), &paced, Some(health.a_second), None);
        scene.server.idle(FOLLOWS).await;
    }
    Ok(())
}

struct Taken {
    a_second: f64,
    processor: Option<Duration>,
    half: Duration,
    nearly_all: Duration,
}

/// Asks over every connection: as soon as the last answer is there, or at `pace`. A call that comes at a pace is timed
/// from when it was due, so that one slow answer counts for those that it holds up.
async fn run(port: u16, asks: Asks, pace: Option<Duration>) -> Result<Taken> {
    let (started, worked) = (Instant::now(), processor_time());
    let connections = (0..CONNECTIONS).map(|number| {
        let asks = asks.clone();
        tokio::spawn(async move {
            let mut connection = Connection::open(port).await?;
            let mut times = Vec::new();
            for step in 0.. {
                let begun = match pace {
                    None => Instant::now(),
                    Some(pace) => {
                        let offset = pace.mul_f64(number as f64 / CONNECTIONS as f64);
                        let due = started + offset + pace * step as u32;
                        tokio::time::sleep_until(due.into()).await;
                        due
                    }
                };
                // Every second move leads back to where the card was, which the next measurement begins with.
                if step % 2 == 0 && begun.duration_since(started) > SPAN {
                    break;
                }
                let answer = connection.ask(&asks(number, step)).await?;
                if answer.status != 200 {
                    bail!("answered {}: {:?}", answer.status, answer.json());
                }
                times.push(begun.elapsed());
            }
            Ok(times)
        })
    });
    let mut times: Vec<Duration> = Vec::new();
    for taken in futures::future::try_join_all(connections).await? {
        times.extend(taken?);
    }
    let a_second = times.len() as f64 / started.elapsed().as_secs_f64();
    let worked = processor_time().zip(worked).map(|(now, before)| now.saturating_sub(before));
    let processor = worked.and_then(|worked| worked.checked_div(u32::try_from(times.len()).ok()?));
    times.sort();
    Ok(Taken { a_second, processor, half: percentile(&times, 0.5), nearly_all: percentile(&times, 0.99) })
}

fn print(name: &str, taken: &Taken, baseline: Option<f64>, planka: Option<f64>) {
    let mut text = format!(
        "{:>8.0}/s   p50 {:>9}   p99 {:>9}",
        taken.a_second,
        milliseconds(taken.half),
        milliseconds(taken.nearly_all)
    );
    if let Some(processor) = taken.processor {
        text += &format!("   {:>9} of a processor", milliseconds(processor));
    }
    if let Some(baseline) = baseline {
        text += &format!("   {:.3} of the baseline", taken.a_second / baseline);
    }
    if let Some(planka) = planka {
        text += &format!("   {:.0} times Planka", taken.a_second / planka);
    }
    row(name, &text);
}
