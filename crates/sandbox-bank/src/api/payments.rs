//! Two lookups of one operation: by its id and by the merchant's request id.

use axum::Json;
use axum::body::Bytes;
use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::Response;
use serde_json::Value;

use super::body;
use super::call::InCall;
use crate::bank::faults::Call;
use crate::bank::operation::Operation;
use crate::bank::order::Order;
use crate::bank::refusal::{self, Refusal};
use crate::bank::{Bank, messages};
use crate::shared::Shared;

pub(crate) async fn by_id(
    State(shared): State<Shared>,
    headers: HeaderMap,
    raw: Bytes,
) -> Result<Response, Refusal> {
    find(&shared, &headers, &raw, "id", Bank::operation_called).await
}

/// The way back to a refund whose answer was lost.
pub(crate) async fn by_merchant_request_id(
    State(shared): State<Shared>,
    headers: HeaderMap,
    raw: Bytes,
) -> Result<Response, Refusal> {
    find(&shared, &headers, &raw, "merchantRequestId", Bank::operation_of_request).await
}

async fn find(
    shared: &Shared,
    headers: &HeaderMap,
    raw: &Bytes,
    field: &str,
    lookup: impl for<'a> Fn(&'a Bank, &str) -> Option<(&'a Order, &'a Operation)>,
) -> Result<Response, Refusal> {
    let body = body::json(raw)?;
    let id = body::text(&body, field).to_owned();
    let call = InCall::begin(shared, Call::Operations, vec![id.clone()], headers).await?;
    let session = call.session(headers)?;
    let answer: Value = shared.with(|bank| {
        let (order, operation) = lookup(bank, &id).ok_or_else(refusal::payment_operation_not_found)?;
        let owner = bank.merchant.by_merchant_id(&order.request.merchant_id);
        if owner.is_none_or(|terminal| terminal.service_code != session.service_code) {
            return Err(refusal::payment_operation_not_found());
        }
        Ok(messages::operation(order, operation, &bank.origin, &bank.merchant.name))
    })?;
    Ok(call.end(Json(answer), None))
}
