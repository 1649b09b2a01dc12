//! See `bodies/register_csv.rs`.
#![cfg_attr(fuzzing, no_main)]

#[cfg(not(fuzzing))]
#[path = "../bodies/one_input.rs"]
mod one_input;
#[path = "../bodies/register_csv.rs"]
mod register_csv;

#[cfg(fuzzing)]
libfuzzer_sys::fuzz_target!(|data: &[u8]| register_csv::run(data));

#[cfg(not(fuzzing))]
fn main() -> std::io::Result<()> {
    one_input::run(register_csv::run)
}
