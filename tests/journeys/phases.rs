//! Every screen of the widget as buyers see and hear it, looked at one by one: the real widget on a page of our own,
//! against a backend that answers what the screen needs (`stage`). What a screen must look and sound like is kept beside
//! the code: pictures in `docs/screenshots/widget`, words for screen readers in `phases/spoken`.
//!
//! `cargo xtask looks --accept` takes what is there now for what should be; `--everywhere` asks axe in every language.

mod axe;
mod kept;
mod looks;
mod phase;
mod picture;
mod speech;
mod stage;

pub(crate) use axe::{violations, violations_on_stage};
pub(crate) use phase::Phase;
pub(crate) use stage::{Look, Stage, opened};
