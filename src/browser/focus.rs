//! The keyboard focus: where it is, and moving it.

use web_sys::HtmlElement;

use super::script;

/// Whether the focus may go into `root`: it is inside already, or nowhere. A buyer who is writing elsewhere on the
/// page is left alone.
pub fn may_move(root: &HtmlElement) -> bool {
    script::may_focus(root)
}

/// Moves the focus to the first element of that selector.
pub fn to(root: &HtmlElement, selector: &str) {
    script::focus(root, selector);
}
