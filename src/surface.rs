//! The JavaScript surface: `mount`, `update`, `unmount`. Called by `embed/element.js` and by tests only.
//!
//! A widget is a number on the JavaScript side. Were it an object, the browser's garbage collector would free it
//! together with the widget on the screen.

use std::cell::RefCell;
use std::rc::Rc;

use leptos::mount::{UnmountHandle, mount_to_renderer};
use leptos::prelude::RenderEffect;
use wasm_bindgen::prelude::wasm_bindgen;
use web_sys::HtmlElement;

use crate::browser::page;
use crate::driver::{Driver, Presenter};
use crate::options::{Look, Options};
use crate::text::Words;
use crate::view::drawn::Drawn;

/// One widget on the page: its checkout and its elements.
struct Widget {
    host: HtmlElement,
    root: HtmlElement,
    driver: Rc<Driver>,
    _elements: UnmountHandle<RenderEffect<Drawn>>,
}

impl Drop for Widget {
    fn drop(&mut self) {
        self.driver.end();
    }
}

thread_local! {
    /// A widget's number is its place here; a place is used once.
    static WIDGETS: RefCell<Vec<Option<Widget>>> = const { RefCell::new(Vec::new()) };
}

/// Starts a widget that reads its options from `host` and draws into `root`; returns its number. `texts` are those of
/// one language as [`Words`] takes them, `locale` is the buyer's, for amounts.
#[wasm_bindgen]
pub fn mount(host: HtmlElement, root: HtmlElement, locale: String, texts: String) -> usize {
    let id = WIDGETS.with_borrow_mut(|widgets| {
        widgets.push(None);
        widgets.len() - 1
    });
    put(id, Some(start(host, root, locale, texts)));
    id
}

/// Reads the options anew: another look changes the look, other options start the checkout anew.
#[wasm_bindgen]
pub fn update(id: usize, locale: String, texts: String) {
    let Some((host, root, driver)) = WIDGETS.with_borrow(|widgets| {
        widgets
            .get(id)?
            .as_ref()
            .map(|widget| (widget.host.clone(), widget.root.clone(), Rc::clone(&widget.driver)))
    }) else {
        return;
    };
    if driver.differs_from(&page::read(&host, &Options::read)) {
        put(id, None);
        put(id, Some(start(host, root, locale, texts)));
    } else {
        driver.restyle(look(&host, locale, texts));
    }
}

/// Ends a widget: nothing of it stays on the page or in the browser.
#[wasm_bindgen]
pub fn unmount(id: usize) {
    put(id, None);
}

fn start(host: HtmlElement, root: HtmlElement, locale: String, texts: String) -> Widget {
    let look = look(&host, locale, texts);
    let (driver, effects) = Driver::new(host.clone(), page::read(&host, &Options::read), look);
    let shown = driver.shown();
    let elements = mount_to_renderer(&root, {
        let shown = shown.clone();
        move || shown
    });
    driver.begin(effects, Presenter::new(root.clone(), shown));
    Widget { host, root, driver, _elements: elements }
}

fn look(host: &HtmlElement, locale: String, texts: String) -> Look {
    Look { words: Words::new(texts), locale, logo: page::read(host, &Options::logo) }
}

/// Puts a widget into its place. The one before it is dropped outside the borrow: its end may call back.
fn put(id: usize, widget: Option<Widget>) {
    let before = WIDGETS.with_borrow_mut(|widgets| match widgets.get_mut(id) {
        Some(place) => core::mem::replace(place, widget),
        None => None,
    });
    drop(before);
}
