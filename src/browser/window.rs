//! The page's window. A widget without one does not exist: it is mounted in a document.

use wasm_bindgen::JsCast;
use web_sys::Window;

/// The page's window.
pub fn window() -> Window {
    js_sys::global().unchecked_into()
}
