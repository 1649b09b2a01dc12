//! What `cargo xtask bench` measures with: figures of one run, taken in turns, as medians and ratios.
//!
//! `backend` loads the merchant backend beside an empty handler; `widget` loads the product's page and its peers' pages in one Chromium; `report` holds what every benchmark prints.
#![allow(
    clippy::float_arithmetic,
    clippy::cast_precision_loss,
    clippy::float_cmp,
    reason = "timings and ratios are floats; no money is counted here"
)]

pub mod backend;
pub mod report;
pub mod widget;
