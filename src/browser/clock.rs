//! The time, and one-shot timers that end with their owner.

use checkout_core::Timestamp;
use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;

use super::window::window;

/// Now.
#[allow(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "whole milliseconds; no money here"
)]
pub fn now() -> Timestamp {
    Timestamp(js_sys::Date::now() as u64)
}

/// A one-shot timer; dropping it cancels it.
#[derive(Debug)]
#[must_use = "a dropped timer never rings"]
pub struct Timer {
    id: Option<i32>,
    _ring: Closure<dyn FnMut()>,
}

impl Timer {
    /// Calls `ring` once, after `millis`.
    pub fn after(millis: u64, ring: impl FnMut() + 'static) -> Self {
        Self::ringing(millis, Closure::new(ring))
    }

    fn ringing(millis: u64, ring: Closure<dyn FnMut()>) -> Self {
        let millis = i32::try_from(millis).unwrap_or(i32::MAX);
        let function = ring.as_ref().unchecked_ref();
        let id = window().set_timeout_with_callback_and_timeout_and_arguments_0(function, millis).ok();
        Self { id, _ring: ring }
    }
}

impl Drop for Timer {
    fn drop(&mut self) {
        if let Some(id) = self.id {
            window().clear_timeout_with_handle(id);
        }
    }
}
