//! Calls to the merchant backend. Every reply becomes one answer or one [`Failure`]; nothing is retried here.

use checkout_api::{IdempotencyKey, OpenSession, OrderToken, Revision, SessionId, code};
use checkout_core::Failure;
use gloo_net::http::{Headers, Response};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{AbortController, AbortSignal, Request, RequestCache, RequestCredentials, RequestInit};

use super::window::window;
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
    options: RequestInit,
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
        question.options.set_method("POST");
        question.options.set_body(&wire::open_session(body).into());
        question
    }

    /// `GET /v1/payment-sessions/{session}`; without a header of ours, so that browsers ask no permission first.
    pub fn status(backend: &str, session: &SessionId, after: Option<Revision>, wait_seconds: u32) -> Self {
        let wait = wait_seconds.to_string();
        let after = after.map(|revision| ["&after=", &revision.0.to_string()].concat()).unwrap_or_default();
        Self::api(&[backend, "/v1/payment-sessions/", session.as_str(), "?wait=", &wait, &after])
    }

    /// `GET token-url` on the shop's own origin, with the shop's own cookies.
    pub fn token(token_url: &str) -> Self {
        let options = RequestInit::new();
        options.set_cache(RequestCache::NoStore);
        Self { address: token_url.to_owned(), headers: Headers::new(), options }
    }

    /// Sends it. A page may have replaced `fetch` and throw anything: that is an answer too, and no trap.
    pub async fn ask(self, signal: AbortSignal) -> Result<Json, Failure> {
        let Self { address, headers, options } = self;
        options.set_signal(Some(&signal));
        options.set_headers(&headers.into_raw());
        let request = Request::new_with_str_and_init(&address, &options).map_err(network)?;
        let answer = JsFuture::from(window().fetch_with_request(&request)).await.map_err(network)?;
        let answer: web_sys::Response = answer.dyn_into().map_err(network)?;
        let json = match answer.json() {
            Ok(reading) => JsFuture::from(reading).await.map(Json::new),
            Err(error) => Err(error),
        };
        let response = Response::from(answer);
        if response.ok() { json.map_err(network) } else { Err(failure(&response, json.ok().as_ref())) }
    }

    fn api(address: &[&str]) -> Self {
        let question = Self::token(&address.concat());
        question.options.set_credentials(RequestCredentials::Omit);
        question
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

fn network(_: JsValue) -> Failure {
    Failure::Network
}

/// Sorts a refusal by who must act: the problem's code first, the HTTP status where there is none.
fn failure(response: &Response, problem: Option<&Json>) -> Failure {
    let field = |name: &str| problem.and_then(|problem| problem.text(name));
    let support_id = field("requestId");
    let busy = |support_id| Failure::Busy { retry_after_millis: retry_after(response), support_id };
    match field("code").as_deref() {
        Some(code::ORDER_TOKEN_INVALID) => Failure::TokenStale { support_id },
        Some(code::ORDER_ALREADY_PAID) => {
            Failure::AlreadyPaid { session: field("session").as_deref().and_then(options::session) }
        }
        Some(code::IDEMPOTENCY_KEY_IN_USE | code::BANK_UNAVAILABLE | code::RATE_LIMITED) => busy(support_id),
        Some(code::IDEMPOTENCY_KEY_REUSED) => Failure::KeySpent { support_id },
        Some(code::BANK_REFUSED) => Failure::Refused { support_id },
        Some(code::NOT_FOUND) => Failure::NotFound,
        Some(_) | None => match response.status() {
            401 => Failure::TokenStale { support_id },
            404 => Failure::NotFound,
            408 | 425 | 429 | 500..=599 => busy(support_id),
            _ => Failure::Refused { support_id },
        },
    }
}

/// `Retry-After` in seconds; the form with a date is left to the usual back-off.
fn retry_after(response: &Response) -> Option<u64> {
    let seconds: i64 = response.headers().get("Retry-After")?.trim_ascii().parse().ok()?;
    u64::try_from(seconds).ok()?.checked_mul(1_000)
}
