//! See `bodies/return_url.rs`.
#![cfg_attr(fuzzing, no_main)]

#[path = "../bodies/one_input.rs"]
mod one_input;
#[path = "../bodies/return_url.rs"]
mod return_url;

one_input::target!(return_url::run);
