//! A person before a browser: goes to the shop, presses, types a card at the bank, comes back, reads.

use std::sync::Arc;

use anyhow::{Context, ensure};
use browser::Page;
use browser::fantoccini::Locator;
use browser::fantoccini::elements::{Element, ElementRef};
use serde_json::{Value, json};

use super::eventually;
use super::settings::Addresses;

/// WebDriver's name for a reference to an element.
const ELEMENT: &str = "element-6066-11e4-a52e-4f735466cecf";

/// The sandbox's test cards.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Card {
    Succeeds,
    Declined,
    ThreeDSecure,
    /// PENDING for 5 s of the bank's time, then succeeds.
    Slow,
}

impl Card {
    pub(crate) const ALL: [Self; 4] = [Self::Succeeds, Self::Declined, Self::ThreeDSecure, Self::Slow];

    pub(crate) const fn number(self) -> &'static str {
        match self {
            Self::Succeeds => "4111111111111111",
            Self::Declined => "4000000000000002",
            Self::ThreeDSecure => "4000000000003220",
            Self::Slow => "4000000000000259",
        }
    }
}

/// A buyer and the browser in front of them.
#[derive(Debug, Clone)]
pub(crate) struct Buyer {
    page: Arc<Page>,
    at: Addresses,
}

impl Buyer {
    pub(crate) fn before(page: Page, at: &Addresses) -> Self {
        Self { page: Arc::new(page), at: at.clone() }
    }

    /// The browser itself.
    pub(crate) fn page(&self) -> &Page {
        &self.page
    }

    /// Fills nothing in, keeps AlliancePay chosen, places the order; returns the order's number on the pay page.
    pub(crate) async fn places_an_order(&self) -> anyhow::Result<String> {
        self.places_an_order_in("en").await
    }

    /// The same in another language of the shop.
    pub(crate) async fn places_an_order_in(&self, language: &str) -> anyhow::Result<String> {
        self.places_an_order_at(&format!("lang={language}")).await
    }

    /// The same in English, priced in euro.
    pub(crate) async fn places_an_order_in_euro(&self) -> anyhow::Result<String> {
        self.places_an_order_at("lang=en&currency=EUR").await
    }

    /// The same with whatever the shop's address may choose: `lang=uk&currency=EUR`.
    pub(crate) async fn places_an_order_at(&self, choices: &str) -> anyhow::Result<String> {
        self.page.goto(&format!("{}/?{choices}", self.at.shop)).await?;
        self.page.press("form.checkout button[type=submit]").await?;
        self.page.find("alliancepay-checkout[view=pay]").await?;
        let number = self.page.text(".number").await?;
        ensure!(!number.is_empty(), "the pay page names no order");
        Ok(number)
    }

    /// Presses the widget's button (not the fallback's) as soon as there is an enabled one.
    pub(crate) async fn presses_pay(&self) -> anyhow::Result<()> {
        self.presses("the widget's button", WIDGET_BUTTON).await
    }

    /// Will pay on the phone, and waits until the code for it is drawn.
    pub(crate) async fn asks_for_the_code(&self) -> anyhow::Result<()> {
        self.page.press("button.phone").await?;
        self.page.wait_until("deep('img.code')?.naturalWidth > 0").await
    }

    /// The address that the phone's camera reads from the code, by the backend's word about the code's session.
    pub(crate) async fn page_of_the_code(&self) -> anyhow::Result<String> {
        let code = self.runs("return deep('img.code').src;").await?;
        let session =
            code.as_str().and_then(|src| src.strip_suffix("/qr")).with_context(|| format!("{code}"))?;
        let told: Value = reqwest::get(session).await?.json().await?;
        told["page"].as_str().map(str::to_owned).with_context(|| format!("no page in {told}"))
    }

    /// Chooses one of the ways to pay that the widget offers.
    pub(crate) async fn chooses(&self, way: &str) -> anyhow::Result<()> {
        let radio = format!("deepAll('label').find((label) => label.innerText.includes({}))", json!(way));
        self.presses(way, &radio).await
    }

    /// Presses the element that a script finds, once it is there and can be pressed.
    async fn presses(&self, what: &str, script: &str) -> anyhow::Result<()> {
        let pressed = eventually(&format!("{what} can be pressed"), async || {
            let found = self.page.run(&format!("return {script};"), &[]).await?;
            self.element(&found).context("there is none")?.click().await?;
            Ok(Some(()))
        })
        .await;
        self.or_shows_the_page(pressed).await
    }

    fn element(&self, reference: &Value) -> Option<Element> {
        let id = reference[ELEMENT].as_str()?;
        Some(Element::from_element_id(self.page.client().clone(), ElementRef::from(id.to_owned())))
    }

    /// Waits until the widget offers a button that can be pressed.
    pub(crate) async fn can_pay(&self) -> anyhow::Result<()> {
        self.page.wait_until(WIDGET_BUTTON).await
    }

    /// Whether the widget offers such a button now.
    pub(crate) async fn can_pay_now(&self) -> anyhow::Result<bool> {
        self.page.holds(WIDGET_BUTTON).await
    }

    /// Waits for the card page; returns its address, which names the bank's order.
    pub(crate) async fn is_at_the_bank(&self) -> anyhow::Result<String> {
        self.page.find("[name=pan]").await?;
        let url = self.page.url().await?;
        ensure!(url.starts_with(&self.at.bank), "{url} is not the bank");
        Ok(url)
    }

