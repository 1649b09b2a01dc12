//! See `bodies/wallet_webhook.rs`.
#![no_main]

#[path = "../bodies/wallet_webhook.rs"]
mod wallet_webhook;

libfuzzer_sys::fuzz_target!(|data: &[u8]| wallet_webhook::run(data));
