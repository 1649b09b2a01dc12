//! Payment sessions, for the buyer's page: open one, ask how it stands.

use std::time::Duration;

use axum::Json;
use axum::extract::rejection::QueryRejection;
use axum::extract::{Path, Query, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use checkout_api::{OpenSession, PaymentSession, SessionId};
use jiff::Timestamp;
use serde::Deserialize;
use tokio::time::{Instant, timeout_at};
use utoipa::IntoParams;

use super::App;
use crate::error::ApiError;
use crate::http::{JsonBody, bearer, idempotency_key};
use crate::payments::idempotency::{KeyedBody, body_hash};
use crate::payments::opening::Wish;
use crate::payments::product::Product;
use crate::sessions::on_the_wire;
use crate::store::records::SessionView;

const LONGEST_LOCALE: usize = 35;
const LONGEST_WAIT: u64 = 25;

/// Open a payment session
///
/// One attempt to pay the token's order. Where one lives already, that one is answered. The amount is the stored
/// order's; go to `page` by a top-level redirect.
#[utoipa::path(
    post,
    path = "/v1/payment-sessions",
    tag = "Paying",
    params(
        ("Idempotency-Key" = String, Header, description = "Names this attempt: a repeat of it, not a second one", min_length = 1, max_length = 255, pattern = "^[!-~]+$", example = "k-19c2")
    ),
    request_body = OpenSession,
    responses(
        (status = 201, description = "A new attempt", body = PaymentSession),
        (status = 200, description = "The attempt of this key, or the one that lives", body = PaymentSession)
    ),
    security(("orderToken" = [])),
    extensions(("x-problems" = json!(["not_found", "order_already_paid", "idempotency_key_reused", "idempotency_key_in_use", "product_not_offered", "bank_refused", "bank_unavailable"])))
)]
pub(super) async fn open(
    State(app): State<App>,
    headers: HeaderMap,
    JsonBody(body): JsonBody<OpenSession>,
) -> Result<Response, ApiError> {
    let payer = app.payer(bearer(&headers)).await?;
    let key = idempotency_key(&headers)?;
    let product = product(body.product.as_ref().map(checkout_api::Product::as_str))?;
    let locale = locale(body.locale.as_deref());
    let body_hash = body_hash(product, locale.as_deref());
    let keyed = Some(KeyedBody { key, body_hash });
    let opened = app.opening.open(Wish { order: payer.order, keyed, product, locale }).await?;
    let status = if opened.new { StatusCode::CREATED } else { StatusCode::OK };
    Ok((status, Json(on_the_wire(opened.session))).into_response())
}

/// What a page that waits sends along; anything unreadable counts as absent, so that a page never gets stuck.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[serde(default)]
#[into_params(parameter_in = Query)]
pub(super) struct StatusQuery {
    /// The revision already known
    #[param(required = false, value_type = u64)]
    after: Option<u64>,
    /// With `after`: wait so many seconds for a newer one, 25 at most
    #[param(required = false, value_type = u64)]
    wait: Option<u64>,
}

/// How a payment stands
///
/// Reads the ledger and never asks the bank. With `after` and `wait` it answers as soon as there is a newer revision, or
/// when the time is up. Whoever has the session's id may read it; there is nothing personal in the answer.
#[utoipa::path(
    get,
    path = "/v1/payment-sessions/{session}",
    tag = "Paying",
    params(
        ("session" = String, Path, description = "The session's id", example = "ps_0a1b2c"),
        StatusQuery,
    ),
    responses((status = 200, description = "The session", body = PaymentSession)),
    extensions(("x-problems" = json!(["not_found", "rate_limited"])))
)]
pub(super) async fn status(
    State(app): State<App>,
    Path(session): Path<String>,
    query: Result<Query<StatusQuery>, QueryRejection>,
) -> Result<Json<PaymentSession>, ApiError> {
    let Query(query) = query.unwrap_or_default();
    let session = SessionId::new(session);
    let view = read(&app, &session).await?;
    let seconds = query.wait.unwrap_or(0).min(LONGEST_WAIT);
    match query.after {
        Some(after) if seconds > 0 && is_waiting(&view, after) => {
            let view = wait(app, &session, &view, after, Duration::from_secs(seconds)).await?;
            Ok(Json(on_the_wire(view)))
        }
        Some(_) | None => Ok(Json(on_the_wire(view))),
    }
}

/// Reads until there is news, the time is up, the page's time runs out or the server stops.
async fn wait(
    app: App,
    session: &SessionId,
    view: &SessionView,
    after: u64,
    longest: Duration,
) -> Result<SessionView, ApiError> {
    let mut stop = app.stop.clone();
    let mut waiter = app.waiting.join(view.order_id);
    // At expiry nothing is written, but what the page may do changes.
    let left = view.expires_at.duration_since(Timestamp::now());
    let until_expiry = Duration::try_from(left).ok().filter(|left| !left.is_zero());
    let deadline = Instant::now() + until_expiry.map_or(longest, |left| left.min(longest));
    loop {
        let view = read(&app, session).await?;
        if !is_waiting(&view, after) || *stop.borrow() {
            return Ok(view);
        }
        let woken = async {
            tokio::select! {
                () = waiter.news() => {}
                _ = stop.changed() => {}
            }
        };
        if timeout_at(deadline, woken).await.is_err() {
            return read(&app, session).await;
        }
    }
}

fn is_waiting(view: &SessionView, after: u64) -> bool {
    view.revision <= after && !view.state.is_final()
}

pub(super) async fn read(app: &App, session: &SessionId) -> Result<SessionView, ApiError> {
    let view = app.store.session(session.clone(), Timestamp::now()).await?;
    view.ok_or_else(|| ApiError::not_found("payment session"))
}

/// The product of a word; words of other products are refused by name.
pub(super) fn product(word: Option<&str>) -> Result<Option<Product>, ApiError> {
    match word {
        None | Some("") => Ok(None),
        Some(word) => Product::from_word(word).map(Some).ok_or_else(|| {
            ApiError::product(format!("`{word}` is not offered: use `card`, `a2a` or `alipayplus`."))
        }),
    }
}

/// A language tag such as `uk` or `en-GB`; anything else counts as absent: it must not stop a payment.
pub(super) fn locale(tag: Option<&str>) -> Option<String> {
    let tag = tag?;
    let language = tag.split(['-', '_']).next()?.to_ascii_lowercase();
    let fits = (2..=3).contains(&language.len()) && language.chars().all(|c| c.is_ascii_lowercase());
    (fits && tag.len() <= LONGEST_LOCALE).then_some(language)
}
