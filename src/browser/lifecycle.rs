//! The page's life as events: back out of the back/forward cache, hidden and shown, offline and online.

use checkout_core::Event;
use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;
use web_sys::{EventTarget, PageTransitionEvent};

use super::window::window;

/// What is listened for on the window.
const ON_WINDOW: [&str; 3] = ["pageshow", "online", "offline"];
/// What is listened for on the document.
const ON_DOCUMENT: &str = "visibilitychange";

/// The listeners of one widget; dropping them takes them away.
#[derive(Debug)]
#[must_use = "dropped listeners hear nothing"]
pub struct Listeners(Closure<dyn FnMut(web_sys::Event)>);

impl Listeners {
    /// Reports the page's life until it is dropped.
    pub fn new(report: impl Fn(Event) + 'static) -> Self {
        let listeners = Self(Closure::new(move |event: web_sys::Event| {
            report(match event.type_().as_str() {
                "pageshow" => {
                    let shown = event.unchecked_ref::<PageTransitionEvent>();
                    if !shown.persisted() {
                        return;
                    }
                    Event::PageRestored
                }
                ON_DOCUMENT => Event::VisibilityChanged { hidden: hidden() },
                _ => Event::ConnectivityChanged { offline: offline() },
            });
        }));
        listeners.each(|target, name, hear| {
            let _ = target.add_event_listener_with_callback(name, hear);
        });
        listeners
    }

    fn each(&self, change: fn(&EventTarget, &str, &js_sys::Function)) {
        let hear = self.0.as_ref().unchecked_ref();
        let window = window();
        for name in ON_WINDOW {
            change(&window, name, hear);
        }
        if let Some(document) = window.document() {
            change(&document, ON_DOCUMENT, hear);
        }
    }
}

impl Drop for Listeners {
    fn drop(&mut self) {
        self.each(|target, name, hear| {
            let _ = target.remove_event_listener_with_callback(name, hear);
        });
    }
}

/// Whether the page is hidden now.
pub fn hidden() -> bool {
    window().document().is_some_and(|document| document.hidden())
}

/// Whether the browser says it is offline now.
pub fn offline() -> bool {
    !window().navigator().on_line()
}
