//! The background task that asks about every order nobody told us about, when the schedule stored with it says so.

use std::sync::Arc;
use std::time::Duration;

use jiff::{SignedDuration, Timestamp};
use tokio::sync::watch;
use tokio::time::{Instant, MissedTickBehavior, interval};

use super::asking::Asking;
use super::schedule::after;
use crate::store::Store;

/// How often the ledger is looked at: one read by index.
const TICK: Duration = Duration::from_millis(200);
const AT_ONCE: u32 = 256;
/// How long an instance that claimed questions has for them before another may claim them.
const CLAIM: Duration = Duration::from_secs(12);
const TIDY_EVERY: Duration = Duration::from_hours(1);
/// A clock that is set right by more than this was wrong, not inexact.
const PUT_BACK: SignedDuration = SignedDuration::from_mins(1);

/// Runs until `stop` changes.
pub async fn run(store: Arc<dyn Store>, asking: Asking, mut stop: watch::Receiver<bool>) {
    let mut tick = interval(TICK);
    tick.set_missed_tick_behavior(MissedTickBehavior::Delay);
    let mut tidy_at = Instant::now();
    let mut seen = (Instant::now(), Timestamp::now());
    loop {
        tokio::select! {
            _ = tick.tick() => {}
            _ = stop.changed() => return,
        }
        let now = Timestamp::now();
        if is_put_back(seen.1, seen.0.elapsed(), now) {
            tracing::warn!(before = %seen.1, %now, "the clock was put back");
            tidy_at = Instant::now();
        }
        seen = (Instant::now(), now);
        let room = AT_ONCE.saturating_sub(asking.orders_under_way());
        match store.due(now, after(now, CLAIM), room).await {
            Ok(due) => due.into_iter().for_each(|question| asking.remind(question)),
            Err(error) => tracing::error!(%error, "the ledger cannot tell what is due"),
        }
        if Instant::now() >= tidy_at {
            tidy_at = Instant::now() + TIDY_EVERY;
            if let Err(error) = store.forget_expired(now).await {
                tracing::error!(%error, "old tokens and keys could not be removed");
            }
            match store.mend_times(now).await {
                Ok(0) => {}
                Ok(mended) => tracing::warn!(mended, "what a clock that was ahead had put off is due now"),
                Err(error) => tracing::error!(%error, "times in the future could not be mended"),
            }
        }
    }
}

/// Whether the clock tells less than it must, so long after it told `before`.
fn is_put_back(before: Timestamp, elapsed: Duration, now: Timestamp) -> bool {
    after(before, elapsed).duration_since(now) > PUT_BACK
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_clock_that_runs_or_jumps_ahead_is_not_put_back() {
        let at = |seconds: i64| Timestamp::from_second(1_800_000_000 + seconds).unwrap();
        let tick = Duration::from_secs(1);
        assert!(!is_put_back(at(0), tick, at(1)));
        assert!(!is_put_back(at(0), tick, at(90_000)));
        assert!(!is_put_back(at(0), tick, at(-30)));
        assert!(is_put_back(at(0), tick, at(-61)));
        assert!(is_put_back(at(0), Duration::from_secs(200), at(0)));
    }
}
