//! `/sandbox/aggregator*`: what a test may see and do that no merchant can. The clock and the faults are the bank's
//! own, under `/sandbox/clock` and `/sandbox/faults`.

use std::time::Duration;

use axum::extract::{Path, Query, State};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse as _, Response};
use axum::routing::{get, post};
use axum::{Json, Router};
use serde::Deserialize;
use serde_json::{Value, json};
use tower_http::cors::CorsLayer;

use super::Endpoint;
use super::payment::Status;
use crate::shared::Shared;

const CHALLENGE: &str = "X-GCS-Webhooks-Endpoint-Verification";
const CHALLENGE_TIMEOUT: Duration = Duration::from_secs(5);

pub(super) fn routes() -> Router<Shared> {
    Router::new()
        .route("/sandbox/aggregator", get(account))
        .route("/sandbox/aggregator/webhook", post(set_webhook))
        .route("/sandbox/aggregator/payments", get(payments))
        .route("/sandbox/aggregator/payments/{id}", get(payment))
        .route("/sandbox/aggregator/payments/{id}/become", post(becoming))
        .route("/sandbox/aggregator/wx", get(settlement))
        .layer(CorsLayer::permissive())
}

async fn account(State(shared): State<Shared>) -> Response {
    let (account, endpoint) =
        shared.look(|bank| (bank.aggregator.account.clone(), bank.aggregator.endpoint.clone()));
    let Ok(mut shown) = serde_json::to_value(account) else {
        return problem(StatusCode::INTERNAL_SERVER_ERROR, "the account cannot be shown");
    };
    shown["webhookUrl"] = json!(endpoint.url);
    shown["allEvents"] = json!(endpoint.all);
    Json(shown).into_response()
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Wanted {
    url: Option<String>,
    #[serde(default)]
    all_events: bool,
}

/// What the Configuration Center does: the endpoint is taken only after it has answered the challenge.
async fn set_webhook(State(shared): State<Shared>, body: String) -> Response {
    let Ok(wanted) = serde_json::from_str::<Wanted>(&body) else {
        return problem(
            StatusCode::BAD_REQUEST,
            "the body must be {\"url\": URL or null, \"allEvents\"?: bool}",
        );
    };
    if let Some(url) = &wanted.url
        && !answers_the_challenge(url).await
    {
        return problem(StatusCode::CONFLICT, "the endpoint does not answer GET with the challenge's value");
    }
    shared.with(|bank| {
        bank.aggregator.endpoint = Endpoint { url: wanted.url.clone(), all: wanted.all_events };
    });
    Json(json!({"webhookUrl": wanted.url, "allEvents": wanted.all_events})).into_response()
}

async fn answers_the_challenge(url: &str) -> bool {
    let challenge = uuid::Uuid::new_v4().to_string();
    let client = reqwest::Client::builder().timeout(CHALLENGE_TIMEOUT).no_proxy().build();
    let Ok(client) = client else { return false };
    let Ok(answer) = client.get(url).header(CHALLENGE, &challenge).send().await else { return false };
    answer.status() == 200 && answer.text().await.is_ok_and(|text| text == challenge)
}

async fn payments(State(shared): State<Shared>) -> Json<Value> {
    Json(shared.with(|bank| bank.aggregator_truth()))
}

async fn payment(State(shared): State<Shared>, Path(id): Path<String>) -> Response {
    let found = shared.with(|bank| bank.aggregator.payment(&id).map(|one| bank.payment_truth(one)));
    found.map_or_else(no_payment, |one| Json(one).into_response())
}

/// Moves a payment at once where its moves allow it: a late success, a cancellation, a dispute, a collection in parts.
async fn becoming(State(shared): State<Shared>, Path(id): Path<String>, body: String) -> Response {
    let wanted = serde_json::from_str::<Value>(&body).unwrap_or_default();
    let word = wanted.get("status").and_then(Value::as_str).unwrap_or("CAPTURED");
    let Some(status) = Status::ALL.into_iter().find(|status| status.word() == word) else {
        return problem(StatusCode::BAD_REQUEST, "the status is none of a payment's");
    };
    let part = wanted.get("amountPaid").and_then(Value::as_i64);
    if part.is_some() && status != Status::Paid {
        return problem(StatusCode::BAD_REQUEST, "only what becomes PAID has an amountPaid");
    }
    let done = shared.with(|bank| {
        let id = bank.aggregator.payment(&id)?.id.clone();
        let now = bank.clock.now();
        let moved = match part {
            Some(sum) => bank.collect(&id, sum, now),
            None => bank.become_status(&id, status, now),
        };
        bank.aggregator.payment(&id).map(|one| (moved, bank.payment_truth(one)))
    });
    match done {
        None => no_payment(),
        Some((false, _)) => problem(StatusCode::CONFLICT, "the payment cannot become that now"),
        Some((true, one)) => Json(one).into_response(),
    }
}

#[derive(Debug, Deserialize)]
struct Day {
    date: Option<String>,
}

async fn settlement(State(shared): State<Shared>, Query(day): Query<Day>) -> Response {
    let day = day.date.as_deref();
    let (file, name) = shared.with(|bank| (bank.wx_file(day), bank.wx_name(day)));
    let named = format!("attachment; filename=\"{name}\"");
    ([(header::CONTENT_TYPE, "application/xml".to_owned()), (header::CONTENT_DISPOSITION, named)], file)
        .into_response()
}

fn no_payment() -> Response {
    problem(StatusCode::NOT_FOUND, "the aggregator has no payment of this id or merchantReference")
}

fn problem(status: StatusCode, detail: &str) -> Response {
    (status, Json(json!({"status": status.as_u16(), "detail": detail}))).into_response()
}
