//! See `bodies/widget_options.rs`.
#![cfg_attr(fuzzing, no_main)]

#[path = "../bodies/one_input.rs"]
mod one_input;
#[path = "../bodies/widget_options.rs"]
mod widget_options;

one_input::target!(widget_options::run);
