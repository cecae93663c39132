//! Waiting for a condition, never for a time.

use std::{
    fmt::Display,
    time::{Duration, Instant},
};

use anyhow::{Result, bail};

/// How long a condition may take to come true. Generous, since a test machine may be slow; no test waits so long
/// unless it fails.
pub const PATIENCE: Duration = Duration::from_secs(15);

/// How often a condition is looked at.
const INTERVAL: Duration = Duration::from_millis(20);

/// Looks at `condition` until it gives a value, and gives that.
///
/// An error of the condition counts as "not yet": while a page changes, elements go stale and pages unload.
///
/// # Errors
/// When [`PATIENCE`] ends first: names `what` was waited for, and the last error.
pub async fn until<T>(
    what: impl Display,
    mut condition: impl AsyncFnMut() -> Result<Option<T>>,
) -> Result<T> {
    let end = Instant::now() + PATIENCE;
    loop {
        let last = match condition().await {
            Ok(Some(value)) => return Ok(value),
            Ok(None) => "it did not come true".to_owned(),
            Err(error) => format!("{error:#}"),
        };
        if Instant::now() > end {
            bail!("waited {} s until {what}: {last}", PATIENCE.as_secs());
        }
        tokio::time::sleep(INTERVAL).await;
    }
}
