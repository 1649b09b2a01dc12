//! See `bodies/wallet_webhook.rs`.
#![cfg_attr(fuzzing, no_main)]

#[cfg(not(fuzzing))]
#[path = "../bodies/one_input.rs"]
mod one_input;
#[path = "../bodies/wallet_webhook.rs"]
mod wallet_webhook;

#[cfg(fuzzing)]
libfuzzer_sys::fuzz_target!(|data: &[u8]| wallet_webhook::run(data));

#[cfg(not(fuzzing))]
fn main() -> std::io::Result<()> {
    one_input::run(wallet_webhook::run)
}
