//! The browser's own `<dialog>`: it keeps the focus inside, ends on Escape and gives the focus back.

use leptos::ev;
use leptos::html;
use leptos::prelude::*;
use wasm_bindgen::JsCast;

use super::icon::{Icon, icon};
use crate::desk::Desk;

/// Opens and closes one dialog. What is inside is made when it opens and gone when it closes.
#[derive(Debug, Clone, Copy)]
pub struct Dialog {
    element: NodeRef<html::Dialog>,
    open: RwSignal<bool>,
}

impl Dialog {
    /// A closed one.
    pub fn new() -> Self {
        Self { element: NodeRef::new(), open: RwSignal::new(false) }
    }

    /// Opens it.
    pub fn open(self) {
        self.open.try_set(true);
        if let Some(element) = self.element.get_untracked() {
            let _ = element.show_modal();
        }
    }

    /// Closes it; the browser gives the focus back to what opened it.
    pub fn close(self) {
        if let Some(Some(element)) = self.element.try_get_untracked() {
            element.close();
        }
    }

    /// Gives the focus to its title: what was focused has gone with the step before.
    pub fn focus_title(self) {
        if let Some(Some(element)) = self.element.try_get_untracked() {
            crate::browser::page::focus_in(&element, "h2");
        }
    }

    /// Whether it is open; tracked.
    pub fn is_open(self) -> bool {
        self.open.try_get().unwrap_or_default()
    }
}

impl Default for Dialog {
    fn default() -> Self {
        Self::new()
    }
}

/// The dialog's elements. `title` is its name; `inside` draws it each time it opens.
pub fn dialog(
    desk: Desk,
    state: Dialog,
    class: &'static str,
    title: impl Fn() -> String + Send + 'static,
    inside: impl Fn() -> AnyView + Send + 'static,
) -> AnyView {
    let words = &desk.words().frame;
    // The page may go by the browser's Back while the dialog is open: it must not stay on top of the next one.
    on_cleanup(move || state.close());
    let id = format!("dialog-{}", crate::browser::random::idempotency_key());
    let close = html::button()
        .attr("type", "button")
        .class("button quiet close")
        .attr("aria-label", words.close)
        .on(ev::click, move |_| state.close())
        .child(icon(Icon::Cross));
    let head = html::div()
        .class("dialog-head")
        .child((html::h2().attr("id", id.clone()).attr("tabindex", "-1").child(title), close));
    html::dialog()
        .class(["dialog ", class].concat())
        .attr("aria-labelledby", id)
        .node_ref(state.element)
        // Told a moment after it closed: it may be open again by then.
        .on(ev::close, move |_| {
            let reopened = state.element.try_get_untracked().flatten().is_some_and(|element| element.open());
            state.open.try_set(reopened);
        })
        // A press beside it closes it, as a press on Escape does.
        .on(ev::mousedown, move |event| {
            let on_itself = event.target() == event.current_target();
            let element = event.target().and_then(|target| target.dyn_into::<web_sys::HtmlElement>().ok());
            let beside = element.is_some_and(|element| is_beside(&element, &event));
            if on_itself && beside {
                state.close();
            }
        })
        .child((head, move || state.is_open().then(&inside)))
        .into_any()
}

fn is_beside(element: &web_sys::HtmlElement, event: &web_sys::MouseEvent) -> bool {
    let (x, y) = (event.offset_x(), event.offset_y());
    x < 0 || y < 0 || x > element.offset_width() || y > element.offset_height()
}
