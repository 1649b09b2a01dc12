//! Focus, dialogs, the clipboard, downloads, events to the host page.

use js_sys::{Array, Object, Reflect};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{Blob, CustomEvent, CustomEventInit, Element, Event, HtmlAnchorElement, HtmlElement, Url};

use super::window;

/// What is typed into the field an event is about.
pub fn value_of(event: &Event) -> String {
    let Some(target) = event.target() else { return String::new() };
    Reflect::get(&target, &"value".into()).ok().and_then(|value| value.as_string()).unwrap_or_default()
}

/// Whether the box an event is about is ticked.
pub fn is_ticked(event: &Event) -> bool {
    let Some(target) = event.target() else { return false };
    Reflect::get(&target, &"checked".into()).is_ok_and(|value| value.is_truthy())
}

/// The text of a named field of the form an event is about.
pub fn field(event: &Event, name: &str) -> String {
    let form = event.target().and_then(|target| target.dyn_into::<Element>().ok());
    let field = form.and_then(|form| form.query_selector(&["[name=", name, "]"].concat()).ok().flatten());
    let value = field.and_then(|field| Reflect::get(&field, &"value".into()).ok());
    value.and_then(|value| value.as_string()).unwrap_or_default()
}

/// Gives the focus to the first element of a selector, inside the element, without scrolling it to the edge.
pub fn focus_in(root: &Element, selector: &str) {
    if let Ok(Some(element)) = root.query_selector(selector)
        && let Ok(element) = element.dyn_into::<HtmlElement>()
    {
        let _ = element.focus();
    }
}

/// Puts a text into the clipboard; says whether that worked.
pub async fn copy(text: &str) -> bool {
    let clipboard = window().navigator().clipboard();
    // Absent on pages that are not secure.
    if clipboard.is_undefined() {
        return false;
    }
    JsFuture::from(clipboard.write_text(text)).await.is_ok()
}

/// Offers a text as a file.
pub fn download(name: &str, text: &str) {
    let parts = Array::of1(&text.into());
    let Ok(blob) = Blob::new_with_str_sequence(&parts) else { return };
    let Ok(url) = Url::create_object_url_with_blob(&blob) else { return };
    let anchor = leptos::prelude::document().create_element("a").ok();
    if let Some(anchor) = anchor.and_then(|anchor| anchor.dyn_into::<HtmlAnchorElement>().ok()) {
        anchor.set_href(&url);
        anchor.set_download(name);
        anchor.click();
    }
    let _ = Url::revoke_object_url(&url);
}

/// Tells the host page something; returns whether the page has taken it over by `preventDefault`.
pub fn tell(host: &HtmlElement, name: &str, detail: &[(&str, &str)]) -> bool {
    let object = Object::new();
    for (key, value) in detail {
        let _ = Reflect::set(&object, &(*key).into(), &(*value).into());
    }
    let init = CustomEventInit::new();
    init.set_bubbles(true);
    init.set_composed(true);
    init.set_cancelable(true);
    init.set_detail(&JsValue::from(object));
    let Ok(event) = CustomEvent::new_with_event_init_dict(name, &init) else { return false };
    !host.dispatch_event(&event).unwrap_or(true)
}

/// A picture as an address that an `<img>` takes.
pub fn svg_address(svg: &str) -> String {
    ["data:image/svg+xml,", &crate::percent::encode(svg)].concat()
}
