//! Retrying operations that lost a race.

use millrace_domain::{Error, Result};
use std::time::Duration;

/// How often work that lost a race is done at the most.
const RUNS: u32 = 8;

/// Does `work`, and again from its beginning where somebody else wrote what it had read.
///
/// # Errors
/// What the work fails with; [`Error::Raced`] where it lost every time.
pub async fn again<T, F: Future<Output = Result<T>>>(mut work: impl FnMut() -> F) -> Result<T> {
    let mut run = 1;
    loop {
        match work().await {
            Err(Error::Raced) if run < RUNS => {
                // Full jitter: those who raced once should not meet again.
                let longest = 2u64 << run.min(7);
                let wait = rand::random_range(0..=longest);
                tokio::time::sleep(Duration::from_millis(wait)).await;
                run += 1;
            }
            other => return other,
        }
    }
}
