//! An order with lines and shipping, sold without a buyer's browser: the shop puts it, a session is opened, the bank
//! completes it. What the journeys of the console begin with.

use std::path::PathBuf;

use anyhow::{Context, ensure};
use serde_json::{Value, json};

use super::ledger::{Attempt, Ledger};
use super::{Place, World};

/// Two books of ₴459.00, a mug of ₴90.90, shipping of ₴81.00.
pub(crate) const TOTAL: i64 = 108_990;

impl World {
    /// Puts the order; returns its token.
    pub(crate) async fn puts_books(&self, order: &str) -> anyhow::Result<String> {
        self.puts(order, &json!({})).await
    }

    /// The same with some of it otherwise.
    pub(crate) async fn puts(&self, order: &str, otherwise: &Value) -> anyhow::Result<String> {
        let mut body = json!({
            "amount": {"minor": TOTAL, "currency": "UAH"},
            "description": "Two books and a mug",
            "lines": [
                {"id": "book", "name": "Book", "quantity": 2, "unitMinor": 45_900},
                {"id": "mug", "name": "Mug", "quantity": 1, "unitMinor": 9_090},
            ],
            "shippingMinor": 8_100,
            "locale": "en",
        });
        for (name, value) in otherwise.as_object().into_iter().flatten() {
            body[name.as_str()] = value.clone();
        }
        let address = format!("{}/v1/orders/{order}", self.at.backend);
        let answer = self.shop(reqwest::Method::PUT, &address, &body).await?;
        Ok(answer["orderToken"].as_str().unwrap_or_default().to_owned())
    }

    /// A buyer opens the bank's page, and is not back yet.
    pub(crate) async fn begins_to_pay(&self, order: &str, token: &str) -> anyhow::Result<Attempt> {
        self.opens_a_session(order, token, 1).await?;
        self.ledger.only_attempt(order)
    }

    /// The buyer's `number`th try; returns the newest attempt.
    pub(crate) async fn opens_a_session(
        &self,
        order: &str,
        token: &str,
        number: u32,
    ) -> anyhow::Result<Attempt> {
        let answer = self
            .ledger
            .http
            .post(format!("{}/v1/payment-sessions", self.at.backend))
            .bearer_auth(token)
            .header("Idempotency-Key", format!("key-{number}-of-{order}"))
            .json(&json!({"product": "card"}))
            .send()
            .await?;
        ensure!(answer.status().is_success(), "no session: {}", answer.text().await?);
        self.ledger.attempts(order)?.pop().context("an attempt")
    }

    /// Sold and captured.
    pub(crate) async fn sells_books(&self, order: &str) -> anyhow::Result<Attempt> {
        self.sells(order, &json!({})).await
    }

    /// The same with some of it otherwise.
    pub(crate) async fn sells(&self, order: &str, otherwise: &Value) -> anyhow::Result<Attempt> {
        let token = self.puts(order, otherwise).await?;
        let attempt = self.begins_to_pay(order, &token).await?;
        self.bank.completes(&attempt.merchant_request_id).await?;
        self.ledger.waits_for(order, "CAPTURED").await
    }

    /// What the shop's server fetches for a view in its own admin.
    pub(crate) async fn console_token(&self, scope: &str, role: &str) -> anyhow::Result<String> {
        self.ledger.console_token(scope, role, 600).await
    }

    /// What that admin's page loads.
    pub(crate) fn console_elements(&self) -> String {
        format!("<script type=module src='{}/console/elements.js'></script>", self.at.backend)
    }

    /// Keeps a text as a file, for a browser's file field.
    pub(crate) fn keeps_a_file(&self, name: &str, text: &str) -> anyhow::Result<PathBuf> {
        let file = self.folder().join(name);
        std::fs::write(&file, text)?;
        Ok(file)
    }

    /// The shop's server sends something with its key.
    pub(crate) async fn shop(
        &self,
        method: reqwest::Method,
        address: &str,
        body: &Value,
    ) -> anyhow::Result<Value> {
        let request = self.ledger.http.request(method, address).bearer_auth(&self.ledger.shop_key);
        let answer = request.json(body).send().await?;
        let (status, text) = (answer.status(), answer.text().await?);
        ensure!(status.is_success(), "{address} answers {status}: {text}");
        Ok(serde_json::from_str(&text)?)
    }
}

impl Ledger {
    /// A console token that lives so many seconds.
    pub(crate) async fn console_token(
        &self,
        scope: &str,
        role: &str,
        seconds: u32,
    ) -> anyhow::Result<String> {
        let body = json!({
            "scope": scope, "role": role, "actor": "olena of the shop's admin", "ttlSeconds": seconds,
        });
        let address = format!("{}/v1/console-tokens", self.backend);
        let answer = self.http.post(address).bearer_auth(&self.shop_key).json(&body).send().await?;
        let answer: Value = answer.error_for_status()?.json().await?;
        Ok(answer["token"].as_str().context("a token")?.to_owned())
    }

    /// Every row of every register: its fingerprint, how it stands, its sum. From the file.
    pub(crate) fn settlement_rows(&self) -> anyhow::Result<Vec<(String, String, Option<i64>)>> {
        let sql = "SELECT quote(fingerprint), kind, net_minor FROM settlement_rows ORDER BY id";
        self.look(sql, [], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))
    }
}
