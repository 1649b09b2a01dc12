//! Orders put before the clock starts.

use anyhow::Context;
use serde_json::{Value, json};

use super::stage::{SHOP_KEY, Stage};

/// Puts orders and returns the token of each.
pub(super) async fn put_orders(stage: &Stage, prefix: &str, count: usize) -> anyhow::Result<Vec<String>> {
    let http = reqwest::Client::new();
    let mut tokens = Vec::with_capacity(count);
    for number in 0..count {
        let body = json!({
            "amount": {"minor": 10_000, "currency": "UAH"},
            "description": "Bench",
            "lines": [{"id": "1", "name": "Thing", "quantity": 1, "unitMinor": 10_000}],
            "shippingMinor": 0,
            "returnUrl": "http://127.0.0.1/thanks",
        });
        let url = format!("{}/v1/orders/{prefix}-{number}", stage.backend);
        let answer: Value =
            http.put(url).bearer_auth(SHOP_KEY).json(&body).send().await?.error_for_status()?.json().await?;
        tokens.push(answer["orderToken"].as_str().context("an order without token")?.to_owned());
    }
    Ok(tokens)
}
