//! Replays the fuzz corpora of what shops send, of the settlement files they bring, and of what is posted as a wallet's.
#![allow(clippy::unwrap_used, reason = "a test's helper fails the test")]

#[path = "../../../fuzz/bodies/put_order.rs"]
mod put_order;
#[path = "../../../fuzz/bodies/register_csv.rs"]
mod register_csv;
#[path = "../../../fuzz/bodies/replay.rs"]
mod replay;
#[path = "../../../fuzz/bodies/return_url.rs"]
mod return_url;
#[path = "../../../fuzz/bodies/wallet_webhook.rs"]
mod wallet_webhook;
#[path = "../../../fuzz/bodies/wx_file.rs"]
mod wx_file;

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

#[test]
fn the_corpus_of_wx_file_is_replayed() {
    replay::corpus("wx_file", wx_file::run);
}

#[test]
fn the_corpus_of_wallet_webhook_is_replayed() {
    replay::corpus("wallet_webhook", wallet_webhook::run);
}
