//! The JavaScript surface: `mount`, `update`, `unmount`. Called by `embed/element.js` and by tests only.
//!
//! A widget is a number on the JavaScript side. Were it an object, the browser's garbage collector would free it
//! together with the widget on the screen.

use std::any::Any;
use std::cell::RefCell;
use std::rc::Rc;

use leptos::mount::mount_to;
use wasm_bindgen::prelude::wasm_bindgen;
use web_sys::HtmlElement;

use crate::browser::page;
use crate::driver::{Driver, Presenter};
use crate::view::screen::screen;

/// One widget on the page: its checkout and its elements.
struct Widget {
    host: HtmlElement,
    root: HtmlElement,
    driver: Rc<Driver>,
    _elements: Box<dyn Any>,
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

/// Starts a widget that reads its options from `host` and draws into `root`; returns its number.
#[wasm_bindgen]
pub fn mount(host: HtmlElement, root: HtmlElement) -> usize {
    let id = WIDGETS.with_borrow_mut(|widgets| {
        widgets.push(None);
        widgets.len() - 1
    });
    put(id, Some(start(host, root)));
    id
}

/// Reads the options anew: another look changes the look, other options start the checkout anew.
#[wasm_bindgen]
pub fn update(id: usize) {
    let Some((host, root, driver)) = WIDGETS.with_borrow(|widgets| {
        widgets
            .get(id)?
            .as_ref()
            .map(|widget| (widget.host.clone(), widget.root.clone(), Rc::clone(&widget.driver)))
    }) else {
        return;
    };
    if driver.differs_from(&page::options(&host)) {
        put(id, None);
        put(id, Some(start(host, root)));
    } else {
        driver.restyle(page::look(&host));
    }
}

/// Ends a widget: nothing of it stays on the page or in the browser.
#[wasm_bindgen]
pub fn unmount(id: usize) {
    put(id, None);
}

fn start(host: HtmlElement, root: HtmlElement) -> Widget {
    let (driver, effects) = Driver::new(host.clone(), page::options(&host), page::look(&host));
    let presenter = Rc::new(RefCell::new(None));
    let elements = {
        let (driver, root, presenter) = (Rc::clone(&driver), root.clone(), Rc::clone(&presenter));
        mount_to(root.clone(), move || {
            let shown = driver.shown();
            *presenter.borrow_mut() = Some(Presenter::new(root, shown));
            screen(shown)
        })
    };
    if let Some(presenter) = presenter.take() {
        driver.begin(effects, presenter);
    }
    Widget { host, root, driver, _elements: Box::new(elements) }
}

/// Puts a widget into its place. The one before it is dropped outside the borrow: its end may call back.
fn put(id: usize, widget: Option<Widget>) {
    let before = WIDGETS.with_borrow_mut(|widgets| match widgets.get_mut(id) {
        Some(place) => core::mem::replace(place, widget),
        None => None,
    });
    drop(before);
}
