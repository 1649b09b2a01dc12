//! What a buyer does, step by step, and what the backend then says. The page is only watched; whether the order
//! is paid is asked from the backend.

use std::time::{Duration, Instant};

use anyhow::{Context, bail};
use serde::Serialize;
use serde_json::Value;

use browser::Page;

use crate::Arguments;

const PATIENCE: Duration = Duration::from_mins(1);
const BETWEEN_LOOKS: Duration = Duration::from_millis(200);

/// The widget's own button, ready to be pressed. The page's fallback button is not meant.
const PAY_BUTTON: &str = "[...(document.querySelector('alliancepay-checkout')?.shadowRoot\
    ?.querySelectorAll('button') ?? [])]\
    .find((one) => !one.disabled && one.ariaDisabled !== 'true' && one.checkVisibility()) ?? null";
/// The session in the address the bank led to; it stays in the page's history of loading after the widget has
/// tidied the address bar.
const SESSION: &str = "return new URL(performance.getEntriesByType('navigation')[0].name)\
    .searchParams.get('alliancepay_session') ?? '';";

#[derive(Debug, Serialize)]
struct Step {
    name: &'static str,
    ms: u128,
    screenshot: String,
}

/// What came of it.
#[derive(Debug, Default, Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Receipt {
    order: Option<String>,
    session: Option<String>,
    bank_order: Option<String>,
    outcome: Option<String>,
    state: Option<String>,
    steps: Vec<Step>,
}

impl Receipt {
    pub(crate) fn is_paid(&self) -> bool {
        self.outcome.as_deref() == Some("paid") && self.state.as_deref() == Some("CAPTURED")
    }

    pub(crate) fn to_json(&self) -> String {
        serde_json::to_string(self).unwrap_or_default()
    }
}

pub(crate) struct Purchase<'a> {
    page: &'a Page,
    at: &'a Arguments,
    http: reqwest::Client,
    receipt: Receipt,
    begun: Instant,
}

impl<'a> Purchase<'a> {
    pub(crate) fn new(page: &'a Page, at: &'a Arguments) -> anyhow::Result<Self> {
        let receipt = Receipt::default();
        // Loopback is asked directly, whatever proxy the machine has.
        let http = reqwest::Client::builder().no_proxy().build()?;
        Ok(Self { page, at, http, receipt, begun: Instant::now() })
    }

    /// From the shop's front page to the outcome.
    pub(crate) async fn make(&mut self) -> anyhow::Result<()> {
        let page = self.page;
        page.goto(&format!("{}/?lang=en", self.at.shop.trim_end_matches('/'))).await?;
        page.wait_until("document.querySelector('alliancepay-checkout')?.shadowRoot?.querySelector('*')")
            .await?;
        self.step("shop").await?;

        page.press("form.checkout button[type=submit]").await?;
        page.wait_until("document.querySelector('alliancepay-checkout[view=pay]')").await?;
        self.receipt.order = Some(page.text(".number").await?);
        page.wait_until(PAY_BUTTON).await?;
        self.step("pay").await?;

        page.press_where(PAY_BUTTON).await?;
        page.find("[name=pan]").await?;
        self.step("card-page").await?;

        page.fill("[name=pan]", &self.at.card).await?;
        page.fill("[name=expiry]", "12/30").await?;
        page.fill("[name=cvv]", "123").await?;
        self.step("card-typed").await?;
        page.press("[data-action=pay]").await?;

        page.wait_until(&format!(
            "deep('[name=threeds], [data-action=return]') || {}",
            self.has_left_the_bank()
        ))
        .await?;
        if page.has("[name=threeds]").await? {
            page.fill("[name=threeds]", "1234").await?;
            self.step("3-d-secure").await?;
            page.press("[data-action=confirm]").await?;
        }
        self.come_back().await?;
        self.receipt.session = page.run(SESSION, &[]).await?.as_str().map(str::to_owned);
        self.learn_the_outcome().await?;
        self.step("outcome").await
    }

    /// What is known so far; of a purchase that broke off too.
    pub(crate) async fn receipt(mut self) -> Receipt {
        if self.receipt.steps.last().is_none_or(|step| step.name != "outcome") {
            // The picture says where it broke off.
            let _ = self.step("broken-off").await;
            for line in self.page.console().await.unwrap_or_default() {
                eprintln!("buy: the console: {line}");
            }
        }
        self.receipt
    }

