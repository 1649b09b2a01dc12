//! The AlliancePay checkout widget: what the page loads as WebAssembly.
//!
//! The payment itself is decided in `checkout-core`. Here is what a browser is needed for: [`options`] reads the
//! page's attributes, `driver` feeds the core and carries out its effects, `browser` holds every call into the
//! browser, [`view`] draws, [`text`] has the words. `embed/element.js` is the only caller of `surface`.
//!
//! Compiled natively, only the parts without a browser are here, for their tests.

pub mod options;
pub mod text;
pub mod view;

#[cfg(target_family = "wasm")]
pub mod browser;
#[cfg(target_family = "wasm")]
pub mod driver;
#[cfg(target_family = "wasm")]
pub mod surface;
#[cfg(target_family = "wasm")]
pub mod wire;
