//! What every answer has in common: the request id, security headers, CORS, and how requests are read.

use axum::Json;
use axum::body::Body;
use axum::body::Bytes;
use axum::extract::rejection::{BytesRejection, JsonRejection};
use axum::extract::{FromRequest, Request};
use axum::http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use serde::de::DeserializeOwned;
use std::time::Duration;
use tokio::time::timeout;
use tower_http::cors::{AllowOrigin, CorsLayer};
use tracing::Instrument;

use crate::error::ApiError;
use crate::routes::Asked;
use crate::serving::BodyTime;

const REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");
const IDEMPOTENCY_KEY: HeaderName = HeaderName::from_static("idempotency-key");
const LONGEST_KEY: usize = 255;
const NUL: &str = "%00";
/// The contract's figure; browsers cap it themselves.
const PREFLIGHT_KEPT: Duration = Duration::from_hours(2);

/// Names the request, writes the body of a problem, and adds the headers that every answer has.
pub(crate) async fn dress(request: Request, next: Next) -> Response {
    let id = uuid::Uuid::new_v4().simple().to_string();
    let span = tracing::info_span!("request", id, method = %request.method());
    let page = Asked::by(&request);
    let mut response = next.run(request).instrument(span).await;
    if is_bare_refusal(&response) {
        response = ApiError::invalid("The address cannot be read: it is not UTF-8, percent-encoded.")
            .into_response();
    }
    if let Some(error) = response.extensions_mut().remove::<ApiError>() {
        let told = page.map_or_else(|| error.respond(&id), |page| page.problem(&error));
        let bare = std::mem::replace(&mut response, told);
        for (name, value) in bare.headers() {
            if !response.headers().contains_key(name) && name != header::CONTENT_LENGTH {
                response.headers_mut().insert(name, value.clone());
            }
        }
    }
    let headers = response.headers_mut();
    if let Ok(id) = HeaderValue::from_str(&id) {
        headers.insert(REQUEST_ID, id);
    }
    headers.insert(header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    headers.insert(header::REFERRER_POLICY, HeaderValue::from_static("no-referrer"));
    if !headers.contains_key(header::CACHE_CONTROL) {
        headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    }
    response
}

/// The framework's own refusal of a path, in plain text: ours is a problem like every other.
fn is_bare_refusal(response: &Response) -> bool {
    let kind = response.headers().get(header::CONTENT_TYPE).and_then(|kind| kind.to_str().ok());
    response.status() == StatusCode::BAD_REQUEST && kind.is_some_and(|kind| kind.starts_with("text/plain"))
}

/// Refuses addresses with the one character that no name and no text here can have: PostgreSQL stores none.
pub(crate) async fn without_nul(request: Request, next: Next) -> Response {
    let address = request.uri();
    // Not percent-encoded it is no address.
    if address.path().contains(NUL) || address.query().is_some_and(|query| query.contains(NUL)) {
        return ApiError::invalid("The address holds the character NUL (`%00`).").into_response();
    }
    next.run(request).await
}

/// Exact origins, no credentials.
pub(crate) fn cors(origins: &[String]) -> CorsLayer {
    let origins = origins.iter().filter_map(|origin| HeaderValue::from_str(origin).ok());
    CorsLayer::new()
        .allow_origin(AllowOrigin::list(origins))
        .allow_methods([Method::GET, Method::POST])
        .allow_headers([header::AUTHORIZATION, header::CONTENT_TYPE, IDEMPOTENCY_KEY])
        .expose_headers([header::RETRY_AFTER, REQUEST_ID])
        .max_age(PREFLIGHT_KEPT)
}

/// The text of `Authorization: Bearer …`.
pub(crate) fn bearer(headers: &HeaderMap) -> Option<&str> {
    let (scheme, token) = one(headers, &header::AUTHORIZATION)?.split_once(' ')?;
    scheme.eq_ignore_ascii_case("bearer").then(|| token.trim())
}

/// The one key that names a wish.
pub(crate) fn idempotency_key(headers: &HeaderMap) -> Result<String, ApiError> {
    let key = one(headers, &IDEMPOTENCY_KEY).map(str::trim);
    key.filter(|key| (1..=LONGEST_KEY).contains(&key.len())).map(str::to_owned).ok_or_else(|| {
        ApiError::invalid(format!(
            "Send one `Idempotency-Key` of 1 to {LONGEST_KEY} ASCII characters, made once when the wish begins."
        ))
    })
}

/// A header's one text. Two that differ are none: which of them counts must not depend on who reads first.
fn one<'a>(headers: &'a HeaderMap, name: &HeaderName) -> Option<&'a str> {
    let mut values = headers.get_all(name).iter();
    let first = values.next()?;
    if values.all(|other| other == first) { first.to_str().ok() } else { None }
}

