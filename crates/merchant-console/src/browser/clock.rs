//! Waiting.

use js_sys::Promise;
use wasm_bindgen_futures::JsFuture;

use super::window;

/// Waits.
pub async fn pause(millis: i32) {
    let promise = Promise::new(&mut |done, _| {
        let _ = window().set_timeout_with_callback_and_timeout_and_arguments_0(&done, millis);
    });
    let _ = JsFuture::from(promise).await;
}
