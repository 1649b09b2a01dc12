//! See `bodies/jwe.rs`.
#![no_main]

#[path = "../bodies/jwe.rs"]
mod jwe;

libfuzzer_sys::fuzz_target!(|data: &[u8]| jwe::run(data));