/// A JSON body; what is wrong with it is told as a problem.
#[derive(Debug)]
pub(crate) struct JsonBody<T>(pub(crate) T);

impl<T: DeserializeOwned, S: Send + Sync> FromRequest<S> for JsonBody<T> {
    type Rejection = ApiError;

    async fn from_request(request: Request, state: &S) -> Result<Self, ApiError> {
        let (head, body) = request.into_parts();
        let RawBody(bytes) = RawBody::from_request(Request::from_parts(head.clone(), body), state).await?;
        if escapes_nul(&bytes) {
            return Err(ApiError::invalid(
                "The body holds the character NUL (`\\u0000`): no text here has one.",
            ));
        }
        match Json::from_request(Request::from_parts(head, Body::from(bytes)), state).await {
            Ok(Json(value)) => Ok(Self(value)),
            Err(JsonRejection::MissingJsonContentType(_)) => {
                Err(ApiError::invalid("Send the body as `Content-Type: application/json`."))
            }
            Err(rejection) => Err(ApiError::invalid(rejection.body_text())),
        }
    }
}

/// Outside of our own server nobody sets it: then a body has all the time.
fn body_time(request: &Request) -> Duration {
    request.extensions().get::<BodyTime>().map_or(Duration::MAX, |BodyTime(time)| *time)
}

/// The body as it came.
#[derive(Debug)]
pub(crate) struct RawBody(pub(crate) Bytes);

impl<S: Send + Sync> FromRequest<S> for RawBody {
    type Rejection = ApiError;

    async fn from_request(request: Request, state: &S) -> Result<Self, ApiError> {
        let read = timeout(body_time(&request), Bytes::from_request(request, state)).await;
        read.map_err(|_| ApiError::request_timeout())?.map(Self).map_err(|rejection: BytesRejection| {
            if rejection.status() == StatusCode::PAYLOAD_TOO_LARGE {
                ApiError::too_large()
            } else {
                ApiError::invalid("The body broke off.")
            }
        })
    }
}

/// Whether a text of the JSON holds the one character that no database of ours stores. Unescaped it is no JSON.
fn escapes_nul(json: &[u8]) -> bool {
    let mut rest = json;
    while let Some(backslash) = rest.iter().position(|byte| *byte == b'\\') {
        let escaped = &rest[backslash + 1..];
        if escaped.starts_with(b"u0000") {
            return true;
        }
        // What is escaped may be a backslash itself.
        rest = escaped.get(1..).unwrap_or_default();
    }
    false
}

pub(crate) async fn not_found() -> Response {
    ApiError::not_found("address").into_response()
}

pub(crate) async fn method_not_allowed() -> Response {
    ApiError::method_not_allowed().into_response()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_an_escaped_nul_is_one() {
        for nul in [r#"{"a":"\u0000"}"#, r#""\\\u0000""#, r#""x\n\u0000""#] {
            assert!(escapes_nul(nul.as_bytes()), "{nul}");
        }
        for other in ["", r"\", r#""\\u0000""#, r#""\u0001""#, r#""u0000""#] {
            assert!(!escapes_nul(other.as_bytes()), "{other}");
        }
    }

    #[test]
    fn two_keys_that_differ_name_no_wish() {
        let named = |keys: &[&str]| {
            let mut headers = HeaderMap::new();
            for key in keys {
                headers.append(IDEMPOTENCY_KEY, key.parse().unwrap());
            }
            idempotency_key(&headers).ok()
        };
        assert_eq!(named(&["k-1"]).as_deref(), Some("k-1"));
        assert_eq!(named(&["k-1", "k-1"]).as_deref(), Some("k-1"));
        let longest = "k".repeat(LONGEST_KEY + 1);
        for wrong in [&[][..], &["k-1", "k-2"], &[""], &["  "], &["ключ"], &[longest.as_str()]] {
            assert_eq!(named(wrong), None, "{wrong:?}");
        }
    }

    #[test]
    fn two_credentials_that_differ_are_none() {
        let mut headers = HeaderMap::new();
        headers.append(header::AUTHORIZATION, "Bearer one".parse().unwrap());
        assert_eq!(bearer(&headers), Some("one"));
        headers.append(header::AUTHORIZATION, "Bearer two".parse().unwrap());
        assert_eq!(bearer(&headers), None);
    }
}
