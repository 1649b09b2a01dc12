//! See `bodies/put_order.rs`.
#![cfg_attr(fuzzing, no_main)]

#[path = "../bodies/one_input.rs"]
mod one_input;
#[path = "../bodies/put_order.rs"]
mod put_order;

one_input::target!(put_order::run);
