//! See `bodies/checkout_events.rs`.
#![cfg_attr(fuzzing, no_main)]

#[path = "../bodies/checkout_events.rs"]
mod checkout_events;
#[path = "../bodies/one_input.rs"]
mod one_input;

one_input::target!(checkout_events::run);
