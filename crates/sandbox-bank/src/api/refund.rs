//! `payments/v3/refund`: both bodies are encrypted, errors are not.

use alliancepay::jwe;
use axum::Json;
use axum::body::Bytes;
use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::{IntoResponse as _, Response};
use serde_json::{Map, Value, json};

use super::body;
use super::call::InCall;
use crate::bank::faults::Call;
use crate::bank::refusal::{self, Refusal};
use crate::shared::Shared;

pub(crate) async fn handle(
    State(shared): State<Shared>,
    headers: HeaderMap,
    raw: Bytes,
) -> Result<Response, Refusal> {
    // The request is read first: a fault or counter needs the order it is about, whatever the token is worth.
    let key = shared.look(|bank| bank.tokens.key_of(super::call::header(&headers, "x-device_id")));
    let request = body::jwe(&raw).and_then(|compact| {
        let plain = key.as_ref().and_then(|key| jwe::decrypt(&compact, key).ok());
        let plain = plain.ok_or_else(refusal::not_decrypted)?;
        serde_json::from_slice::<Map<String, Value>>(&plain).map_err(|_| refusal::parse_json())
    });
    let ids = request.as_ref().map_or_else(|_| Vec::new(), |request| names(&shared, request));
    let call = InCall::begin(&shared, Call::Refund, ids, &headers).await?;
    let session = call.session(&headers)?;
    let request = request?;
    let response = match shared.with(|bank| bank.refund(&session.service_code, &request)) {
        Ok(answer) => seal(&shared, &session.service_code, &answer)?.into_response(),
        Err(refusal) => refusal.into_response(),
    };
    Ok(call.end(response, None))
}

/// The order's names and the refund's own.
fn names(shared: &Shared, request: &Map<String, Value>) -> Vec<String> {
    let own = body::text(request, "merchantRequestId").to_owned();
    shared.look(|bank| {
        let order = bank.operation_called(body::text(request, "operationId")).map(|(order, _)| order);
        let of_order = order.map(|it| [it.request.merchant_request_id.clone(), it.hpp_order_id.clone()]);
        of_order.into_iter().flatten().chain([own]).collect()
    })
}

fn seal(shared: &Shared, service_code: &str, answer: &Value) -> Result<Json<Value>, Refusal> {
    let key = shared.look(|bank| bank.merchant.by_service_code(service_code)?.public_key());
    let key = key.ok_or_else(refusal::unknown_error)?;
    let sealed = jwe::encrypt(answer.to_string().as_bytes(), &key).map_err(|_| refusal::unknown_error())?;
    Ok(Json(json!({"jwe": sealed})))
}
