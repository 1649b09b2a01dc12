//! Waiting for a claim to come true. The only place that pauses, and never longer than one look.

use std::time::{Duration, Instant};

use anyhow::bail;

/// How long a claim may take: generous, because a slow machine is not a defect.
pub(crate) const PATIENCE: Duration = Duration::from_secs(25);
const BETWEEN_LOOKS: Duration = Duration::from_millis(50);

/// Looks until `look` finds something; `what` says in the failure what was waited for.
pub(crate) async fn eventually<T>(
    what: &str,
    mut look: impl AsyncFnMut() -> anyhow::Result<Option<T>>,
) -> anyhow::Result<T> {
    let deadline = Instant::now() + PATIENCE;
    loop {
        let last = look().await;
        match last {
            Ok(Some(found)) => return Ok(found),
            Ok(None) if Instant::now() > deadline => bail!("waited {PATIENCE:?} in vain: {what}"),
            Err(error) if Instant::now() > deadline => {
                return Err(error.context(format!("waited {PATIENCE:?} in vain: {what}")));
            }
            Ok(None) | Err(_) => tokio::time::sleep(BETWEEN_LOOKS).await,
        }
    }
}
