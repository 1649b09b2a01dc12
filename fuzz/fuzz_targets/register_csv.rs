//! See `bodies/register_csv.rs`.
#![cfg_attr(fuzzing, no_main)]

#[path = "../bodies/one_input.rs"]
mod one_input;
#[path = "../bodies/register_csv.rs"]
mod register_csv;

one_input::target!(register_csv::run);
