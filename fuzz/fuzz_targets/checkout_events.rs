//! See `bodies/checkout_events.rs`.
#![cfg_attr(fuzzing, no_main)]

#[path = "../bodies/checkout_events.rs"]
mod checkout_events;
#[cfg(not(fuzzing))]
#[path = "../bodies/one_input.rs"]
mod one_input;

#[cfg(fuzzing)]
libfuzzer_sys::fuzz_target!(|data: &[u8]| checkout_events::run(data));

#[cfg(not(fuzzing))]
fn main() -> std::io::Result<()> {
    one_input::run(checkout_events::run)
}
