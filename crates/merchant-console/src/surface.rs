//! What JavaScript calls: `start` for the console's page, `mount`, `update` and `unmount` for elements in a shop's admin.
//!
//! An element is a number on the JavaScript side. Were it an object, the browser's garbage collector would free it
//! together with what is on the screen.

use std::any::Any;
use std::cell::RefCell;

use console_api::Staff;
use leptos::mount::mount_to;
use leptos::prelude::*;
use leptos::task::spawn_local;
use wasm_bindgen::prelude::wasm_bindgen;
use web_sys::HtmlElement;

use crate::api::{Access, Api};
use crate::browser::address;
use crate::browser::memory::{language, recall};
use crate::desk::{Desk, Place};
use crate::session::Session;
use crate::text::Language;
use crate::view::{embedded, frame};

thread_local! {
    /// What is on the screen; a number is a place here, and a place is used once.
    static SHOWN: RefCell<Vec<Option<Box<dyn Any>>>> = const { RefCell::new(Vec::new()) };
}

/// Draws the console into `root`; `backend` is where its API is.
#[wasm_bindgen]
pub fn start(root: HtmlElement, backend: &str) {
    let chosen = recall("language").unwrap_or_else(language);
    apply_theme(&theme());
    let backend = backend.to_owned();
    let handle = mount_to(root, move || {
        let session = RwSignal::new(Session::Asking);
        let api = Api::new(&backend, Access::Cookie, String::new(), session);
        let desk = Desk::new(api, Place::Page, session, Language::of_tag(&chosen), address::route());
        address::on_change(move |route| {
            desk.route.try_set(route);
        });
        Effect::new(move |_| dress_page(desk.language.get()));
        ask_who(desk);
        frame::console(desk)
    });
    keep(Box::new(handle));
}

/// Draws an element of the shop's admin; returns its number. Its attributes say what it is.
#[wasm_bindgen]
pub fn mount(host: HtmlElement, root: HtmlElement) -> usize {
    let options = embedded::Options::of(&host);
    let handle = mount_to(root, move || embedded::element(host, &options));
    keep(Box::new(handle))
}

/// Ends an element: nothing of it stays on the page.
#[wasm_bindgen]
pub fn unmount(id: usize) {
    let before = SHOWN.with_borrow_mut(|shown| shown.get_mut(id).and_then(Option::take));
    drop(before);
}

fn keep(handle: Box<dyn Any>) -> usize {
    SHOWN.with_borrow_mut(|shown| {
        shown.push(Some(handle));
        shown.len().saturating_sub(1)
    })
}

/// Somebody has signed in.
pub fn welcome(desk: Desk, staff: Staff) {
    if recall("language").is_none()
        && let Some(locale) = &staff.locale
    {
        desk.language.try_set(Language::of_tag(locale));
    }
    desk.session.try_set(Session::Staff(staff));
}

fn ask_who(desk: Desk) {
    spawn_local(async move {
        let Some(api) = desk.api() else { return };
        match api.who().await {
            Ok(signed_in) => welcome(desk, signed_in.staff),
            Err(_) => {
                desk.session.try_set(Session::Nobody { over: false });
            }
        }
    });
}

/// The appearance that was chosen: `auto`, `light` or `dark`.
pub fn theme() -> String {
    recall("theme").unwrap_or_else(|| "auto".to_owned())
}

/// Gives the page that appearance.
pub fn apply_theme(theme: &str) {
    if let Some(element) = document().document_element() {
        let _ = element.set_attribute("data-theme", theme);
    }
}

fn dress_page(language: Language) {
    if let Some(element) = document().document_element() {
        let _ = element.set_attribute("lang", language.tag());
    }
    title(None, language);
}

/// Names the page in its tab and in the browser's history.
pub fn title(page: Option<&str>, language: Language) {
    let product = language.words().frame.product;
    document().set_title(&page.map_or_else(|| product.to_owned(), |page| [page, " · ", product].concat()));
}
