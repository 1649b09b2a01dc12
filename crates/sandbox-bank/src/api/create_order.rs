//! `hpp/v1/create-order`.

use axum::Json;
use axum::body::Bytes;
use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::{IntoResponse as _, Response};

use super::body;
use super::call::InCall;
use crate::bank::faults::Call;
use crate::bank::refusal::Refusal;
use crate::shared::Shared;

pub(crate) async fn handle(
    State(shared): State<Shared>,
    headers: HeaderMap,
    raw: Bytes,
) -> Result<Response, Refusal> {
    let parsed = body::json(&raw);
    let request_id = parsed.as_ref().ok().map(|body| body::text(body, "merchantRequestId").to_owned());
    let ids = request_id.filter(|id| !id.is_empty()).into_iter().collect();
    let call = InCall::begin(&shared, Call::CreateOrder, ids, &headers).await?;
    let session = call.session(&headers)?;
    let body = parsed?;
    let answer = shared.with(|bank| bank.create_order(&session.service_code, &body));
    let hpp_order_id = answer.as_ref().ok().and_then(|order| order["hppOrderId"].as_str()).map(str::to_owned);
    let response = answer.map_or_else(Refusal::into_response, |order| Json(order).into_response());
    Ok(call.end(response, hpp_order_id.as_deref()))
}
