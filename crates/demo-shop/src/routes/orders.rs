//! Placing an order and its pages. An order's pages open with its key only; without it there is no such page.

use axum::Json;
use axum::extract::rejection::FormRejection;
use axum::extract::{Form, Path, Query};
use axum::http::StatusCode;
use axum::http::header::CACHE_CONTROL;
use axum::response::{IntoResponse, Redirect, Response};
use checkout_api::{OrderToken, PutOrder};
use serde::Deserialize;

use super::Visit;
use crate::backend::{PutError, base};
use crate::catalogue::{self, BASKET};
use crate::order::{Method, Order};
use crate::text::words;
use crate::views;

/// What of the form the shop reads. The buyer's name and address are not even parsed.
#[derive(Deserialize)]
pub(super) struct Placing {
    method: Method,
}

#[derive(Deserialize)]
pub(super) struct Opening {
    #[serde(default)]
    key: String,
    alliancepay_session: Option<String>,
}

/// `POST /orders`
pub(super) async fn place(visit: Visit, form: Result<Form<Placing>, FormRejection>) -> Response {
    let Ok(Form(placing)) = form else {
        let refused = views::refused(&visit.preferences);
        return visit.show(StatusCode::UNPROCESSABLE_ENTITY, Some(&refused)).await;
    };
    let order =
        visit.shop.orders.place(placing.method, visit.preferences.language, visit.preferences.currency);
    let page = match placing.method {
        Method::AlliancePay => {
            // Should the backend be away now, the pay page says so and tries again: the order itself is safe.
            let _ = put(&visit, &order).await;
            "/pay"
        }
        Method::OnDelivery | Method::Transfer => "",
    };
    Redirect::to(&format!("/orders/{}{page}?key={}", order.number, order.key)).into_response()
}

/// `GET /orders/{order}`
pub(super) async fn placed(
    mut visit: Visit,
    Path(number): Path<String>,
    Query(opening): Query<Opening>,
) -> Response {
    let Some(order) = visit.shop.orders.open(&number, &opening.key) else { return visit.missing().await };
    visit.preferences.of_order(order.language);
    visit.show(StatusCode::OK, Some(&views::placed(&visit.preferences, &order))).await
}

/// `GET /orders/{order}/pay`
pub(super) async fn pay(
    mut visit: Visit,
    Path(number): Path<String>,
    Query(opening): Query<Opening>,
) -> Response {
    let Some(order) = visit.shop.orders.open(&number, &opening.key) else { return visit.missing().await };
    visit.preferences.of_order(order.language);
    let Ok(token) = put(&visit, &order).await else {
        let page = views::unavailable(&visit.preferences, &order);
        return visit.show(StatusCode::BAD_GATEWAY, Some(&page)).await;
    };
    let page = views::pay(&visit.shop.config, &visit.preferences, &order, &token);
    visit.show(StatusCode::OK, Some(&page)).await
}

/// `GET /orders/{order}/return`
pub(super) async fn returned(
    mut visit: Visit,
    Path(number): Path<String>,
    Query(opening): Query<Opening>,
) -> Response {
    let Some(order) = visit.shop.orders.open(&number, &opening.key) else { return visit.missing().await };
    visit.preferences.of_order(order.language);
    let session = opening.alliancepay_session.as_deref().filter(|text| looks_like_a_session(text));
    // Without the backend the page still shows what the address says; the widget asks for a token later.
    let token = put(&visit, &order).await.ok();
    let page = views::returned(&visit.shop.config, &visit.preferences, &order, session, token.as_ref());
    visit.show(StatusCode::OK, Some(&page)).await
}

/// `GET /orders/{order}/token`: a fresh token when the page's own has grown stale.
pub(super) async fn token(
    visit: Visit,
    Path(number): Path<String>,
    Query(opening): Query<Opening>,
) -> Response {
    let never_kept = [(CACHE_CONTROL, "no-store")];
    let Some(order) = visit.shop.orders.open(&number, &opening.key) else {
        return (StatusCode::NOT_FOUND, never_kept).into_response();
    };
    match put(&visit, &order).await {
        Ok(token) => (never_kept, Json(serde_json::json!({ "orderToken": token }))).into_response(),
        Err(_) => (StatusCode::BAD_GATEWAY, never_kept).into_response(),
    }
}

async fn put(visit: &Visit, order: &Order) -> Result<OrderToken, PutError> {
    let language = visit.preferences.language;
    let words = words(language);
    let shop = &visit.shop;
    let mut return_url = shop.config.public_url.clone();
    return_url.set_path(&format!("/orders/{}/return", order.number));
    return_url.set_query(Some(&format!("key={}", order.key)));
    let put = PutOrder {
        amount: catalogue::total(order.currency),
        description: Some(format!("{} {}", words.order, order.number)),
        lines: BASKET.iter().map(|product| product.line(words.product(product.id), order.currency)).collect(),
        shipping_minor: catalogue::shipping_minor(order.currency),
        // Guests buy here; the backend lets the order number stand in.
        customer_id: None,
        buyer_country: None,
        return_url: Some(return_url.into()),
        locale: Some(language.code().to_owned()),
        products: None,
    };
    let answer = shop.backend.put_order(&order.number, &put).await;
    if let Err(error) = &answer {
        let backend = base(&shop.config.backend);
        tracing::warn!(order = order.number, backend, %error, "the order could not be put at the backend");
    }
    answer
}

/// The session comes from the address bar: only what can be an id goes into a link.
fn looks_like_a_session(text: &str) -> bool {
    (1..=128).contains(&text.len())
        && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'_')
}
