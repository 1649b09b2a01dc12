//! The shop's server: it asks again until it gets an answer, always with the same key, as shops must.

use std::time::Duration;

use anyhow::{Context, bail};
use reqwest::{Client, RequestBuilder, StatusCode};
use serde_json::{Value, json};
use tokio::time::Instant;

use crate::settings::{SHOP_KEY, Settings};

/// Longer than the backend is ever away.
const PATIENCE: Duration = Duration::from_mins(1);

#[derive(Debug, Clone)]
pub(crate) struct Shop {
    backend: String,
    http: Client,
}

/// An answer that says something: not a broken connection, not "try again".
#[derive(Debug)]
pub(crate) struct Answer {
    pub(crate) status: StatusCode,
    pub(crate) body: Value,
}

impl Shop {
    pub(crate) fn new(settings: &Settings) -> Self {
        let http = Client::builder().timeout(Duration::from_secs(20)).build().unwrap_or_default();
        Self { backend: settings.backend.clone(), http }
    }

    /// Puts an order; returns its token.
    pub(crate) async fn put(&self, order: &str, minor: u64, currency: &str) -> anyhow::Result<String> {
        let body = json!({
            "amount": {"minor": minor, "currency": currency},
            "description": "Chaos",
            "lines": [{"id": "1", "name": "Thing", "quantity": 1, "unitMinor": minor}],
            "shippingMinor": 0,
            "customerId": "customer-1",
            "returnUrl": "http://127.0.0.1/thanks",
            "locale": "uk",
        });
        let answer = self
            .insist(|| self.http.put(self.url(&format!("/orders/{order}"))).bearer_auth(SHOP_KEY).json(&body))
            .await?;
        answer.body["orderToken"]
            .as_str()
            .map(str::to_owned)
            .with_context(|| format!("putting {order}: {} {}", answer.status, answer.body))
    }

    /// Opens a session as a buyer's page does.
    pub(crate) async fn open(&self, token: &str, key: &str, product: &str) -> anyhow::Result<Answer> {
        let body = json!({"product": product});
        self.insist(|| {
            let request = self.http.post(self.url("/payment-sessions")).bearer_auth(token);
            request.header("Idempotency-Key", key).json(&body)
        })
        .await
    }

    pub(crate) async fn session(&self, session: &str) -> anyhow::Result<Value> {
        let path = format!("/payment-sessions/{session}");
        Ok(self.insist(|| self.http.get(self.url(&path))).await?.body)
    }

    pub(crate) async fn refund(&self, order: &str, minor: u64, key: &str) -> anyhow::Result<Answer> {
        let body = json!({"amountMinor": minor, "reason": "chaos", "offline": false});
        self.insist(|| {
            let request = self.http.post(self.url(&format!("/orders/{order}/refunds"))).bearer_auth(SHOP_KEY);
            request.header("Idempotency-Key", key).json(&body)
        })
        .await
    }

    /// Imports a settlement file; returns how its rows stand.
    pub(crate) async fn import(&self, file: &str) -> anyhow::Result<Value> {
        let answer = self
            .insist(|| {
                let request = self.http.post(self.url("/settlements")).bearer_auth(SHOP_KEY);
                request.header("content-type", "application/xml").body(file.to_owned())
            })
            .await?;
        anyhow::ensure!(
            answer.status.is_success(),
            "importing a settlement file: {} {}",
            answer.status,
            answer.body
        );
        Ok(answer.body)
    }

    pub(crate) async fn order(&self, order: &str) -> anyhow::Result<Value> {
        self.get(&format!("/orders/{order}")).await
    }

    pub(crate) async fn webhooks(&self, order: &str) -> anyhow::Result<Value> {
        self.get(&format!("/webhooks?order={order}")).await
    }

    async fn get(&self, path: &str) -> anyhow::Result<Value> {
        let answer = self.insist(|| self.http.get(self.url(path)).bearer_auth(SHOP_KEY)).await?;
        anyhow::ensure!(answer.status.is_success(), "{path}: {} {}", answer.status, answer.body);
        Ok(answer.body)
    }

    fn url(&self, path: &str) -> String {
        format!("{}/v1{path}", self.backend)
    }

    /// Repeats the very same request until it is answered with something definite.
    async fn insist(&self, request: impl Fn() -> RequestBuilder) -> anyhow::Result<Answer> {
        let deadline = Instant::now() + PATIENCE;
        let mut last = String::new();
        while Instant::now() < deadline {
            match request().send().await {
                Ok(answer) => {
                    let status = answer.status();
                    let waits = answer.headers().contains_key("retry-after");
                    match answer.json().await {
                        Ok(body) if !is_busy(status, waits, &body) => return Ok(Answer { status, body }),
                        Ok(body) => last = format!("{status} {body}"),
                        Err(error) => last = error.to_string(),
                    }
                }
                Err(error) => last = error.to_string(),
            }
            tokio::time::sleep(Duration::from_millis(150)).await;
        }
        bail!("no definite answer within {PATIENCE:?}; the last was: {last}")
    }
}

/// Whether the same request may be answered otherwise soon. A refusal by the bank is a 502 that stays: the merchant must
/// act, and a buyer may begin another attempt, under another key.
fn is_busy(status: StatusCode, waits: bool, body: &Value) -> bool {
    (status.is_server_error() && body["code"] != "bank_refused")
        || status == StatusCode::TOO_MANY_REQUESTS
        || (status == StatusCode::CONFLICT && waits)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_refusal_by_the_bank_is_an_answer_and_a_bank_that_cannot_be_reached_is_none() {
        let busy = |status, code: &str| is_busy(status, false, &json!({"code": code}));
        assert!(!busy(StatusCode::BAD_GATEWAY, "bank_refused"));
        assert!(busy(StatusCode::BAD_GATEWAY, "bank_unavailable"));
        assert!(is_busy(StatusCode::CONFLICT, true, &Value::Null));
        assert!(!is_busy(StatusCode::CONFLICT, false, &Value::Null));
    }
}
