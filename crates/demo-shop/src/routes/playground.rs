//! `POST /playground/orders`: an order of any sum for the documentation's playground, which is the backend's page.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use checkout_api::{OrderLine, PutOrder};
use money::Amount;
use serde::Deserialize;
use serde_json::json;

use crate::Shop;

/// What the playground wishes for.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Wish {
    #[serde(flatten)]
    amount: Amount,
    locale: String,
    return_url: String,
}

/// The backend decides whether such an order can be: its answer is passed on.
pub(super) async fn order(State(shop): State<Arc<Shop>>, Json(wish): Json<Wish>) -> Response {
    let number = crate::order::new_number();
    let line = OrderLine {
        id: "1".to_owned(),
        name: "Playground".to_owned(),
        quantity: 1,
        unit_minor: wish.amount.minor(),
    };
    let put = PutOrder {
        amount: wish.amount,
        description: Some(format!("Playground {number}")),
        lines: vec![line],
        shipping_minor: 0,
        customer_id: None,
        buyer_country: None,
        return_url: Some(wish.return_url),
        locale: Some(wish.locale),
        products: None,
    };
    match shop.backend.put_order(&number, &put).await {
        Ok(token) => Json(json!({"order": number, "orderToken": token})).into_response(),
        Err(error) => {
            tracing::warn!(order = number, %error, "the playground's order could not be put");
            (StatusCode::BAD_GATEWAY, Json(json!({"detail": error.to_string()}))).into_response()
        }
    }
}
