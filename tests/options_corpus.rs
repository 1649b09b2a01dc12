//! Replays the fuzz corpus of the page's attributes.
#![allow(clippy::unwrap_used, reason = "a test's helper fails the test")]
#![cfg(not(target_family = "wasm"))]

#[path = "../fuzz/bodies/replay.rs"]
mod replay;
#[path = "../fuzz/bodies/widget_options.rs"]
mod widget_options;

#[test]
fn the_corpus_of_widget_options_is_replayed() {
    replay::corpus("widget_options", widget_options::run);
}
