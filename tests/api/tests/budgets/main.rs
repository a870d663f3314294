//! What each function costs: round trips to the table, capacity units, items written. The figures are exact, stand in
//! `docs/budgets.md`, and a change shows in review. `MILLRACE_WRITE=1 cargo test --test budgets` writes them anew.

mod functions;
mod metered;
mod scale;

use functions::measure_all;
use metered::Measured;
use std::{collections::BTreeMap, fmt::Write, path::Path};

/// Writes that take more than two round trips, reads that take more than one, and why that is right.
const EXCEPTIONS: &[(&str, usize, &str)] = &[
    ("auth-login", 6, "an address leads to an account, an account to its workspaces; tries are counted before and after"),
    ("auth-register", 3, "what follows from the new account is read and mailed after it is made"),
    ("auth-refresh", 3, "the session leads to the workspaces that a token may be for"),
    ("auth-switch-workspace", 4, "a slug leads to a workspace, and the answer lists all of them"),
    ("auth-forgot-password", 4, "an address leads to an account; tries are counted"),
    ("auth-reset-password", 3, "the token leads to the account, and all of its sessions end"),
    ("auth-verify-email", 3, "the token leads to the account"),
    ("users-me", 2, "a person leads to their workspaces"),
    ("workspaces-list", 2, "a person leads to their workspaces"),
    ("workspaces-resolve", 2, "a slug leads to a workspace"),
    ("workspaces-create", 4, "the answer needs the account's name"),
    ("workspaces-accept-invite", 5, "the invite leads to a workspace, an address to an account; the answer is a sign-in"),
    ("tasks-list", 2, "the workspace's projects lead to their tasks"),
    ("boards-remove-column", 4, "the column is closed before its cards go, so that none comes in meanwhile"),
    ("live-subscribe", 4, "the socket leads to its person; what is missed is read after the relay knows of the socket"),
    ("live-presence", 3, "the socket leads to its person"),
    ("live-ping", 3, "the socket leads to its person"),
    ("live-unsubscribe", 3, "the socket leads to its person; who is left is read after"),
    ("live-disconnect", 3, "the socket leads to its boards; who is left is read after"),
    ("events-relay", 3, "the feed moves before the sockets are looked up, so that a new subscriber misses nothing"),
];

#[tokio::test]
async fn every_function_keeps_its_budget() {
    let measured = measure_all().await;
    for (name, measured) in &measured {
        let usual = if measured.reads { 1 } else { 2 };
        let exception = EXCEPTIONS.iter().find(|(other, ..)| other == name);
        let budget = exception.map_or(usual, |(_, trips, _)| *trips);
        let trips = measured.cost.round_trips;
        assert!(trips <= budget, "{name} takes {trips} round trips of {budget}: {:#?}", measured.cost.operations);
    }
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
        let others = cost.others.iter().map(|(service, count)| format!("{service} {count}")).collect::<Vec<_>>().join(", ");
        let usual = if *reads { 1 } else { 2 };
        let why = EXCEPTIONS.iter().find(|(other, ..)| other == name && cost.round_trips > usual);
        let why = why.map_or("", |(_, _, why)| why);
        let row = (cost.round_trips, cost.read_units, cost.write_units, cost.items_written);
        writeln!(page, "| {name} | {} | {} | {} | {} | {others} | {why} |", row.0, row.1, row.2, row.3).expect("writes");
    }
    page
}
