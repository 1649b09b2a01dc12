//! What our backend holds to be true: the SQLite file read from outside, and the shop's own view of an order.

use std::path::PathBuf;
use std::time::Duration;

use anyhow::{Context, ensure};
use checkout_api::{OrderAccepted, PaymentState, ShopOrder};
use money::{Amount, Currency};
use rusqlite::Connection;
use serde_json::json;

use super::eventually;

/// The ledger of one world.
#[derive(Debug, Clone)]
pub(crate) struct Ledger {
    pub(super) file: PathBuf,
    pub(super) backend: String,
    pub(super) shop_key: String,
    pub(super) http: reqwest::Client,
}

/// One row of the attempts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Attempt {
    pub(crate) order: String,
    pub(crate) session: String,
    pub(crate) state: String,
    pub(crate) reason: Option<String>,
    pub(crate) merchant_request_id: String,
    pub(crate) notification_secret: String,
    pub(crate) bank_order: Option<String>,
}

impl Ledger {
    pub(crate) const fn http(&self) -> &reqwest::Client {
        &self.http
    }

    /// The shop's key.
    pub(crate) fn key(&self) -> &str {
        &self.shop_key
    }

    /// Every attempt to pay `order`, oldest first, from the file.
    pub(crate) fn attempts(&self, order: &str) -> anyhow::Result<Vec<Attempt>> {
        Ok(self.all_attempts()?.into_iter().filter(|attempt| attempt.order == order).collect())
    }

    /// Every attempt, oldest first, from the file.
    pub(crate) fn all_attempts(&self) -> anyhow::Result<Vec<Attempt>> {
        let sql = "SELECT order_ref, session, attempts.state, attempts.reason, merchant_request_id, notification_secret,
                          bank_order
                   FROM attempts JOIN orders ON orders.id = attempts.order_id ORDER BY attempts.id";
        self.look(sql, [], |row| {
            Ok(Attempt {
                order: row.get(0)?,
                session: row.get(1)?,
                state: row.get(2)?,
                reason: row.get(3)?,
                merchant_request_id: row.get(4)?,
                notification_secret: row.get(5)?,
                bank_order: row.get(6)?,
            })
        })
    }

    /// The only attempt to pay `order`; more or fewer is a defect.
    pub(crate) fn only_attempt(&self, order: &str) -> anyhow::Result<Attempt> {
        let attempts = self.attempts(order)?;
        ensure!(attempts.len() == 1, "one attempt expected: {attempts:?}");
        attempts.into_iter().next().context("an attempt")
    }

    /// The order as the shop reads it with its key.
    pub(crate) async fn order(&self, order: &str) -> anyhow::Result<ShopOrder> {
        let answer = self
            .http
            .get(format!("{}/v1/orders/{order}", self.backend))
            .bearer_auth(&self.shop_key)
            .send()
            .await?;
        Ok(answer.error_for_status()?.json().await?)
    }

    /// Waits until the file says that the newest attempt of `order` is in `state`.
    pub(crate) async fn waits_for(&self, order: &str, state: &str) -> anyhow::Result<Attempt> {
        eventually(&format!("the newest attempt of {order} is {state}"), async || {
            let newest = self.attempts(order)?.pop().context("no attempt yet")?;
            ensure!(newest.state == state, "{newest:?}");
            Ok(Some(newest))
        })
        .await
    }

    /// Waits until the order is captured, then checks that nothing is wrong with the money: the whole sum, once.
    pub(crate) async fn is_captured_once(&self, order: &str) -> anyhow::Result<ShopOrder> {
        eventually(&format!("{order} is captured"), async || {
            let seen = self.order(order).await?.state;
            ensure!(seen == PaymentState::Captured, "it is {}", seen.as_str());
            Ok(Some(()))
        })
        .await?;
        let whole = self.order(order).await?;
        ensure!(whole.anomalies.is_empty(), "anomalies: {:?}", whole.anomalies);
        let captured =
            whole.attempts.iter().filter(|attempt| attempt.state == PaymentState::Captured).count();
        ensure!(captured == 1, "{captured} captured attempts: {:?}", whole.attempts);
        let sums: Vec<_> =
            whole.operations.iter().filter(|one| one.status == "SUCCESS").map(|one| one.amount).collect();
        ensure!(sums == [Some(whole.amount)], "{sums:?} came for {:?}", whole.amount);
        Ok(whole)
    }

    /// A day passes for the order tokens, and for nothing else.
    pub(crate) fn forgets_every_token(&self) -> anyhow::Result<()> {
        let file = Connection::open(&self.file)?;
        file.busy_timeout(Duration::from_secs(5))?;
        let forgotten = file.execute("UPDATE order_tokens SET expires_at = 0", [])?;
        ensure!(forgotten > 0, "there was no token to forget");
        Ok(())
    }

    /// Everything that must not change where nothing happened: attempts, operations and anomalies, from the file.
    pub(crate) fn money(&self) -> anyhow::Result<Vec<String>> {
        let mut all = Vec::new();
        for sql in [
            "SELECT id || ' ' || state || ' ' || coalesce(reason, '') FROM attempts ORDER BY id",
            "SELECT id || ' ' || effect || ' ' || standing || ' ' || amount_minor FROM operations ORDER BY id",
            "SELECT attempt_id || ' ' || kind FROM anomalies ORDER BY attempt_id, kind",
        ] {
            all.extend(self.look(sql, [], |row| row.get::<_, String>(0))?);
        }
        Ok(all)
    }

    /// Puts an order as a shop's server does; returns its token.
    pub(crate) async fn put_order(
        &self,
        order: &str,
        minor: i64,
        return_url: &str,
    ) -> anyhow::Result<String> {
        let amount = Amount::new(minor, Currency::Uah)?;
        let answer = self
            .http
            .put(format!("{}/v1/orders/{order}", self.backend))
            .bearer_auth(&self.shop_key)
            .json(&json!({
                "amount": amount,
                "description": "Journey",
                "lines": [{"id": "one", "name": "Journey", "quantity": 1, "unitMinor": minor}],
                "shippingMinor": 0,
                "returnUrl": return_url,
                "locale": "en",
            }))
            .send()
            .await?;
        let status = answer.status();
        let body = answer.text().await?;
        ensure!(status.is_success(), "the order was refused with {status}: {body}");
        let accepted: OrderAccepted = serde_json::from_str(&body)?;
        Ok(accepted.order_token.reveal().to_owned())
    }
}
