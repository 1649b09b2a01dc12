//! See `bodies/widget_options.rs`.
#![cfg_attr(fuzzing, no_main)]

#[cfg(not(fuzzing))]
#[path = "../bodies/one_input.rs"]
mod one_input;
#[path = "../bodies/widget_options.rs"]
mod widget_options;

#[cfg(fuzzing)]
libfuzzer_sys::fuzz_target!(|data: &[u8]| widget_options::run(data));

#[cfg(not(fuzzing))]
fn main() -> std::io::Result<()> {
    one_input::run(widget_options::run)
}
