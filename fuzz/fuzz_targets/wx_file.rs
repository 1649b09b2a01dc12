//! See `bodies/wx_file.rs`.
#![no_main]

#[path = "../bodies/wx_file.rs"]
mod wx_file;

libfuzzer_sys::fuzz_target!(|data: &[u8]| wx_file::run(data));
