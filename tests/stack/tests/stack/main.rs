//! The templates, deployed to MiniStack with the real binaries, function by function. `cargo xtask test --only stack`
//! runs it; as a part of `cargo test` it does nothing, because it builds and deploys everything.

mod consumers;
mod deployed;
mod everything;
mod live;
mod mail;
mod person;
#[path = "../../../api/tests/every_route/requests.rs"]
mod requests;
mod routes;
mod socket;

use anyhow::{Result, bail};
use deployed::Deployed;
use futures::future::BoxFuture;
use std::{process::ExitCode, time::Instant};

type Scenario = (&'static str, for<'a> fn(&'a Deployed) -> BoxFuture<'a, Result<()>>);

/// In this order: the last one asks what the others have called.
const SCENARIOS: &[Scenario] = &[
    ("a mail goes through its queue", |deployed| Box::pin(mail::a_mail_goes_through_its_queue(deployed))),
    ("a move is seen by another person", |deployed| Box::pin(live::a_move_is_seen_by_another_person(deployed))),
    ("every frame is answered", |deployed| Box::pin(live::every_frame_is_answered(deployed))),
    ("an import is carried out", |deployed| Box::pin(consumers::an_import_is_carried_out(deployed))),
    ("an event reaches all who follow", |deployed| Box::pin(consumers::an_event_reaches_all_who_follow(deployed))),
    ("a task closes with its parts", |deployed| Box::pin(consumers::a_task_closes_with_its_parts(deployed))),
    ("a timer follows its task", |deployed| Box::pin(consumers::a_timer_follows_its_task(deployed))),
    ("a report is made", |deployed| Box::pin(consumers::a_report_is_made(deployed))),
    ("a message of the bucket is taken", |deployed| Box::pin(consumers::a_message_of_the_bucket_is_taken(deployed))),
    ("every route is answered by its function", |deployed| Box::pin(routes::every_route_is_answered(deployed))),
    ("every job runs", |deployed| Box::pin(everything::every_job_runs(deployed))),
    ("every function was called", |deployed| Box::pin(everything::every_function_was_called(deployed))),
];

fn main() -> ExitCode {
    if std::env::var_os("MILLRACE_STACK").is_none() {
        println!("not run: `cargo xtask test --only stack` does");
        return ExitCode::SUCCESS;
    }
    let run = tokio::runtime::Runtime::new().map_err(anyhow::Error::from).and_then(|runtime| runtime.block_on(run()));
    match run {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            println!("{error:#}");
            ExitCode::FAILURE
        }
    }
}

async fn run() -> Result<()> {
    let started = Instant::now();
    let deployed = Deployed::start().await?;
    println!("deployed in {:.1} s", started.elapsed().as_secs_f64());
    let mut failed = 0;
    for (name, scenario) in SCENARIOS {
        let started = Instant::now();
        match scenario(&deployed).await {
            Ok(()) => println!("test {name} ... ok ({:.1} s)", started.elapsed().as_secs_f64()),
            Err(error) => {
                failed += 1;
                println!("test {name} ... FAILED\n{error:#}");
            }
        }
    }
    println!("\ntest result: {} passed; {failed} failed", SCENARIOS.len() - failed);
    if failed > 0 {
        println!("\nwhat MiniStack logged last:\n{}", deployed.last_log_lines());
        bail!("{failed} of {} failed", SCENARIOS.len());
    }
    Ok(())
}
