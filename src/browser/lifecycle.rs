//! The page's life as events: back out of the back/forward cache, hidden and shown, offline and online.

use checkout_core::Event;
use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;
use web_sys::{EventTarget, PageTransitionEvent};

use super::window::window;

/// An event listener; dropping it takes it away.
#[derive(Debug)]
#[must_use = "a dropped listener hears nothing"]
pub struct Listener {
    target: EventTarget,
    name: &'static str,
    hear: Closure<dyn FnMut(web_sys::Event)>,
}

impl Listener {
    /// Calls `hear` for each event of that name.
    pub fn new(target: EventTarget, name: &'static str, hear: impl FnMut(web_sys::Event) + 'static) -> Self {
        let hear = Closure::new(hear);
        let closure: &Closure<dyn FnMut(web_sys::Event)> = &hear;
        let _ = target.add_event_listener_with_callback(name, closure.as_ref().unchecked_ref());
        Self { target, name, hear }
    }
}

impl Drop for Listener {
    fn drop(&mut self) {
        let _ =
            self.target.remove_event_listener_with_callback(self.name, self.hear.as_ref().unchecked_ref());
    }
}

/// Reports the page's life until the listeners are dropped.
pub fn listen(report: impl Fn(Event) + Clone + 'static) -> Vec<Listener> {
    let window = window();
    let mut listeners = Vec::new();
    let restored = report.clone();
    listeners.push(Listener::new(window.clone().into(), "pageshow", move |event| {
        if event.dyn_ref::<PageTransitionEvent>().is_some_and(PageTransitionEvent::persisted) {
            restored(Event::PageRestored);
        }
    }));
    for name in ["online", "offline"] {
        let report = report.clone();
        listeners.push(Listener::new(window.clone().into(), name, move |_| {
            report(Event::ConnectivityChanged { offline: offline() });
        }));
    }
    if let Some(document) = window.document() {
        listeners.push(Listener::new(document.into(), "visibilitychange", move |_| {
            report(Event::VisibilityChanged { hidden: hidden() });
        }));
    }
    listeners
}

/// Whether the page is hidden now.
pub fn hidden() -> bool {
    window().document().is_some_and(|document| document.hidden())
}

/// Whether the browser says it is offline now.
pub fn offline() -> bool {
    !window().navigator().on_line()
}
