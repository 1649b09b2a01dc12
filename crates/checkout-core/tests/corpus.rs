//! Replays the fuzz corpus of journeys.
#![allow(clippy::unwrap_used, reason = "a test's helper fails the test")]

#[path = "../../../fuzz/bodies/checkout_events.rs"]
mod checkout_events;
#[path = "../../../fuzz/bodies/replay.rs"]
mod replay;

#[test]
fn the_corpus_of_checkout_events_is_replayed() {
    replay::corpus("checkout_events", checkout_events::run);
}
