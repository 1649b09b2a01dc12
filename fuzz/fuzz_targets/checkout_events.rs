//! See `bodies/checkout_events.rs`.
#![no_main]

#[path = "../bodies/checkout_events.rs"]
mod checkout_events;

libfuzzer_sys::fuzz_target!(|data: &[u8]| checkout_events::run(data));
