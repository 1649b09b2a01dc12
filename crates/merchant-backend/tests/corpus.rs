//! Replays the fuzz corpora of what shops send, and of the registers they bring.
#![allow(clippy::unwrap_used, reason = "a test's helper fails the test")]

#[path = "../../../fuzz/bodies/put_order.rs"]
mod put_order;
#[path = "../../../fuzz/bodies/register_csv.rs"]
mod register_csv;
#[path = "../../../fuzz/bodies/replay.rs"]
mod replay;
#[path = "../../../fuzz/bodies/return_url.rs"]
mod return_url;

#[test]
fn the_corpus_of_return_url_is_replayed() {
    replay::corpus("return_url", return_url::run);
}

#[test]
fn the_corpus_of_put_order_is_replayed() {
    replay::corpus("put_order", put_order::run);
}

#[test]
fn the_corpus_of_register_csv_is_replayed() {
    replay::corpus("register_csv", register_csv::run);
}
