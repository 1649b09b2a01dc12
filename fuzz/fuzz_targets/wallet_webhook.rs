//! See `bodies/wallet_webhook.rs`.
#![cfg_attr(fuzzing, no_main)]

#[path = "../bodies/one_input.rs"]
mod one_input;
#[path = "../bodies/wallet_webhook.rs"]
mod wallet_webhook;

one_input::target!(wallet_webhook::run);
