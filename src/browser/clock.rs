//! The time, and one-shot timers that end with their owner.

use checkout_core::Timestamp;
use js_sys::Function;
use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;
use wasm_bindgen::prelude::wasm_bindgen;

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(js_name = setTimeout)]
    fn set_timeout(ring: &Function, millis: i32) -> i32;

    #[wasm_bindgen(js_name = clearTimeout)]
    fn clear_timeout(id: i32);
}

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
    id: i32,
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
        Self { id: set_timeout(function, millis), _ring: ring }
    }
}

impl Drop for Timer {
    fn drop(&mut self) {
        clear_timeout(self.id);
    }
}
