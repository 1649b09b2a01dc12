//! Calls to the merchant backend. Every reply becomes one answer or one [`Failure`]; nothing is retried here.

use checkout_api::{
    Checkout, IdempotencyKey, OpenSession, OrderToken, PaymentSession, Revision, SessionId, code,
};
use checkout_core::Failure;
use gloo_net::http::{Method, Request, RequestBuilder, Response};
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::JsFuture;
use web_sys::{AbortController, AbortSignal, RequestCache, RequestCredentials};

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

/// `GET /v1/checkout`.
pub async fn fetch_order(
    backend: &str,
    token: &OrderToken,
    signal: &AbortSignal,
) -> Result<Checkout, Failure> {
    let request =
        api(Method::GET, &[backend, "/v1/checkout"], signal).header("Authorization", &bearer(token));
    send(request, None).await?.checkout().ok_or(Failure::Network)
}

/// `POST /v1/payment-sessions`.
pub async fn open_session(
    backend: &str,
    token: &OrderToken,
    key: &IdempotencyKey,
    body: &OpenSession,
    signal: &AbortSignal,
) -> Result<PaymentSession, Failure> {
    let request = api(Method::POST, &[backend, "/v1/payment-sessions"], signal)
        .header("Authorization", &bearer(token))
        .header("Idempotency-Key", key.as_str())
        .header("Content-Type", "application/json");
    send(request, Some(wire::open_session(body))).await?.payment_session().ok_or(Failure::Network)
}

/// `GET /v1/payment-sessions/{session}`; without a header of ours, so that browsers ask no permission first.
pub async fn fetch_status(
    backend: &str,
    session: &SessionId,
    after: Option<Revision>,
    wait_seconds: u32,
    signal: &AbortSignal,
) -> Result<PaymentSession, Failure> {
    let wait = wait_seconds.to_string();
    let after = after.map(|revision| ["&after=", &revision.0.to_string()].concat()).unwrap_or_default();
    let address = [backend, "/v1/payment-sessions/", session.as_str(), "?wait=", &wait, &after];
    send(api(Method::GET, &address, signal), None).await?.payment_session().ok_or(Failure::Network)
}

/// `GET token-url` on the shop's own origin, with the shop's own cookies.
pub async fn fetch_token(token_url: &str, signal: &AbortSignal) -> Result<OrderToken, Failure> {
    let request = RequestBuilder::new(token_url).cache(RequestCache::NoStore).abort_signal(Some(signal));
    let answer = send(request, None).await?;
    answer.text("orderToken").filter(|token| !token.is_empty()).map(OrderToken::new).ok_or(Failure::Network)
}

fn api(method: Method, address: &[&str], signal: &AbortSignal) -> RequestBuilder {
    RequestBuilder::new(&address.concat())
        .method(method)
        .credentials(RequestCredentials::Omit)
        .cache(RequestCache::NoStore)
        .abort_signal(Some(signal))
}

fn bearer(token: &OrderToken) -> String {
    ["Bearer ", token.reveal()].concat()
}

/// Not `Request::send`: that one traps when the page has replaced `fetch` and throws something that is no `Error`.
async fn send(request: RequestBuilder, body: Option<String>) -> Result<Json, Failure> {
    let request = match body {
        Some(body) => request.body(body),
        None => request.build(),
    };
    let request: Request = request.map_err(|_| Failure::Network)?;
    let answer = JsFuture::from(window().fetch_with_request(&request.into())).await;
    let raw: web_sys::Response = answer.ok().and_then(|raw| raw.dyn_into().ok()).ok_or(Failure::Network)?;
    let response = Response::from(raw);
    let json = match response.text().await {
        Ok(text) => Json::parse(&text),
        Err(_) => None,
    };
    if response.ok() { json.ok_or(Failure::Network) } else { Err(failure(&response, json.as_ref())) }
}

/// Sorts a refusal by who must act: the problem's code first, the HTTP status where there is none.
fn failure(response: &Response, problem: Option<&Json>) -> Failure {
    let field = |name: &str| problem.and_then(|problem| problem.text(name));
    let support_id = field("requestId");
    let retry_after_millis = retry_after(response);
    match field("code").as_deref() {
        Some(code::ORDER_TOKEN_INVALID) => Failure::TokenStale { support_id },
        Some(code::ORDER_ALREADY_PAID) => {
            Failure::AlreadyPaid { session: field("session").as_deref().and_then(options::session) }
        }
        Some(code::IDEMPOTENCY_KEY_IN_USE | code::BANK_UNAVAILABLE | code::RATE_LIMITED) => {
            Failure::Busy { retry_after_millis, support_id }
        }
        Some(code::IDEMPOTENCY_KEY_REUSED) => Failure::KeySpent { support_id },
        Some(code::BANK_REFUSED) => Failure::Refused { support_id },
        Some(code::NOT_FOUND) => Failure::NotFound,
        Some(_) | None => match response.status() {
            401 => Failure::TokenStale { support_id },
            404 => Failure::NotFound,
            408 | 425 | 429 | 500..=599 => Failure::Busy { retry_after_millis, support_id },
            _ => Failure::Refused { support_id },
        },
    }
}

/// `Retry-After` in seconds; the form with a date is left to the usual back-off.
fn retry_after(response: &Response) -> Option<u64> {
    let seconds: u64 = response.headers().get("Retry-After")?.trim().parse().ok()?;
    seconds.checked_mul(1_000)
}
