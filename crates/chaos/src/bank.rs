//! The sandbox bank as the run needs it: its switches, its pages as a buyer's browser posts them, its truth.

use anyhow::Context;
use reqwest::Client;
use reqwest::redirect::Policy;
use serde_json::Value;

use crate::story::{By, Paying};

const CARD: &str = "4111111111111111";
const DECLINED: &str = "4000000000000002";
const THREE_DS: &str = "4000000000003220";
const SETTLES_LATER: &str = "4000000000000259";
/// What a buyer with an account chooses; the second is for the other hand.
const BANKS: [&str; 2] = ["MONO_BANK", "OTP_BANK"];

#[derive(Debug, Clone)]
pub(crate) struct Bank {
    url: String,
    http: Client,
}

impl Bank {
    pub(crate) fn new(url: &str) -> Self {
        // Redirects lead back to the shop's page, which nobody serves here.
        let http = Client::builder().redirect(Policy::none()).build().unwrap_or_default();
        Self { url: url.to_owned(), http }
    }

    pub(crate) fn url(&self) -> &str {
        &self.url
    }

    pub(crate) async fn get(&self, path: &str) -> anyhow::Result<Value> {
        let answer = self.http.get(format!("{}{path}", self.url)).send().await?.error_for_status()?;
        Ok(answer.json().await?)
    }

    pub(crate) async fn set_fault(&self, fault: &Value) -> anyhow::Result<()> {
        let answer = self.http.post(format!("{}/sandbox/faults", self.url)).json(fault).send().await?;
        answer.error_for_status().with_context(|| format!("the fault {fault}"))?;
        Ok(())
    }

    pub(crate) async fn clear_faults(&self) -> anyhow::Result<()> {
        self.http.delete(format!("{}/sandbox/faults", self.url)).send().await?.error_for_status()?;
        Ok(())
    }

    pub(crate) async fn post(&self, path: &str, body: &Value) -> anyhow::Result<()> {
        let answer = self.http.post(format!("{}{path}", self.url)).json(body).send().await?;
        let status = answer.status();
        anyhow::ensure!(status.is_success(), "{path} {body} answers {status}");
        Ok(())
    }

    pub(crate) async fn text(&self, path: &str) -> anyhow::Result<String> {
        let answer = self.http.get(format!("{}{path}", self.url)).send().await?.error_for_status()?;
        Ok(answer.text().await?)
    }

    /// What the buyer does on a page of the bank's.
    pub(crate) async fn visit(&self, page: &str, by: By, doing: Paying) -> anyhow::Result<()> {
        let (_, order) =
            page.split_once("hpp_id=").with_context(|| format!("a payment page without order: {page}"))?;
        let order = order.split('&').next().unwrap_or(order);
        match doing {
            Paying::Abandoned => Ok(()),
            Paying::Cancelled => self.press(order, &[("action", "cancel")]).await,
            Paying::Pays => self.pays(order, by, 0).await,
            Paying::PaysTwice => tokio::try_join!(self.pays(order, by, 0), self.pays(order, by, 1)).map(drop),
            Paying::Declined | Paying::DeclinedThenPaid => self.pay(order, DECLINED).await,
            Paying::SettlesLater => self.pay(order, SETTLES_LATER).await,
            Paying::Confirms => {
                self.pay(order, THREE_DS).await?;
                self.press(order, &[("action", "confirm"), ("threeds", "1234")]).await
            }
        }
    }

    /// With success, as this buyer does it.
    async fn pays(&self, order: &str, by: By, hand: usize) -> anyhow::Result<()> {
        match by {
            By::Account => self.press(order, &[("bank", BANKS[hand])]).await,
            By::Bank | By::Wallet(_) => self.pay(order, CARD).await,
        }
    }

    async fn pay(&self, order: &str, card: &str) -> anyhow::Result<()> {
        self.press(order, &[("action", "pay"), ("pan", card), ("expiry", "12/30"), ("cvv", "123")]).await
    }

    async fn press(&self, order: &str, fields: &[(&str, &str)]) -> anyhow::Result<()> {
        let mut form = vec![("hpp_id", order)];
        form.extend_from_slice(fields);
        self.submit(&format!("{}/pay", self.url), &form).await
    }

    /// Sends a page's form.
    pub(crate) async fn submit(&self, page: &str, form: &[(&str, &str)]) -> anyhow::Result<()> {
        let answer = self.http.post(page).form(form).send().await?;
        anyhow::ensure!(!answer.status().is_server_error(), "the page answered {}", answer.status());
        Ok(())
    }
}
