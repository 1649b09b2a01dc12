//! See `bodies/notification.rs`.
#![no_main]

#[path = "../bodies/notification.rs"]
mod notification;

libfuzzer_sys::fuzz_target!(|data: &[u8]| notification::run(data));
