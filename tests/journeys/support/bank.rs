//! The bank's truth: `/sandbox/orders` and the switches for its faults and its clock.

use anyhow::{Context, ensure};
use serde_json::{Value, json};

/// The sandbox bank, as the person at its switches sees it.
#[derive(Debug, Clone)]
pub(crate) struct Bank {
    address: String,
    http: reqwest::Client,
}

/// One fault, for the next call of any order.
pub(crate) fn fault(on: &str, kind: &str) -> Value {
    json!({"on": on, "order": null, "times": 1, "kind": kind})
}

impl Bank {
    pub(crate) fn at(address: &str) -> Self {
        Self { address: address.to_owned(), http: reqwest::Client::new() }
    }

    /// Sets a fault made by `fault`.
    pub(crate) async fn breaks(&self, fault: Value) -> anyhow::Result<()> {
        self.post("/sandbox/faults", &fault).await
    }

    /// The same, for a fault that takes a time.
    pub(crate) async fn breaks_for(&self, mut fault: Value, ms: u32) -> anyhow::Result<()> {
        fault["ms"] = json!(ms);
        self.breaks(fault).await
    }

    /// The same, many times.
    pub(crate) async fn breaks_often(&self, mut fault: Value, times: u32) -> anyhow::Result<()> {
        fault["times"] = json!(times);
        self.breaks(fault).await
    }

    /// Takes every fault away.
    pub(crate) async fn works_again(&self) -> anyhow::Result<()> {
        let answer = self.http.delete(format!("{}/sandbox/faults", self.address)).send().await?;
        ensure!(answer.status().is_success(), "the faults stay: {}", answer.status());
        Ok(())
    }

    /// The order succeeds at the bank, whatever its state.
    pub(crate) async fn completes(&self, merchant_request_id: &str) -> anyhow::Result<()> {
        self.post(&format!("/sandbox/orders/{merchant_request_id}/complete"), &json!({})).await
    }

    /// The order ends at the bank otherwise: refused (`{"status": "FAIL"}`), or with another sum (`coinAmount`).
    pub(crate) async fn ends(&self, merchant_request_id: &str, how: Value) -> anyhow::Result<()> {
        self.post(&format!("/sandbox/orders/{merchant_request_id}/complete"), &how).await
    }

    /// Everything the bank knows.
    pub(crate) async fn truth(&self) -> anyhow::Result<Value> {
        let answer = self.http.get(format!("{}/sandbox/orders", self.address)).send().await?;
        Ok(answer.error_for_status()?.json().await?)
    }

    /// Every order at the bank.
    pub(crate) async fn orders(&self) -> anyhow::Result<Vec<Value>> {
        self.truth().await?["orders"].as_array().cloned().context("the bank's orders")
    }

    /// How many orders the bank has.
    pub(crate) async fn order_count(&self) -> anyhow::Result<usize> {
        Ok(self.orders().await?.len())
    }

    /// How many payments succeeded at the bank, over all orders.
    pub(crate) async fn payment_count(&self) -> anyhow::Result<usize> {
        let orders = self.orders().await?;
        let operations = orders.iter().flat_map(|order| order["operations"].as_array().into_iter().flatten());
        Ok(operations.filter(|operation| operation["status"] == "SUCCESS").count())
    }

    /// How often a call was made, by its name in `/sandbox/faults`.
    pub(crate) async fn calls(&self, call: &str) -> anyhow::Result<u64> {
        Ok(self.truth().await?["calls"][call].as_u64().unwrap_or_default())
    }

    /// The notifications of an order, as the bank's sender sees them.
    pub(crate) async fn notifications(&self, merchant_request_id: &str) -> anyhow::Result<Vec<Value>> {
        let orders = self.orders().await?;
        let order = orders.iter().find(|order| order["merchantRequestId"] == merchant_request_id);
        order
            .and_then(|order| order["notifications"].as_array().cloned())
            .context("the order's notifications")
    }

    async fn post(&self, path: &str, body: &Value) -> anyhow::Result<()> {
        let answer = self.http.post(format!("{}{path}", self.address)).json(body).send().await?;
        let status = answer.status();
        ensure!(status.is_success(), "{path} answers {status}: {}", answer.text().await.unwrap_or_default());
        Ok(())
    }
}
