//! The merchant's calls. Signature and merchant are checked for all of them here; what is common to calls (counting,
//! faults, idempotence) is in `call`.

mod call;
mod payments;
mod refunds;
mod services;

use axum::Router;
use axum::extract::{Request, State};
use axum::middleware::{self, Next};
use axum::response::{IntoResponse as _, Response};
use axum::routing::{get, post};

use super::signature;
use super::trouble::Trouble;
use crate::shared::Shared;

pub(super) fn routes(shared: &Shared) -> Router<Shared> {
    Router::new()
        .route("/v1/{merchant}/services/testconnection", get(services::test_connection))
        .route("/v1/{merchant}/products", get(services::products))
        .route("/v1/{merchant}/products/{product}", get(services::product))
        .route("/v1/{merchant}/payments", get(payments::find).post(payments::create))
        .route("/v1/{merchant}/payments/{id}", get(payments::one))
        .route("/v1/{merchant}/payments/{id}/cancel", post(payments::cancel))
        .route("/v1/{merchant}/payments/{id}/refund", post(refunds::create))
        .route("/v1/{merchant}/payments/{id}/refunds", get(refunds::of_payment))
        .route("/v1/{merchant}/refunds", get(refunds::find))
        .route("/v1/{merchant}/refunds/{id}", get(refunds::one))
        .route("/v1/{merchant}/refunds/{id}/cancel", post(refunds::cancel))
        .route_layer(middleware::from_fn_with_state(shared.clone(), signed))
}

async fn signed(State(shared): State<Shared>, request: Request, next: Next) -> Response {
    let path_and_query =
        request.uri().path_and_query().map_or_else(|| request.uri().to_string(), ToString::to_string);
    let (account, now) = shared.look(|bank| (bank.aggregator.account.clone(), bank.clock.now()));
    if !signature::is_signed(&account, request.method(), &path_and_query, request.headers(), now) {
        return Trouble::signature().into_response();
    }
    let merchant = request.uri().path().split('/').nth(2);
    if merchant != Some(account.merchant_id.as_str()) {
        return Trouble::merchant().into_response();
    }
    next.run(request).await
}
