//! The functions of `embed/page.js`: browser work that is a line of JavaScript and would be six imported calls here.

use js_sys::{Object, Promise};
use wasm_bindgen::prelude::wasm_bindgen;
use web_sys::HtmlElement;

#[wasm_bindgen(module = "/embed/page.js")]
extern "C" {
    /// Sends an event; `false` when the page called `preventDefault`.
    pub fn tell(host: &HtmlElement, name: &str, detail: &Object, cancelable: bool) -> bool;

    /// Asks the page; resolves to whether the payment may go on.
    pub fn ask(host: &HtmlElement, name: &str, detail: &Object) -> Promise;

    /// A decimal sum as the buyer writes it.
    pub fn amount(sum: &str, currency: &str, locale: &str) -> String;

    /// What the return URL names as its session.
    pub fn returned() -> Option<String>;

    /// Takes the session out of the address bar.
    #[wasm_bindgen(js_name = tidyAddress)]
    pub fn tidy_address();
}
