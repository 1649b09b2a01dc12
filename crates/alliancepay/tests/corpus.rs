//! Replays the fuzz corpora of what strangers send to a terminal.
#![allow(clippy::unwrap_used, reason = "a test's helper fails the test")]

#[path = "../../../fuzz/bodies/jwe.rs"]
mod jwe;
#[path = "../../../fuzz/bodies/notification.rs"]
mod notification;
#[path = "../../../fuzz/bodies/replay.rs"]
mod replay;

#[test]
fn the_corpus_of_notification_is_replayed() {
    replay::corpus("notification", notification::run);
}

#[test]
fn the_corpus_of_jwe_is_replayed() {
    replay::corpus("jwe", jwe::run);
}
