//! `GET /v1/checkout`: what a page with an order token may know of its order.

use axum::Json;
use axum::extract::State;
use axum::http::HeaderMap;
use checkout_api::Checkout;
use jiff::Timestamp;

use super::App;
use crate::error::ApiError;
use crate::http::bearer;
use crate::sessions::rfc3339;

/// What may be paid
///
/// What the page of an order token may know of its order: the amount it will charge, the ways to pay, the latest attempt.
#[utoipa::path(
    get,
    path = "/v1/checkout",
    tag = "Paying",
    responses((status = 200, description = "The order of the token", body = Checkout)),
    security(("orderToken" = [])),
    extensions(("x-problems" = json!(["not_found"])))
)]
pub(super) async fn checkout(State(app): State<App>, headers: HeaderMap) -> Result<Json<Checkout>, ApiError> {
    let payer = app.payer(bearer(&headers)).await?;
    let view = app.store.checkout(payer.order, Timestamp::now()).await?;
    let view = view.ok_or_else(|| ApiError::not_found("order"))?;
    let takes = |product| app.provider.takes(product, view.amount, view.buyer_country);
    Ok(Json(Checkout {
        order: view.order,
        amount: view.amount,
        description: view.description,
        products: view.products.into_iter().filter(|product| takes(*product)).map(Into::into).collect(),
        session: view.session,
        state: view.state.map(Into::into),
        can_retry: view.can_retry,
        order_token_expires_at: rfc3339(payer.expires_at),
    }))
}
