//! See `bodies/return_url.rs`.
#![cfg_attr(fuzzing, no_main)]

#[cfg(not(fuzzing))]
#[path = "../bodies/one_input.rs"]
mod one_input;
#[path = "../bodies/return_url.rs"]
mod return_url;

#[cfg(fuzzing)]
libfuzzer_sys::fuzz_target!(|data: &[u8]| return_url::run(data));

#[cfg(not(fuzzing))]
fn main() -> std::io::Result<()> {
    one_input::run(return_url::run)
}