    /// Types a card and pays.
    pub(crate) async fn pays_with(&self, card: Card) -> anyhow::Result<()> {
        self.is_at_the_bank().await?;
        self.page.fill("[name=pan]", card.number()).await?;
        self.page.fill("[name=expiry]", "12/30").await?;
        self.page.fill("[name=cvv]", "123").await?;
        self.page.press("[data-action=pay]").await
    }

    /// Chooses Alipay+ and waits for the page of wallets; returns its address, which names the payment.
    pub(crate) async fn goes_to_the_wallets(&self) -> anyhow::Result<String> {
        self.chooses("Alipay+").await?;
        self.presses_pay().await?;
        self.page.find("[data-wallet]").await?;
        self.page.url().await
    }

    /// Types the code of 3-D Secure.
    pub(crate) async fn confirms_with(&self, code: &str) -> anyhow::Result<()> {
        self.page.fill("[name=threeds]", code).await?;
        self.page.press("[data-action=confirm]").await
    }

    /// Waits for the bank's page that says how it ended, without going on from it.
    pub(crate) async fn is_told_by_the_bank(&self) -> anyhow::Result<()> {
        self.page.find("[data-action=return]").await.map(drop)
    }

    /// Comes back from the bank: by its button, or by itself where the bank's page leads on.
    pub(crate) async fn comes_back(&self) -> anyhow::Result<()> {
        let back = eventually("the buyer is back from the bank", async || {
            if !self.page.url().await?.starts_with(&self.at.bank) {
                return Ok(Some(()));
            }
            if let Ok(button) = self.page.client().find(Locator::Css("[data-action=return]")).await {
                let _ = button.click().await;
            }
            Ok(None)
        })
        .await;
        self.or_shows_the_page(back).await
    }

    /// Presses Pay in the widget and does all the rest; returns on the shop's return page.
    pub(crate) async fn pays_and_comes_back(&self, card: Card) -> anyhow::Result<()> {
        self.presses_pay().await?;
        self.pays_with(card).await?;
        self.comes_back().await
    }

    /// Waits until the widget has said that it cannot be had and the page's own form can be pressed. Before that the form
    /// is there as well: only the widget's word tells the two apart.
    pub(crate) async fn is_left_with_the_form(&self) -> anyhow::Result<()> {
        let left = "window.errors?.includes('widget_unavailable') \
             && document.querySelector('alliancepay-checkout').shadowRoot.querySelector('.root').hidden \
             && document.querySelector('alliancepay-checkout form button').checkVisibility()";
        self.page.wait_until(left).await
    }

    /// Presses the page's own button and does all the rest; returns on the shop's return page.
    pub(crate) async fn pays_by_the_form(&self, card: Card) -> anyhow::Result<()> {
        self.page.press("alliancepay-checkout form button").await?;
        self.pays_with(card).await?;
        self.comes_back().await
    }

    /// Waits for words on the page or in the widget.
    pub(crate) async fn sees(&self, words: &str) -> anyhow::Result<()> {
        self.page.wait_until(&seen(words)).await
    }

    /// Whether the words are there now.
    pub(crate) async fn sees_now(&self, words: &str) -> anyhow::Result<bool> {
        self.page.holds(&seen(words)).await
    }

    /// Waits until a screen reader would find something of this role whose name holds these words.
    pub(crate) async fn hears(&self, role: &str, words: &str) -> anyhow::Result<()> {
        eventually(&format!("a {role} named `{words}` for a screen reader"), async || {
            let speaks =
                "deepAll('h1, h2, h3, button, a, input, [role]').filter((one) => one.checkVisibility())";
            let found = self.page.run(&format!("return {speaks};"), &[]).await?;
            for reference in found.as_array().into_iter().flatten() {
                let element = self.element(reference).context("an element")?;
                let (its_role, name) = self.page.spoken(&element).await?;
                if its_role == role && name.contains(words) {
                    return Ok(Some(()));
                }
            }
            Ok(None)
        })
        .await
    }

    /// Waits until the page's widget, if there is one, has had an answer about a session.
    pub(crate) async fn waits_for_an_answer(&self) -> anyhow::Result<()> {
        let answered = "!document.querySelector('alliancepay-checkout') || performance.getEntriesByType('resource')\
             .some((one) => one.name.includes('/v1/payment-sessions/') && one.responseEnd > 0)";
        self.page.wait_until(answered).await
    }

    /// Closes the browser. A page that cannot be closed any more is gone already.
    pub(crate) async fn leaves(&self) {
        let _ = self.page.client().clone().close().await;
    }

    /// A failure says what the buyer had before them.
    async fn or_shows_the_page(&self, done: anyhow::Result<()>) -> anyhow::Result<()> {
        match done {
            Ok(()) => Ok(()),
            Err(error) => Err(error.context(self.page.describe().await)),
        }
    }

    /// Runs a script in the page and reads what it returns.
    pub(crate) async fn runs(&self, script: &str) -> anyhow::Result<Value> {
        self.page.run(script, &[]).await
    }
}

/// The widget's enabled, visible button, or null. The fallback's button is light DOM and is not meant.
pub(crate) const WIDGET_BUTTON: &str = "([...(document.querySelector('alliancepay-checkout')?.shadowRoot\
    ?.querySelectorAll('button') ?? [])].find((b) => !b.disabled && b.ariaDisabled !== 'true' && b.checkVisibility())\
    ?? null)";

fn seen(words: &str) -> String {
    format!("deepText().includes({})", json!(words))
}
