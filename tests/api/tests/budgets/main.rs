//! What each function costs: round trips to the table, capacity units, items written. The figures are exact, stand in
//! `docs/budgets.md`, and a change shows in review. `MILLRACE_WRITE=1 cargo test --test budgets` writes them anew.

mod analytics;
mod attachments;
mod backlog;
mod burndown;
mod comments;
mod data;
mod depth;
mod functions;
mod jobs;
mod many;
mod metered;
mod notifications;
mod reports;
mod scale;
mod sprints;
mod time;

use functions::Round;
use futures::FutureExt;
use metered::Measured;
use std::{collections::BTreeMap, fmt::Write, path::Path};

/// Writes that take more than two round trips, reads that take more than one, and why that is right.
const EXCEPTIONS: &[(&str, usize, &str)] = &[
    (
        "jobs-reconcile",
        25,
        "each part of the index is asked which projects count; where anything happened, its days, what stands open and its tasks are read and put right",
    ),
    (
        "auth-login",
        5,
        "an address leads to an account, an account to its workspaces; tries are counted before and after",
    ),
    ("auth-switch-workspace", 3, "a slug leads to a workspace, and the answer lists all of them"),
    ("auth-reset-password", 3, "the token leads to the account, and all of its sessions end"),
    ("users-me", 2, "a person leads to their workspaces"),
    ("workspaces-list", 2, "a person leads to their workspaces"),
    ("workspaces-resolve", 2, "a slug leads to a workspace"),
    ("tasks-list", 2, "the workspace's projects lead to their tasks"),
    (
        "reports-make",
        6,
        "the report leads to its person's rights, and these to what it shows; how far it came is kept three times",
    ),
    (
        "tasks-transfer",
        3,
        "what hangs on the task is read after its ties, so that nothing that comes meanwhile is left behind",
    ),
    ("tasks-list-links", 2, "the links lead to the tasks at their other ends"),
    (
        "boards-delete",
        4,
        "the board is closed before it is looked whether it is empty, so that no card comes in meanwhile",
    ),
    ("boards-remove-column", 4, "the column is closed before its cards go, so that none comes in meanwhile"),
    ("sprints-close", 4, "the report is kept before the tasks that are not done are moved, however many they are"),
    ("sprints-delete", 4, "the sprint stops taking tasks before its tasks are moved, so that none comes in meanwhile"),
    ("jobs-sprint-snapshot", 11, "each part of the index is asked which sprints run, and each sprint is counted"),
    ("live-subscribe", 4, "the socket leads to its person; what is missed is read after the relay knows of the socket"),
    ("live-presence", 3, "the socket leads to its person"),
    ("live-edit", 3, "the socket leads to its person"),
    ("live-ping", 3, "the socket leads to its person"),
    ("live-unsubscribe", 3, "the socket leads to its person; who is left is read after"),
    ("live-disconnect", 3, "the socket leads to its boards; who is left is read after"),
    ("notify-email", 4, "the mail leads to its person; it is held before it is handed over, and marked after"),
    ("jobs-digest", 8, "each part of the index is asked whose summary is due"),
    ("jobs-weekly-report", 8, "each part of the index is asked which weeks are over"),
    ("jobs-overdue", 16, "each part of the index is asked what is overdue, and what waits for its reminder still"),
    ("jobs-reminders", 16, "each part of the index is asked whom to remind, and which mails wait"),
    ("jobs-cleanup", 16, "each part of the index is asked what is to be forgotten, and which uploads nobody completed"),
    ("time-track", 3, "the task leads to its people; whose timer runs is read after"),
    ("data-export", 2, "the tasks lead to what belongs to each, and the file goes to the bucket"),
    (
        "data-import-run",
        7,
        "the import leads to its file and its project; labels, numbers and tasks are written one after the other",
    ),
    ("notify-dispatch", 3, "the task leads to its people"),
    (
        "events-relay",
        4,
        "the feed moves before the sockets are looked up, so that a new subscriber misses nothing; an event that is late is written again",
    ),
];

/// Measures every function. A new area adds its module above and its line here.
async fn measure_all() -> BTreeMap<&'static str, Measured> {
    let mut round = Round::begin().await;
    // Each on the heap: together they are more than the stack of a test takes.
    round.sign_in().boxed_local().await;
    round.workspaces().boxed_local().await;
    round.projects().boxed_local().await;
    round.boards().boxed_local().await;
    round.tasks().boxed_local().await;
    round.comments().boxed_local().await;
    round.depth().boxed_local().await;
    round.attachments().boxed_local().await;
    round.time().boxed_local().await;
    round.teams().boxed_local().await;
    round.analytics().boxed_local().await;
    round.reports().boxed_local().await;
    round.live().boxed_local().await;
    round.sprints().boxed_local().await;
    round.notifications().boxed_local().await;
    round.transfer().boxed_local().await;
    round.jobs().boxed_local().await;
    round.data().boxed_local().await;
    round.ends().boxed_local().await;
    round.measured
}

#[tokio::test]
async fn every_function_is_within_its_budget() {
    let measured = measure_all().await;
    let mut over = Vec::new();
    for (name, measured) in &measured {
        let usual = if measured.reads { 1 } else { 2 };
        let exception = EXCEPTIONS.iter().find(|(other, ..)| other == name);
        let (budget, trips) = (exception.map_or(usual, |(_, trips, _)| *trips), measured.cost.round_trips);
        if trips > budget || (exception.is_some() && trips < budget) {
            let operations: Vec<_> = measured.cost.operations.iter().map(|call| call.operation.as_str()).collect();
            over.push(format!("{name} takes {trips} round trips of {budget}: {}", operations.join(", ")));
        }
    }
    assert!(over.is_empty(), "{}", over.join("\n"));
    for declared in millrace_infra::functions(millrace_infra::AREAS) {
        assert!(measured.contains_key(declared.name), "{} is not measured", declared.name);
    }
    let page = page(&measured);
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/budgets.md");
    if std::env::var_os("MILLRACE_WRITE").is_some() {
        std::fs::write(&path, &page).expect("writes");
    }
    let committed = std::fs::read_to_string(&path).unwrap_or_default();
    assert_eq!(committed, page, "docs/budgets.md is stale: MILLRACE_WRITE=1 cargo test --test budgets");
}

fn page(measured: &BTreeMap<&'static str, Measured>) -> String {
    let mut page = String::from(
        "# What each function costs\n\nGenerated from `tests/api/tests/budgets`, and exact: calls in flight at the same \
         time are one round trip; units are DynamoDB's, with the index, for the call of the test, whose items are small. \
         A read takes one round trip, a write at most two; what takes more says why.\n\n\
         | function | round trips | read units | write units | items written | other calls | why more |\n\
         |---|---:|---:|---:|---:|---|---|\n",
    );
    for (name, Measured { cost, reads }) in measured {
        let others =
            cost.others.iter().map(|(service, count)| format!("{service} {count}")).collect::<Vec<_>>().join(", ");
        let usual = if *reads { 1 } else { 2 };
        let why = EXCEPTIONS.iter().find(|(other, ..)| other == name && cost.round_trips > usual);
        let why = why.map_or("", |(_, _, why)| why);
        let row = (cost.round_trips, cost.read_units, cost.write_units, cost.items_written);
        writeln!(page, "| {name} | {} | {} | {} | {} | {others} | {why} |", row.0, row.1, row.2, row.3)
            .expect("writes");
    }
    page
}
