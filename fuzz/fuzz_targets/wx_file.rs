//! See `bodies/wx_file.rs`.
#![cfg_attr(fuzzing, no_main)]

#[cfg(not(fuzzing))]
#[path = "../bodies/one_input.rs"]
mod one_input;
#[path = "../bodies/wx_file.rs"]
mod wx_file;

#[cfg(fuzzing)]
libfuzzer_sys::fuzz_target!(|data: &[u8]| wx_file::run(data));

#[cfg(not(fuzzing))]
fn main() -> std::io::Result<()> {
    one_input::run(wx_file::run)
}
