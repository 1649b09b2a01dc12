//! See `bodies/register_csv.rs`.
#![no_main]

#[path = "../bodies/register_csv.rs"]
mod register_csv;

libfuzzer_sys::fuzz_target!(|data: &[u8]| register_csv::run(data));
