//! From the core's view model to the screen, in two steps.
//!
//! [`picture`] chooses what is on the screen: plain data, no browser. `screen` draws any picture with one set of
//! elements, the table of `parts`, so that a phase costs words and not elements. Neither decides anything about money.

pub mod phases;
pub mod picture;

#[cfg(target_family = "wasm")]
pub mod drawn;
#[cfg(target_family = "wasm")]
pub mod parts;
#[cfg(target_family = "wasm")]
pub mod screen;

pub use phases::{mistake, picture, setup_error};
