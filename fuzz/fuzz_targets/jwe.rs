//! See `bodies/jwe.rs`.
#![cfg_attr(fuzzing, no_main)]

#[path = "../bodies/jwe.rs"]
mod jwe;
#[path = "../bodies/one_input.rs"]
mod one_input;

one_input::target!(jwe::run);
