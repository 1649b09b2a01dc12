//! The widget's surroundings as the options see them: attributes, addresses, the buyer's language.

use web_sys::{Element, HtmlElement, Url};

use super::window::window;
use crate::options::{Address, Look, Options, Page};
use checkout_core::SetupError;

/// Reads the element's options.
pub fn options(host: &HtmlElement) -> Result<Options, SetupError> {
    with_page(host, Options::read)
}

/// Reads what only changes the look.
pub fn look(host: &HtmlElement) -> Look {
    with_page(host, |page| Look::read(page, locale(host)))
}

fn with_page<T>(host: &HtmlElement, read: impl FnOnce(&Page<'_>) -> T) -> T {
    let base = host.base_uri().ok().flatten().unwrap_or_default();
    let origin = window().location().origin().unwrap_or_default();
    let attribute = |name: &str| host.get_attribute(name);
    let resolve = |text: &str| {
        let url = Url::new_with_base(text, &base).ok()?;
        Some(Address { href: url.href(), origin: url.origin(), protocol: url.protocol() })
    };
    read(&Page { attribute: &attribute, resolve: &resolve, origin: &origin })
}

/// The nearest `lang` on the page, the element's own first; else the browser's language.
fn locale(host: &HtmlElement) -> String {
    let nearest: Option<Element> = host.closest("[lang]").ok().flatten();
    nearest
        .and_then(|element| element.get_attribute("lang"))
        .filter(|lang| !lang.trim().is_empty())
        .or_else(|| window().navigator().language())
        .unwrap_or_default()
}
