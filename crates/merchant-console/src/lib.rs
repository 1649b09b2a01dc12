//! The merchant console: what the shop's staff see after the sale, as pages and as elements for a shop's own admin.
//!
//! Where to start: [`route`] names the pages, `view` draws one file each, `api` asks the backend, [`refund_form`] is the
//! refund dialog as data, [`text`] has the words in both languages. `surface` is what JavaScript calls. The console
//! decides nothing: every rule is the backend's, and a refusal of it is shown in words.
//!
//! Compiled natively, only the parts without a browser are here, for their tests.

pub mod actors;
pub mod attempts;
pub mod chart;
pub mod deeds;
pub mod failure;
pub mod filters;
pub mod instant;
pub mod news;
pub mod percent;
pub mod reasons;
pub mod refund_form;
pub mod route;
pub mod session;
pub mod sum;
pub mod text;

#[cfg(target_family = "wasm")]
pub mod api;
#[cfg(target_family = "wasm")]
pub mod browser;
#[cfg(target_family = "wasm")]
pub mod desk;
#[cfg(target_family = "wasm")]
pub mod live;
#[cfg(target_family = "wasm")]
pub mod surface;
#[cfg(target_family = "wasm")]
pub mod view;
