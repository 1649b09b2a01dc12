//! The widget's surroundings as the options see them: attributes and addresses.

use web_sys::HtmlElement;

use super::navigation::address;
use super::script;
use crate::options::Page;

/// Reads something off the element and its page.
pub fn read<T>(host: &HtmlElement, read: &dyn Fn(&Page<'_>) -> T) -> T {
    let origin = script::origin();
    let attribute = |name: &str| host.get_attribute(name);
    let resolve = |text: &str| address(text, true);
    read(&Page { attribute: &attribute, resolve: &resolve, origin: &origin })
}
