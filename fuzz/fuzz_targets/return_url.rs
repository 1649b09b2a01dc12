//! See `bodies/return_url.rs`.
#![no_main]

#[path = "../bodies/return_url.rs"]
mod return_url;

libfuzzer_sys::fuzz_target!(|data: &[u8]| return_url::run(data));
