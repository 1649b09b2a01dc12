//! The keyboard focus: where it is, and moving it.

use wasm_bindgen::JsCast;
use web_sys::HtmlElement;

/// Whether the focus may go into `root`: it is inside already, or nowhere. A buyer who is writing elsewhere on the
/// page is left alone.
pub fn may_move(root: &HtmlElement) -> bool {
    let focused = root.owner_document().and_then(|document| document.active_element());
    focused.is_none_or(|element| {
        let inside = element.shadow_root().is_some_and(|shadow| shadow.contains(Some(root)));
        inside || element.tag_name() == "BODY"
    })
}

/// Moves the focus to the first element of that selector.
pub fn to(root: &HtmlElement, selector: &str) {
    if let Ok(Some(element)) = root.query_selector(selector) {
        let _ = element.unchecked_into::<HtmlElement>().focus();
    }
}
