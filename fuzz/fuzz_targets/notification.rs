//! See `bodies/notification.rs`.
#![cfg_attr(fuzzing, no_main)]

#[path = "../bodies/notification.rs"]
mod notification;
#[path = "../bodies/one_input.rs"]
mod one_input;

one_input::target!(notification::run);
