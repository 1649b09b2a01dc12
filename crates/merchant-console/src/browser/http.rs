//! One request and its answer as text.

use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{AbortSignal, Headers, Request, RequestCache, RequestCredentials, RequestInit, Response};

use super::window;

/// What is asked.
#[derive(Debug)]
pub struct Ask<'a> {
    /// The method.
    pub method: &'a str,
    /// The whole address.
    pub url: &'a str,
    /// Headers.
    pub headers: &'a [(&'a str, &'a str)],
    /// The body: a text or a file.
    pub body: Option<JsValue>,
    /// Whether cookies go with it.
    pub cookies: bool,
    /// Ends it early.
    pub abort: Option<AbortSignal>,
}

/// What came back.
#[derive(Debug)]
pub struct Answer {
    /// The HTTP status.
    pub status: u16,
    /// The body.
    pub text: String,
    /// Seconds to wait, where the answer says so.
    pub retry_after: Option<String>,
}

impl Answer {
    /// Whether it was done.
    pub const fn is_good(&self) -> bool {
        self.status >= 200 && self.status < 300
    }
}

/// Sends it; `None` when no answer came.
pub async fn send(ask: Ask<'_>) -> Option<Answer> {
    let response = fetch(ask).await?;
    let text = JsFuture::from(response.text().ok()?).await.ok()?.as_string().unwrap_or_default();
    let retry_after = response.headers().get("Retry-After").ok().flatten();
    Some(Answer { status: response.status(), text, retry_after })
}

/// Sends it and hands over the answer as the browser has it.
pub async fn fetch(ask: Ask<'_>) -> Option<Response> {
    let headers = Headers::new().ok()?;
    for (name, value) in ask.headers {
        headers.set(name, value).ok()?;
    }
    let init = RequestInit::new();
    init.set_method(ask.method);
    init.set_headers(&headers);
    init.set_cache(RequestCache::NoStore);
    init.set_credentials(if ask.cookies { RequestCredentials::SameOrigin } else { RequestCredentials::Omit });
    init.set_signal(ask.abort.as_ref());
    if let Some(body) = &ask.body {
        init.set_body(body);
    }
    let request = Request::new_with_str_and_init(ask.url, &init).ok()?;
    JsFuture::from(window().fetch_with_request(&request)).await.ok()?.dyn_into().ok()
}
