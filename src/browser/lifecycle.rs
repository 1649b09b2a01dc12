//! The page's life as events: back out of the back/forward cache, hidden and shown, offline and online.

use checkout_core::Event;
use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;
use web_sys::PageTransitionEvent;

use super::script::{is_hidden, is_offline, listen};

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
                "visibilitychange" => Event::VisibilityChanged { hidden: is_hidden() },
                _ => Event::ConnectivityChanged { offline: is_offline() },
            });
        }));
        listeners.turn(true);
        listeners
    }

    fn turn(&self, on: bool) {
        listen(self.0.as_ref().unchecked_ref(), on);
    }
}

impl Drop for Listeners {
    fn drop(&mut self) {
        self.turn(false);
    }
}
