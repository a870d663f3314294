//! What the deployment as a whole must do.

use crate::deployed::{Deployed, STAGE};
use anyhow::{Result, ensure};
use aws_sdk_lambda::primitives::Blob;
use millrace_endpoint::declared::Trigger;
use millrace_infra::{AREAS, functions};

/// Runs each job once, as its schedule would.
pub async fn every_job_runs(deployed: &Deployed) -> Result<()> {
    let lambda = aws_sdk_lambda::Client::new(&deployed.cloud.sdk);
    for declared in functions(AREAS).iter().filter(|declared| matches!(declared.trigger, Trigger::Schedule(_))) {
        let name = format!("millrace-{STAGE}-{}", declared.name);
        let answer = lambda.invoke().function_name(name).payload(Blob::new("{}")).send().await?;
        let broke = answer.function_error();
        ensure!(broke.is_none(), "{} broke: {broke:?} {:?}", declared.name, answer.payload());
        deployed.saw(declared.name);
    }
    Ok(())
}

/// Says how many functions were seen to work, of how many there are.
pub async fn every_function_was_called(deployed: &Deployed) -> Result<()> {
    let (all, seen) = (functions(AREAS), deployed.seen());
    let missing: Vec<&str> = all.iter().map(|declared| declared.name).filter(|name| !seen.contains(name)).collect();
    println!("     {} of {} functions were called", all.len() - missing.len(), all.len());
    ensure!(missing.is_empty(), "not called: {}", missing.join(", "));
    Ok(())
}
