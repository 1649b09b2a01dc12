//! See `bodies/put_order.rs`.
#![no_main]

#[path = "../bodies/put_order.rs"]
mod put_order;

libfuzzer_sys::fuzz_target!(|data: &[u8]| put_order::run(data));