    async fn step(&mut self, name: &'static str) -> anyhow::Result<()> {
        let number = self.receipt.steps.len() + 1;
        let picture = self.at.out.join(format!("{number:02}-{name}.png"));
        let ms = self.begun.elapsed().as_millis();
        self.page.screenshot(&picture).await?;
        eprintln!("buy: {name} ({ms} ms)");
        self.receipt.steps.push(Step { name, ms, screenshot: picture.display().to_string() });
        self.begun = Instant::now();
        Ok(())
    }

    fn has_left_the_bank(&self) -> String {
        format!("!location.href.startsWith({})", Value::from(self.at.bank.as_str()))
    }

    /// By the bank's button, or by itself where the bank's page leads on.
    async fn come_back(&mut self) -> anyhow::Result<()> {
        let deadline = Instant::now() + PATIENCE;
        let mut seen = false;
        while !self.page.holds(&self.has_left_the_bank()).await.unwrap_or(false) {
            if Instant::now() > deadline {
                bail!("the bank did not lead back to the shop: {}", self.page.describe().await);
            }
            if self.page.has("[data-action=return]").await.unwrap_or(false) {
                if !seen {
                    seen = true;
                    self.step("bank-says").await?;
                }
                // The page may have led on by itself in between.
                let _ = self.page.run("deep('[data-action=return]')?.click();", &[]).await;
            }
            tokio::time::sleep(BETWEEN_LOOKS).await;
        }
        Ok(())
    }

    /// Asks the backend until the session is settled, then reads the bank's number from the order.
    async fn learn_the_outcome(&mut self) -> anyhow::Result<()> {
        let session = self.receipt.session.clone().filter(|session| !session.is_empty());
        let session = session.context("the address the bank led to names no payment session")?;
        let backend = self.at.backend.trim_end_matches('/');
        let deadline = Instant::now() + PATIENCE;
        loop {
            let answer = self.ask(&format!("{backend}/v1/payment-sessions/{session}")).await?;
            self.receipt.outcome = answer["outcome"].as_str().map(str::to_owned);
            self.receipt.state = answer["state"].as_str().map(str::to_owned);
            if self.receipt.order.is_none() {
                self.receipt.order = answer["order"].as_str().map(str::to_owned);
            }
            if self.receipt.outcome.as_deref() != Some("awaiting") || Instant::now() > deadline {
                break;
            }
            tokio::time::sleep(BETWEEN_LOOKS).await;
        }
        let order = self.receipt.order.as_deref().context("no order number was seen")?;
        let order = self.ask(&format!("{backend}/v1/orders/{order}")).await?;
        let attempts = order["attempts"].as_array().context("the order's attempts")?;
        let attempt = attempts.iter().find(|attempt| attempt["session"] == session.as_str());
        self.receipt.bank_order =
            attempt.and_then(|attempt| attempt["bankOrder"].as_str()).map(str::to_owned);
        // What the picture should show: the widget, settled.
        self.page.wait_until("deepText().length > 0 && !deep('[aria-busy=true]')").await
    }

    async fn ask(&self, url: &str) -> anyhow::Result<Value> {
        let answer = self.http.get(url).bearer_auth(&self.at.shop_key).send().await?.error_for_status()?;
        answer.json().await.with_context(|| format!("{url} answered no JSON"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paid_is_what_the_buyer_is_told_and_what_is_stored() {
        let receipt = |outcome: &str, state: &str| Receipt {
            outcome: Some(outcome.to_owned()),
            state: Some(state.to_owned()),
            ..Receipt::default()
        };
        assert!(receipt("paid", "CAPTURED").is_paid());
        assert!(!receipt("paid", "REDIRECTED").is_paid());
        assert!(!receipt("awaiting", "CAPTURED").is_paid());
    }

    #[test]
    fn the_last_line_has_the_names_others_read() {
        let line = Receipt::default().to_json();
        for name in ["order", "session", "bankOrder", "outcome", "state", "steps"] {
            assert!(line.contains(&format!("\"{name}\"")), "{line}");
        }
    }
}
