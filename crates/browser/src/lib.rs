//! Real browsers behind WebDriver, for tests of the assembled product and for `xtask demo --buy`.
//!
//! `Driver` opens browsers of one `Engine`, `Profile` says what kind of buyer's browser is wanted (scripts on or off,
//! language, window, look), `Page` is one open browser. Selectors look through open shadow roots, so a test names
//! what the buyer sees and not how the widget nests it. No knowledge of shops, banks or payments lives here.

mod chromium;
mod devtools;
mod driver;
mod engine;
mod firefox;
mod page;
mod process;
mod profile;
mod spoken;

pub use driver::Driver;
pub use engine::Engine;
pub use fantoccini;
pub use page::Page;
pub use profile::{Profile, Scheme};
