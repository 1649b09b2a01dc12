//! See `bodies/put_order.rs`.
#![cfg_attr(fuzzing, no_main)]

#[cfg(not(fuzzing))]
#[path = "../bodies/one_input.rs"]
mod one_input;
#[path = "../bodies/put_order.rs"]
mod put_order;

#[cfg(fuzzing)]
libfuzzer_sys::fuzz_target!(|data: &[u8]| put_order::run(data));

#[cfg(not(fuzzing))]
fn main() -> std::io::Result<()> {
    one_input::run(put_order::run)
}
