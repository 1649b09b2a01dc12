//! The part of the address behind `#`.

use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;

use super::window;
use crate::route::Route;

/// The page that the address names.
pub fn route() -> Route {
    Route::parse(&window().location().hash().unwrap_or_default())
}

/// Goes to a page; the browser's Back comes back.
pub fn go(route: &Route) {
    let _ = window().location().set_hash(&route.hash());
}

/// Changes the address without a step in the history: filters as they are typed.
pub fn replace(route: &Route) {
    if let Ok(history) = window().history() {
        let _ = history.replace_state_with_url(&wasm_bindgen::JsValue::NULL, "", Some(&route.hash()));
    }
}

/// Calls back whenever the address changes, for as long as the page lives.
pub fn on_change(call: impl Fn(Route) + 'static) {
    let listener: Closure<dyn Fn()> = Closure::new(move || call(route()));
    let _ = window().add_event_listener_with_callback("hashchange", listener.as_ref().unchecked_ref());
    listener.forget();
}
