//! The page under the tests, see `stage.js`, and the golden answers.

use std::collections::BTreeMap;

use alliancepay_checkout::surface;
use wasm_bindgen::prelude::wasm_bindgen;
use wasm_bindgen_futures::JsFuture;
use web_sys::HtmlElement;

#[wasm_bindgen(module = "/tests/browser/stage.js")]
extern "C" {
    pub(crate) fn reset();
    pub(crate) fn answer(method: &str, path: &str, status: u16, body: &str);
    pub(crate) fn calls_of(method: &str) -> u32;
    pub(crate) fn keys() -> u32;
    pub(crate) fn host(attributes: &str) -> HtmlElement;
    pub(crate) fn root_of(host: &HtmlElement) -> HtmlElement;
    pub(crate) fn press(host: &HtmlElement, times: u32);
    pub(crate) fn listen(host: &HtmlElement, name: &str, refuse: bool);
    pub(crate) fn think(host: &HtmlElement, name: &str);
    pub(crate) fn is_thinking(host: &HtmlElement) -> bool;
    pub(crate) fn decide(host: &HtmlElement, yes: bool);
    pub(crate) fn heard(host: &HtmlElement) -> String;
    pub(crate) fn listeners() -> i32;
    pub(crate) fn block_storage();
    pub(crate) fn allow_storage();
    pub(crate) fn forbid_markup();
    pub(crate) fn allow_markup();
    /// Milliseconds since the page was opened.
    pub(crate) fn clock() -> u32;
    fn wait(millis: u32) -> js_sys::Promise;
}

/// Held until it is given up.
pub(crate) const HELD: u16 = 0;

/// A golden answer of `checkout-api`.
macro_rules! golden {
    ($name:literal) => {
        include_str!(concat!("../../crates/checkout-api/tests/golden/", $name, ".json"))
    };
}
pub(crate) use golden;

/// A language as the loader hands it over: its texts in the order of their keys.
pub(crate) fn texts(language: &str) -> String {
    let file = match language {
        "uk" => include_str!("../../texts/uk.json"),
        "en" => include_str!("../../texts/en.json"),
        other => panic!("no texts of {other} here"),
    };
    let texts: BTreeMap<String, String> = serde_json::from_str(file).expect("texts by key");
    texts.into_values().collect::<Vec<_>>().join("\0")
}

/// As the loader mounts a widget whose `lang` is this.
pub(crate) fn mount(host: HtmlElement, root: HtmlElement) -> usize {
    let lang = host.get_attribute("lang").unwrap_or_default();
    surface::mount(host, root, lang.clone(), texts(&lang))
}

/// As the loader updates it.
pub(crate) fn update(id: usize, host: &HtmlElement) {
    let lang = host.get_attribute("lang").unwrap_or_default();
    surface::update(id, lang.clone(), texts(&lang));
}

/// A pay view with the order of the golden files.
pub(crate) fn pay_view() -> HtmlElement {
    answer("GET", "/v1/checkout", 200, golden!("checkout/new"));
    host(r#"{"backend": "/", "order-token": "secret", "lang": "en"}"#)
}

/// A status view of a session whose golden answer it gets.
pub(crate) fn status_view(session: &str, golden: &str) -> HtmlElement {
    let body = golden.replace("Zk3cNf0pQ1mJ8s7vX2bT4A", session);
    answer("GET", &format!("/v1/payment-sessions/{session}"), 200, &body);
    host(&format!(r#"{{"view": "status", "backend": "/", "session": "{session}", "lang": "en"}}"#))
}

/// Waits until `claim` holds; fails with `what` after five seconds.
pub(crate) async fn until(what: &str, claim: impl Fn() -> bool) {
    until_within(what, 5, claim).await;
}

/// The same with a patience of one's own, in seconds.
pub(crate) async fn until_within(what: &str, seconds: u32, claim: impl Fn() -> bool) {
    for _ in 0..seconds * 100 {
        if claim() {
            return;
        }
        JsFuture::from(wait(10)).await.expect("a timer");
    }
    panic!("never came: {what}");
}

pub(crate) async fn until_phase(root: &HtmlElement, phase: &str) {
    until(phase, || root.get_attribute("data-phase").as_deref() == Some(phase)).await;
}

/// The text of one element of the widget.
pub(crate) fn text(root: &HtmlElement, selector: &str) -> String {
    let element = root.query_selector(selector).expect("a selector").expect("an element");
    element.text_content().unwrap_or_default()
}
