//! The background task that asks about every order nobody told us about, when the schedule stored with it says so.

use std::sync::Arc;
use std::time::Duration;

use jiff::Timestamp;
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
const FORGET_EVERY: Duration = Duration::from_hours(1);

/// Runs until `stop` changes.
pub async fn run(store: Arc<dyn Store>, asking: Asking, mut stop: watch::Receiver<bool>) {
    let mut tick = interval(TICK);
    tick.set_missed_tick_behavior(MissedTickBehavior::Delay);
    let mut forget_at = Instant::now();
    loop {
        tokio::select! {
            _ = tick.tick() => {}
            _ = stop.changed() => return,
        }
        let now = Timestamp::now();
        let room = AT_ONCE.saturating_sub(asking.orders_under_way());
        match store.due(now, after(now, CLAIM), room).await {
            Ok(due) => due.into_iter().for_each(|question| asking.remind(question)),
            Err(error) => tracing::error!(%error, "the ledger cannot tell what is due"),
        }
        if Instant::now() >= forget_at {
            forget_at = Instant::now() + FORGET_EVERY;
            if let Err(error) = store.forget_expired(now).await {
                tracing::error!(%error, "old tokens and keys could not be removed");
            }
        }
    }
}
