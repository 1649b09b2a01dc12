//! `POST /webhook`: the backend says that an order changed. Nothing is read before the signature is checked.

use std::sync::Arc;
use std::time::{SystemTime, UNIX_EPOCH};

use axum::body::Bytes;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use checkout_api::OrderWebhook;

use crate::Shop;
use crate::order::Payment;

const SIGNATURE: &str = "AlliancePay-Signature";
const ORDER_UPDATED: &str = "order.updated";

pub(super) async fn hear(State(shop): State<Arc<Shop>>, headers: HeaderMap, body: Bytes) -> StatusCode {
    let Some(secret) = &shop.config.webhook_secret else { return StatusCode::NOT_FOUND };
    let signature = headers.get(SIGNATURE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let since_1970 = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    let now = i64::try_from(since_1970.as_secs()).unwrap_or(i64::MAX);
    if !secret.signed(signature, &body, now) {
        tracing::warn!("a webhook without the backend's signature was refused");
        return StatusCode::UNAUTHORIZED;
    }
    match serde_json::from_slice::<OrderWebhook>(&body) {
        Ok(webhook) if webhook.kind == ORDER_UPDATED => {
            let order = webhook.order;
            let payment = Payment {
                revision: order.revision,
                state: order.state,
                needs_a_person: !order.anomalies.is_empty(),
            };
            tracing::info!(
                order = order.order.as_str(),
                revision = order.revision,
                "the backend told of an order"
            );
            shop.orders.told(order.order.as_str(), payment);
            StatusCode::NO_CONTENT
        }
        // A kind of a newer backend is taken and left alone: sending it again would not help.
        Ok(_) => StatusCode::NO_CONTENT,
        Err(error) => {
            tracing::warn!(%error, "a webhook of the backend cannot be read");
            StatusCode::BAD_REQUEST
        }
    }
}
