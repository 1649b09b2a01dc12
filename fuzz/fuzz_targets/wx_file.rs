//! See `bodies/wx_file.rs`.
#![cfg_attr(fuzzing, no_main)]

#[path = "../bodies/one_input.rs"]
mod one_input;
#[path = "../bodies/wx_file.rs"]
mod wx_file;

one_input::target!(wx_file::run);
