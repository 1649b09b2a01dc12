//! Calls to the merchant backend. Every reply becomes one answer or one [`Failure`]; nothing is retried here.

use checkout_api::{IdempotencyKey, OpenSession, OrderToken, Revision, SessionId, code};
use checkout_core::Failure;
use gloo_net::http::Headers;
use wasm_bindgen_futures::JsFuture;
use web_sys::{AbortController, AbortSignal};

use super::script;
use crate::options;
use crate::wire::{self, Json};

/// A request under way; dropping it aborts it.
#[derive(Debug)]
#[must_use = "a dropped request is aborted"]
pub struct Pending(AbortController);

/// The signal of a request and its owner.
pub fn abortable() -> Option<(Pending, AbortSignal)> {
    let controller = AbortController::new().ok()?;
    let signal = controller.signal();
    Some((Pending(controller), signal))
}

impl Drop for Pending {
    fn drop(&mut self) {
        self.0.abort();
    }
}

/// One request, ready to be sent.
#[derive(Debug)]
pub struct Question {
    address: String,
    headers: Headers,
    /// With a body it is a POST.
    body: Option<String>,
    /// Whose cookies go with it, in the browser's words.
    credentials: &'static str,
}

impl Question {
    /// `GET /v1/checkout`.
    pub fn order(backend: &str, token: &OrderToken) -> Self {
        Self::api(&[backend, "/v1/checkout"]).bearer(token)
    }

    /// `POST /v1/payment-sessions`.
    pub fn open(backend: &str, token: &OrderToken, key: &IdempotencyKey, body: &OpenSession) -> Self {
        let question = Self::api(&[backend, "/v1/payment-sessions"]).bearer(token);
        question.headers.set("Idempotency-Key", key.as_str());
        question.headers.set("Content-Type", "application/json");
        Self { body: Some(wire::open_session(body)), ..question }
    }

    /// `GET /v1/payment-sessions/{session}`; without a header of ours, so that browsers ask no permission first.
    pub fn status(backend: &str, session: &SessionId, after: Option<Revision>, wait_seconds: u32) -> Self {
        let wait = digits(wait_seconds.into());
        let after = after.map(|revision| ["&after=", &digits(revision.0)].concat()).unwrap_or_default();
        Self::api(&[backend, "/v1/payment-sessions/", session.as_str(), "?wait=", &wait, &after])
    }

    /// `GET token-url` on the shop's own origin, with the shop's own cookies.
    pub fn token(token_url: &str) -> Self {
        Self { credentials: "same-origin", ..Self::api(&[token_url]) }
    }

    /// Sends it. A page may have replaced `fetch` and throw anything: that is an answer too, and no trap.
    pub async fn ask(self, signal: AbortSignal) -> Result<Json, Failure> {
        let Self { address, headers, body, credentials } = self;
        let sent = script::send(&address, &headers.into_raw(), body, credentials, &signal);
        let answer = JsFuture::from(sent).await.map(Json::new).map_err(|_| Failure::Network)?;
        let status = answer.integer("status").unwrap_or_default();
        if (200..300).contains(&status) { Ok(answer.inside("json")) } else { Err(failure(status, &answer)) }
    }

    fn api(address: &[&str]) -> Self {
        Self { address: address.concat(), headers: Headers::new(), body: None, credentials: "omit" }
    }

    fn bearer(self, token: &OrderToken) -> Self {
        self.headers.set("Authorization", &["Bearer ", token.reveal()].concat());
        self
    }
}

/// The address of the code that leads a phone to the session's payment page.
pub fn code(backend: &str, session: &SessionId) -> String {
    [backend, "/v1/payment-sessions/", session.as_str(), "/qr"].concat()
}

/// A whole number as text.
fn digits(number: u64) -> String {
    money::written(number, 0)
}

/// Sorts a refusal by who must act: the problem's code first, the HTTP status where there is none.
fn failure(status: i64, answer: &Json) -> Failure {
    let problem = answer.inside("json");
    let support_id = problem.text("requestId");
    let busy = |support_id| Failure::Busy { retry_after_millis: retry_after(answer), support_id };
    match problem.text("code").as_deref() {
        Some(code::ORDER_TOKEN_INVALID) => Failure::TokenStale { support_id },
        Some(code::ORDER_ALREADY_PAID) => {
            Failure::AlreadyPaid { session: problem.text("session").as_deref().and_then(options::session) }
        }
        Some(code::IDEMPOTENCY_KEY_IN_USE | code::BANK_UNAVAILABLE | code::RATE_LIMITED) => busy(support_id),
        Some(code::IDEMPOTENCY_KEY_REUSED) => Failure::KeySpent { support_id },
        Some(code::BANK_REFUSED) => Failure::Refused { support_id },
        Some(code::NOT_FOUND) => Failure::NotFound,
        Some(_) | None => match status {
            401 => Failure::TokenStale { support_id },
            404 => Failure::NotFound,
            408 | 425 | 429 | 500..=599 => busy(support_id),
            _ => Failure::Refused { support_id },
        },
    }
}

/// `Retry-After` in seconds; the form with a date is left to the usual back-off.
fn retry_after(answer: &Json) -> Option<u64> {
    let seconds: i64 = answer.text("retryAfter")?.trim_ascii().parse().ok()?;
    u64::try_from(seconds).ok()?.checked_mul(1_000)
}
