//! A real Chromium behind WebDriver, for tests of the assembled product and for `xtask demo --buy`.
//!
//! `Chromium` is the running driver, `Profile` says what kind of buyer's browser is wanted (scripts on or off,
//! language, window), `Page` is one open browser. Selectors look through open shadow roots, so a test names
//! what the buyer sees and not how the widget nests it. No knowledge of shops, banks or payments lives here.

mod chromium;
mod devtools;
mod page;
mod profile;

pub use chromium::Chromium;
pub use fantoccini;
pub use page::Page;
pub use profile::Profile;
