//! See `bodies/jwe.rs`.
#![cfg_attr(fuzzing, no_main)]

#[path = "../bodies/jwe.rs"]
mod jwe;
#[cfg(not(fuzzing))]
#[path = "../bodies/one_input.rs"]
mod one_input;

#[cfg(fuzzing)]
libfuzzer_sys::fuzz_target!(|data: &[u8]| jwe::run(data));

#[cfg(not(fuzzing))]
fn main() -> std::io::Result<()> {
    one_input::run(jwe::run)
}
