//! See `bodies/notification.rs`.
#![cfg_attr(fuzzing, no_main)]

#[path = "../bodies/notification.rs"]
mod notification;
#[cfg(not(fuzzing))]
#[path = "../bodies/one_input.rs"]
mod one_input;

#[cfg(fuzzing)]
libfuzzer_sys::fuzz_target!(|data: &[u8]| notification::run(data));

#[cfg(not(fuzzing))]
fn main() -> std::io::Result<()> {
    one_input::run(notification::run)
}
