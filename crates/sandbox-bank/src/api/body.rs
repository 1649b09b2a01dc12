//! Reads bodies as the real bank seems to: whatever the content type says, and whatever the public SDKs wrap around.

use axum::body::Bytes;
use serde_json::{Map, Value};

use crate::bank::refusal::{self, Refusal};

/// A JSON object. Content types and query strings are not looked at: one SDK repeats every field in the query.
pub(crate) fn json(body: &Bytes) -> Result<Map<String, Value>, Refusal> {
    serde_json::from_slice(body).map_err(|_| refusal::parse_json())
}

/// A compact JWE: bare, in JSON quotes, or as `{"jwe": …}`.
pub(crate) fn jwe(body: &Bytes) -> Result<String, Refusal> {
    let text = std::str::from_utf8(body).map_err(|_| refusal::not_decrypted())?.trim();
    match serde_json::from_str::<Value>(text) {
        Ok(value) => value
            .as_str()
            .or_else(|| value.get("jwe")?.as_str())
            .map(str::to_owned)
            .ok_or_else(refusal::not_decrypted),
        Err(_) => Ok(text.to_owned()),
    }
}

pub(crate) fn text<'a>(body: &'a Map<String, Value>, name: &str) -> &'a str {
    body.get(name).and_then(Value::as_str).unwrap_or_default()
}
