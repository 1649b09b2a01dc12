//! The connection test and the product lookup.

use axum::Json;
use axum::extract::{Path, Query};
use axum::response::{IntoResponse as _, Response};
use serde::Deserialize;
use serde_json::{Value, json};

use super::call;
use crate::aggregator::products::{self, ALIPAY_PLUS};
use crate::aggregator::trouble::Trouble;

pub(super) async fn test_connection() -> Json<Value> {
    Json(json!({"result": "OK"}))
}

#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub(super) struct Wanted {
    country_code: String,
    currency_code: String,
    amount: Option<i64>,
}

pub(super) async fn product(
    Path((_, product)): Path<(String, String)>,
    Query(wanted): Query<Wanted>,
) -> Response {
    if product != ALIPAY_PLUS.to_string() {
        return Trouble::unknown("UNKNOWN_PRODUCT_ID").into_response();
    }
    match lookup(&wanted) {
        Ok(product) => call::json(200, product),
        Err(trouble) => trouble.into_response(),
    }
}

pub(super) async fn products(Query(wanted): Query<Wanted>) -> Json<Value> {
    let all: Vec<Value> = lookup(&wanted).into_iter().collect();
    Json(json!({"paymentProducts": all}))
}

fn lookup(wanted: &Wanted) -> Result<Value, Trouble> {
    products::lookup(&wanted.country_code, &wanted.currency_code, wanted.amount)
}
