//! Leaving for the payment page, and reading and tidying the address the buyer came back to.

use checkout_api::SessionId;
use checkout_core::PageAddress;
use wasm_bindgen::JsValue;
use web_sys::Url;

use super::window::window;
use crate::options;

/// What the backend adds to the return URL.
const PARAMETER: &str = "alliancepay_session=";

/// The session of the return URL, if this page is one.
pub fn returned_session() -> Option<SessionId> {
    let search = window().location().search().ok()?;
    fields(&search).find_map(|field| field.strip_prefix(PARAMETER)).and_then(options::session)
}

/// Takes the session out of the address bar; every other field stays letter by letter.
pub fn tidy_address() {
    let location = window().location();
    let (Ok(path), Ok(search), Ok(hash)) = (location.pathname(), location.search(), location.hash()) else {
        return;
    };
    let kept = fields(&search).filter(|field| !field.starts_with(PARAMETER)).collect::<Vec<_>>().join("&");
    let mark = if kept.is_empty() { "" } else { "?" };
    if let Ok(history) = window().history() {
        let state = history.state().unwrap_or(JsValue::NULL);
        // Browsers limit how often this may be called; an untidy address is no failure.
        let _ = history.replace_state_with_url(&state, "", Some(&[&path, mark, &kept, &hash].concat()));
    }
}

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

fn fields(search: &str) -> impl Iterator<Item = &str> {
    search.trim_start_matches('?').split('&').filter(|field| !field.is_empty())
}
