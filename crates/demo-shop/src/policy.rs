//! The headers of every answer: a content security policy as strict as a real shop's, no referrer, no sniffing.

use axum::http::header::{
    CACHE_CONTROL, CONTENT_SECURITY_POLICY, HeaderName, REFERRER_POLICY, X_CONTENT_TYPE_OPTIONS,
};
use axum::http::{HeaderMap, HeaderValue};
use url::Url;

use crate::Config;

/// The headers, made once.
pub(crate) struct Policy([(HeaderName, HeaderValue); 4]);

impl Policy {
    pub(crate) fn new(config: &Config) -> Self {
        let csp = HeaderValue::from_str(&content_security_policy(config))
            .unwrap_or(HeaderValue::from_static("default-src 'none'"));
        Self([
            (CONTENT_SECURITY_POLICY, csp),
            (REFERRER_POLICY, HeaderValue::from_static("no-referrer")),
            (X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff")),
            // Not `no-store`: that would keep the page out of the back/forward cache, and Back from the bank slow.
            (CACHE_CONTROL, HeaderValue::from_static("private, no-cache")),
        ])
    }

    /// Adds what is not set already.
    pub(crate) fn apply(&self, headers: &mut HeaderMap) {
        for (name, value) in &self.0 {
            if !headers.contains_key(name) {
                headers.insert(name, value.clone());
            }
        }
    }
}

fn content_security_policy(config: &Config) -> String {
    let backend = origin(&config.backend);
    let bank = origin(&config.bank);
    let bank_page = origin(config.bank_page.as_ref().unwrap_or(&config.bank));
    let wasm = if config.allow_wasm { " 'wasm-unsafe-eval'" } else { "" };
    // `form-action` names the payment page too: browsers follow it through the redirect after the form.
    [
        "default-src 'none'".to_owned(),
        format!("script-src 'self' {backend}{wasm}"),
        format!("connect-src 'self' {backend} {bank}"),
        "style-src 'self'".to_owned(),
        format!("img-src 'self' {backend} data:"),
        format!("form-action 'self' {backend} {bank_page}"),
        "base-uri 'none'".to_owned(),
        "frame-ancestors 'none'".to_owned(),
    ]
    .join("; ")
}

fn origin(url: &Url) -> String {
    url.origin().ascii_serialization()
}
