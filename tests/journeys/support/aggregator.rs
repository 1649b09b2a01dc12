//! The aggregator's truth, and what happens at Alipay+ where no buyer of ours can look. It shares the bank's address, faults
//! and clock.

use anyhow::{Context, ensure};
use serde_json::{Value, json};

/// The sandbox's aggregator, as the person at its switches sees it.
#[derive(Debug, Clone)]
pub(crate) struct Aggregator {
    address: String,
    http: reqwest::Client,
}

impl Aggregator {
    pub(super) fn at(bank: &str) -> Self {
        Self { address: bank.to_owned(), http: reqwest::Client::new() }
    }

    /// The merchant's account: keys and their ids.
    pub(crate) async fn account(&self) -> anyhow::Result<Value> {
        self.get("/sandbox/aggregator").await
    }

    /// Enters the backend as the endpoint of the webhooks; it has to answer the challenge.
    pub(super) async fn tells(&self, backend: &str) -> anyhow::Result<()> {
        let body = json!({"url": format!("{backend}/v1/notifications/alipayplus")});
        self.post("/sandbox/aggregator/webhook", &body).await
    }

    /// Every payment.
    pub(crate) async fn payments(&self) -> anyhow::Result<Vec<Value>> {
        let truth = self.get("/sandbox/aggregator/payments").await?;
        truth["payments"].as_array().cloned().context("the aggregator's payments")
    }

    /// The only payment; more or fewer is a defect.
    pub(crate) async fn only_payment(&self) -> anyhow::Result<Value> {
        let payments = self.payments().await?;
        ensure!(payments.len() == 1, "one payment expected: {payments:?}");
        payments.into_iter().next().context("a payment")
    }

    /// A payment moves at once, whatever its page says.
    pub(crate) async fn becomes(&self, payment: &str, status: &str) -> anyhow::Result<()> {
        let path = format!("/sandbox/aggregator/payments/{payment}/become");
        self.post(&path, &json!({"status": status})).await
    }

    /// Time passes at bank and aggregator.
    pub(crate) async fn clock_moves(&self, minutes: u64) -> anyhow::Result<()> {
        self.post("/sandbox/clock", &json!({"advanceMs": minutes * 60_000})).await
    }

    /// The settlement file of all days so far.
    pub(crate) async fn settlement_file(&self) -> anyhow::Result<String> {
        let answer = self.http.get(format!("{}/sandbox/aggregator/wx", self.address)).send().await?;
        Ok(answer.error_for_status()?.text().await?)
    }

    async fn get(&self, path: &str) -> anyhow::Result<Value> {
        let answer = self.http.get(format!("{}{path}", self.address)).send().await?;
        Ok(answer.error_for_status()?.json().await?)
    }

    async fn post(&self, path: &str, body: &Value) -> anyhow::Result<()> {
        let answer = self.http.post(format!("{}{path}", self.address)).json(body).send().await?;
        let status = answer.status();
        ensure!(status.is_success(), "{path} answers {status}: {}", answer.text().await.unwrap_or_default());
        Ok(())
    }
}
