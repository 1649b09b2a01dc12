//! Leaving for the payment page, and reading the address the buyer came back to.

use checkout_core::PageAddress;
use web_sys::Url;

use super::window::window;

pub use super::script::{returned, tidy_address};

/// An address as the browser reads it: the parser that checks is the one that will navigate.
pub fn page_address(page: &str) -> Option<PageAddress> {
    let url = Url::new(page).ok()?;
    Some(PageAddress { href: url.href(), protocol: url.protocol(), hostname: url.hostname() })
}

/// Leaves; inside a frame the whole tab leaves. `false`: the browser refuses.
pub fn leave(page: &str) -> bool {
    let window = window();
    let top = window.top().ok().flatten().unwrap_or(window);
    top.location().set_href(page).is_ok()
}

/// Loads the page anew.
pub fn reload() {
    let _ = window().location().reload();
}
