//! What `server_fn` names of `wasm-streams`, and nothing else: see README.md.

use core::pin::Pin;
use core::task::{Context, Poll};

use futures_core::Stream;
use wasm_bindgen::JsValue;

/// A JavaScript stream that can be passed on, but not read.
#[derive(Debug)]
pub struct ReadableStream(web_sys::ReadableStream);

impl ReadableStream {
    /// Wraps the JavaScript object.
    pub fn from_raw(raw: web_sys::ReadableStream) -> Self {
        Self(raw)
    }

    /// The JavaScript object.
    pub fn into_raw(self) -> web_sys::ReadableStream {
        self.0
    }

    /// Streaming out of Rust belongs to server functions, which the widget has none of.
    ///
    /// # Panics
    /// Always.
    pub fn from_stream<S>(_stream: S) -> Self {
        unreachable!("the widget has no server functions")
    }

    /// A stream that ends at once.
    pub fn into_stream(self) -> Ended {
        Ended
    }
}

/// A stream that has ended.
#[derive(Debug)]
pub struct Ended;

impl Stream for Ended {
    type Item = Result<JsValue, JsValue>;

    fn poll_next(self: Pin<&mut Self>, _context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        Poll::Ready(None)
    }
}
