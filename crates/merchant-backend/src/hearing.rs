//! Waking the pages that wait here for what another instance stored.

use std::time::Duration;

use tokio::sync::mpsc::Receiver;
use tokio::sync::watch;
use tokio::time::{MissedTickBehavior, interval};

use crate::store::records::Change;
use crate::waiting::Waiting;

/// In this time every waiting page reads the ledger once unasked: should a word ever be lost, it is late by this much.
const READ_AGAIN: Duration = Duration::from_secs(16);

/// Runs until `stop` changes.
pub(crate) async fn run(mut changes: Receiver<Change>, waiting: Waiting, mut stop: watch::Receiver<bool>) {
    let parts = u32::try_from(Waiting::PARTS).unwrap_or(1);
    let mut tick = interval(READ_AGAIN / parts);
    tick.set_missed_tick_behavior(MissedTickBehavior::Delay);
    let mut part = 0_usize;
    loop {
        tokio::select! {
            change = changes.recv() => match change {
                Some(Change::Order(order)) => waiting.wake(order),
                Some(Change::Anything) => waiting.wake_all(),
                None => return,
            },
            _ = tick.tick() => {
                waiting.wake_part(part);
                part = part.wrapping_add(1);
            }
            _ = stop.changed() => return,
        }
    }
}
