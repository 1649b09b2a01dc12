//! `/sandbox/*`: what a test may see and switch. Any origin may call it: the demo shop has a panel of faults.

use axum::extract::{Path, Query, State};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use axum::{Json, Router};
use jiff::SignedDuration;
use serde::Deserialize;
use serde_json::{Value, json};
use tower_http::cors::CorsLayer;

use crate::bank::Switches;
use crate::bank::cards::NO_FUNDS;
use crate::bank::faults::Fault;
use crate::bank::register;
use crate::shared::Shared;

pub(crate) fn routes() -> Router<Shared> {
    Router::new()
        .route("/sandbox/merchant", get(merchant))
        .route("/sandbox/orders", get(orders))
        .route("/sandbox/orders/{id}", get(order))
        .route("/sandbox/orders/{id}/complete", post(complete))
        .route("/sandbox/register", get(register))
        .route("/sandbox/faults", get(faults).post(set_fault).delete(clear_faults))
        .route("/sandbox/clock", get(clock).post(advance))
        .route("/sandbox/switches", get(switches).post(set_switches))
        .route("/sandbox/health", get(async || "ok"))
        .layer(CorsLayer::permissive())
}

async fn merchant(State(shared): State<Shared>) -> Response {
    let merchant = shared.look(|bank| bank.merchant.clone());
    let Some((first, rest)) = merchant.terminals.split_first() else {
        return problem(StatusCode::NOT_FOUND, "the sandbox has no terminal");
    };
    Json(json!({
        "merchantId": first.merchant_id,
        "serviceCode": first.service_code,
        "authenticationKey": first.authentication_key,
        "payType": first.pay_type,
        "name": merchant.name,
        "terminals": rest,
    }))
    .into_response()
}

async fn orders(State(shared): State<Shared>) -> Json<Value> {
    Json(shared.with(|bank| bank.truth()))
}

/// By hppOrderId or merchantRequestId.
async fn order(State(shared): State<Shared>, Path(id): Path<String>) -> Response {
    let found = shared
        .look(|bank| bank.orders.iter().find(|order| order.is_named(&id)).map(|it| bank.order_truth(it)));
    found.map_or_else(no_order, |order| Json(order).into_response())
}

#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
struct Complete {
    coin_amount: Option<u64>,
    status: Option<String>,
}

/// Finishes an order whatever its state: a late success, another sum, a second payment, a refusal.
async fn complete(State(shared): State<Shared>, Path(id): Path<String>, body: String) -> Response {
    let wish: Complete = if body.trim().is_empty() {
        Complete::default()
    } else {
        match serde_json::from_str(&body) {
            Ok(wish) => wish,
            Err(error) => {
                return problem(StatusCode::BAD_REQUEST, &format!("the body is not understood: {error}"));
            }
        }
    };
    let refusal = match wish.status.as_deref() {
        None | Some("SUCCESS") => None,
        Some("FAIL") => Some(NO_FUNDS),
        Some(_) => return problem(StatusCode::BAD_REQUEST, "status must be SUCCESS or FAIL"),
    };
    let done = shared.with(|bank| {
        let id = bank.complete(&id, wish.coin_amount, refusal)?;
        bank.order(&id).map(|order| bank.order_truth(order))
    });
    done.map_or_else(no_order, |order| Json(order).into_response())
}

/// The daily register as a file; the query holds the day and the switches.
async fn register(State(shared): State<Shared>, Query(wish): Query<register::Wish>) -> Response {
    let file = shared.with(|bank| bank.register(&wish));
    ([(header::CONTENT_TYPE, "text/csv; charset=utf-8")], file).into_response()
}

async fn faults(State(shared): State<Shared>) -> Json<Value> {
    Json(json!({"faults": shared.look(|bank| bank.faults.all().to_vec())}))
}

async fn set_fault(State(shared): State<Shared>, body: String) -> Response {
    let fault: Fault = match serde_json::from_str(&body) {
        Ok(fault) => fault,
        Err(error) => {
            return problem(StatusCode::BAD_REQUEST, &format!("the fault is not understood: {error}"));
        }
    };
    let Some(fault) = fault.normalised() else {
        return problem(StatusCode::BAD_REQUEST, "this kind of fault has no meaning for this call");
    };
    shared.with(|bank| bank.faults.set(fault.clone()));
    (StatusCode::CREATED, Json(fault)).into_response()
}

async fn clear_faults(State(shared): State<Shared>) -> StatusCode {
    shared.with(|bank| bank.faults.clear());
    StatusCode::NO_CONTENT
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Advance {
    advance_ms: u32,
}

async fn clock(State(shared): State<Shared>) -> Json<Value> {
    Json(json!({"now": shared.look(|bank| bank.clock.now().to_string())}))
}

async fn advance(State(shared): State<Shared>, body: String) -> Response {
    let Ok(Advance { advance_ms }) = serde_json::from_str(&body) else {
        return problem(StatusCode::BAD_REQUEST, "the body must be {\"advanceMs\": milliseconds}, 0 or more");
    };
    let now = shared.with(|bank| {
        bank.clock.advance(SignedDuration::from_millis(i64::from(advance_ms)));
        bank.clock.now().to_string()
    });
    Json(json!({"now": now})).into_response()
}

async fn switches(State(shared): State<Shared>) -> Json<Switches> {
    Json(shared.look(|bank| bank.switches))
}

/// Sets what the body names and leaves the rest.
async fn set_switches(State(shared): State<Shared>, Json(wanted): Json<Value>) -> Response {
    let set = shared.with(|bank| {
        let mut all = serde_json::to_value(bank.switches).ok()?;
        let (all_fields, wanted) = (all.as_object_mut()?, wanted.as_object()?);
        if !wanted.keys().all(|name| all_fields.contains_key(name)) {
            return None;
        }
        all_fields.extend(wanted.clone());
        bank.switches = serde_json::from_value(all).ok()?;
        Some(bank.switches)
    });
    set.map_or_else(
        || {
            problem(
                StatusCode::BAD_REQUEST,
                "switches are tokenGrace, cancelExpired, retryAfterDecline: true or false",
            )
        },
        |switches| Json(switches).into_response(),
    )
}

fn no_order() -> Response {
    problem(StatusCode::NOT_FOUND, "the bank has no order of this hppOrderId or merchantRequestId")
}

fn problem(status: StatusCode, detail: &str) -> Response {
    (status, Json(json!({"status": status.as_u16(), "detail": detail}))).into_response()
}
