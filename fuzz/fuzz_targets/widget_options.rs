//! See `bodies/widget_options.rs`.
#![no_main]

#[path = "../bodies/widget_options.rs"]
mod widget_options;

libfuzzer_sys::fuzz_target!(|data: &[u8]| widget_options::run(data));
