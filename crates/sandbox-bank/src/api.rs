//! The merchant's calls, each in its own file. What is common to all of them (counting, faults, the token) is in
//! `call`, how bodies are read in `body`, how errors look in `answer`.

pub(crate) mod answer;
mod authorize;
mod body;
mod call;
mod create_order;
mod operations;
mod payments;
mod refund;

use axum::Router;
use axum::routing::post;

use crate::shared::Shared;

pub(crate) fn routes() -> Router<Shared> {
    Router::new()
        .route("/api-gateway/authorize_virtual_device", post(authorize::handle))
        .route("/ecom/execute_request/hpp/v1/create-order", post(create_order::handle))
        .route("/ecom/execute_request/hpp/v1/operations", post(operations::handle))
        .route("/ecom/execute_request/payments/v1/operations", post(payments::by_id))
        .route(
            "/ecom/execute_request/payments/v1/operation/by_merchant_request_id",
            post(payments::by_merchant_request_id),
        )
        .route("/ecom/execute_request/payments/v3/refund", post(refund::handle))
        .layer(axum::middleware::from_fn(answer::with_request_id))
}
