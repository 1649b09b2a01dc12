//! The widget inside a real browser, without a backend: drawing, mounting, reading JSON, being a good guest.
//! `fetch` is replaced here; the real way to the backend is walked by the journeys.
#![cfg(target_family = "wasm")]

mod asking;
mod drawing;
mod guest;
mod mounting;
mod paying;
mod reading;
mod stage;
mod telling;

wasm_bindgen_test::wasm_bindgen_test_configure!(run_in_browser);
