//! `hpp/v1/operations`: an order with all its operations.

use axum::Json;
use axum::body::Bytes;
use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::Response;

use super::body;
use super::call::InCall;
use crate::bank::faults::{Call, Kind};
use crate::bank::messages;
use crate::bank::refusal::{self, Refusal};
use crate::shared::Shared;

pub(crate) async fn handle(
    State(shared): State<Shared>,
    headers: HeaderMap,
    raw: Bytes,
) -> Result<Response, Refusal> {
    let parsed = body::json(&raw);
    let id = parsed.as_ref().map(|body| body::text(body, "hppOrderId").to_owned()).unwrap_or_default();
    let request_id =
        shared.look(|bank| bank.order(&id).map(|order| order.request.merchant_request_id.clone()));
    let ids = [Some(id.clone()), request_id].into_iter().flatten().collect();
    let call = InCall::begin(&shared, Call::Operations, ids, &headers).await?;
    let session = call.session(&headers)?;
    parsed?;
    let answer = shared.with(|bank| {
        let order = bank.order(&id).ok_or_else(refusal::order_not_found)?;
        let owner = bank.merchant.by_merchant_id(&order.request.merchant_id);
        if owner.is_none_or(|terminal| terminal.service_code != session.service_code) {
            return Err(refusal::order_not_found());
        }
        Ok(messages::operations(order, &bank.origin, &bank.merchant.name))
    })?;
    if call.take(Kind::Expired).is_some() {
        return Err(refusal::order_expired());
    }
    let answer = if call.take(Kind::Pending).is_some() { messages::still_pending(answer) } else { answer };
    Ok(call.end(Json(answer), None))
}
