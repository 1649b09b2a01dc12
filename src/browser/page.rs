//! The widget's surroundings as the options see them: attributes and addresses.

use web_sys::{HtmlElement, Url};

use super::window::window;
use crate::options::{Address, Page};

/// Reads something off the element and its page.
pub fn read<T>(host: &HtmlElement, read: &dyn Fn(&Page<'_>) -> T) -> T {
    let base = host.base_uri().ok().flatten().unwrap_or_default();
    let origin = window().location().origin().unwrap_or_default();
    let attribute = |name: &str| host.get_attribute(name);
    let resolve = |text: &str| {
        let url = Url::new_with_base(text, &base).ok()?;
        Some(Address { href: url.href(), origin: url.origin(), protocol: url.protocol() })
    };
    read(&Page { attribute: &attribute, resolve: &resolve, origin: &origin })
}
