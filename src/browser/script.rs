//! The functions of `embed/page.js`: browser work that is a line of JavaScript and would be six imported calls here.

use js_sys::{Function, Object, Promise};
use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::wasm_bindgen;
use web_sys::{AbortSignal, HtmlElement};

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

    /// Sends a request; resolves to `{status, retryAfter, json}`.
    pub fn send(
        address: &str,
        headers: &JsValue,
        body: Option<String>,
        credentials: &str,
        signal: &AbortSignal,
    ) -> Promise;

    /// The page's own origin.
    pub fn origin() -> String;

    /// An address in four parts, separated by a NUL; relative to the page's own where that is wanted.
    pub fn address(text: &str, is_relative: bool) -> Option<String>;

    /// Leaves; `false` when the browser refuses.
    pub fn leave(page: &str) -> bool;

    /// Loads the page anew.
    pub fn reload();

    /// Whether the focus may go into `root`.
    #[wasm_bindgen(js_name = mayFocus)]
    pub fn may_focus(root: &HtmlElement) -> bool;

    /// Moves the focus.
    pub fn focus(root: &HtmlElement, selector: &str);

    /// Begins, or ends, to tell of the page's life.
    pub fn listen(hear: &Function, on: bool);

    /// Whether the page is hidden now.
    #[wasm_bindgen(js_name = isHidden)]
    pub fn is_hidden() -> bool;

    /// Whether the browser says it is offline now.
    #[wasm_bindgen(js_name = isOffline)]
    pub fn is_offline() -> bool;

    /// 128 random bits, in hexadecimal.
    pub fn random() -> String;

    /// What is remembered in the tab.
    pub fn remembered(name: &str) -> Option<String>;

    /// Remembers in the tab; without a text, forgets.
    pub fn remember(name: &str, text: Option<String>);
}
