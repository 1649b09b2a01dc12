//! The sandbox's aggregator as the run needs it: its wallet page as a buyer's browser posts it, what its platform does
//! with a payment later, its daily file, its truth. It shares address, faults and clock with the bank.

use anyhow::Context;
use serde_json::{Value, json};

use crate::bank::Bank;
use crate::story::{By, Paying};

const WALLETS: [&str; 2] = ["GCASH", "DANA"];

#[derive(Debug, Clone)]
pub(crate) struct Aggregator {
    bank: Bank,
}

impl Aggregator {
    pub(crate) fn of(bank: &Bank) -> Self {
        Self { bank: bank.clone() }
    }

    pub(crate) fn bank(&self) -> &Bank {
        &self.bank
    }

    /// Enters the backend as the endpoint of all webhooks; it has to answer the challenge.
    pub(crate) async fn tells(&self, backend: &str) -> anyhow::Result<()> {
        let body = json!({"url": format!("{backend}/v1/notifications/alipayplus"), "allEvents": true});
        self.bank.post("/sandbox/aggregator/webhook", &body).await
    }

    /// What the buyer does on a payment page, whoever's it is.
    pub(crate) async fn visit(&self, page: &str, by: By, doing: Paying) -> anyhow::Result<()> {
        if code(page).is_none() {
            return self.bank.visit(page, by, doing).await;
        }
        let press =
            |form: [(&'static str, &'static str); 1]| async move { self.bank.submit(page, &form).await };
        let pays = |wallet| press([("wallet", wallet)]);
        match doing {
            Paying::Abandoned => Ok(()),
            Paying::Cancelled => press([("action", "cancel")]).await,
            Paying::Declined | Paying::DeclinedThenPaid => press([("action", "decline")]).await,
            Paying::Pays => pays(WALLETS[0]).await,
            // The phone that scanned the code and the page at the desk at the same moment.
            Paying::PaysTwice => tokio::try_join!(pays(WALLETS[0]), pays(WALLETS[1])).map(drop),
            Paying::Confirms => self.bank.submit(page, &[("wallet", WALLETS[1]), ("on", "phone")]).await,
            Paying::SettlesLater => press([("action", "pending")]).await,
        }
    }

    /// The payment of a wallet page succeeds after all.
    pub(crate) async fn captures_late(&self, page: &str) -> anyhow::Result<()> {
        self.becomes(code(page).context("a wallet page")?, "CAPTURED").await
    }

    /// The platform has collected a payment's money; `quietly`: no webhook tells.
    pub(crate) async fn settles(&self, payment: &str, quietly: bool) -> anyhow::Result<()> {
        if quietly {
            self.bank.set_fault(&json!({"on": "notification", "order": payment, "kind": "lost"})).await?;
        }
        self.becomes(payment, "PAID").await
    }

    /// The settlement file of all days so far.
    pub(crate) async fn file(&self) -> anyhow::Result<String> {
        self.bank.text("/sandbox/aggregator/wx").await
    }

    pub(crate) async fn truth(&self) -> anyhow::Result<Value> {
        self.bank.get("/sandbox/aggregator/payments").await
    }

    async fn becomes(&self, payment: &str, status: &str) -> anyhow::Result<()> {
        let path = format!("/sandbox/aggregator/payments/{payment}/become");
        self.bank.post(&path, &json!({"status": status})).await
    }
}

/// What names the payment in a wallet page's address; none: it is another page.
pub(crate) fn code(page: &str) -> Option<&str> {
    page.split_once("/wallet/").map(|(_, code)| code.split(['?', '#']).next().unwrap_or(code))
}
