//! A person who buys: puts coffee into the cart, fills the form in, places the order, pays at the bank, comes back.

use anyhow::{Context, ensure};
use browser::Page;
use serde_json::{Value, json};

use super::description::Description;
use crate::support::{Buyer, Card, eventually};

/// Who buys. The log of the shop must know none of it.
pub(super) const BILLING: [(&str, &str); 7] = [
    ("first_name", "Olena"),
    ("last_name", "Kovalenko"),
    ("address_1", "Khreshchatyk 1"),
    ("city", "Kyiv"),
    ("postcode", "01001"),
    ("phone", "+380501234567"),
    ("email", "olena@shop.example"),
];

/// No update is under way and nothing lies over the form.
const AT_REST: &str = "!document.querySelector('.blockOverlay, .host-overlay, form.processing')";

/// A customer and the browser in front of them.
#[derive(Debug, Clone)]
pub(crate) struct Customer {
    buyer: Buyer,
    at: Description,
}

impl Customer {
    pub(super) fn new(buyer: Buyer, at: &Description) -> Self {
        Self { buyer, at: at.clone() }
    }

    pub(crate) fn page(&self) -> &Page {
        self.buyer.page()
    }

    pub(crate) fn buyer(&self) -> &Buyer {
        &self.buyer
    }

    /// Puts pieces of the product into the cart.
    pub(crate) async fn takes(&self, pieces: u32) -> anyhow::Result<()> {
        let page = self.page();
        page.goto(&self.at.product).await?;
        page.fill("input.qty", &pieces.to_string()).await?;
        page.press("[name=add-to-cart]").await?;
        page.find(".woocommerce-message, .wc-block-components-notice-banner").await?;
        Ok(())
    }

    /// Goes to the checkout and fills it in, up to the button.
    pub(crate) async fn fills_the_form(&self) -> anyhow::Result<()> {
        let page = self.page();
        page.goto(&self.at.checkout).await?;
        for (name, text) in BILLING {
            page.fill(&format!("#billing_{name}"), text).await?;
        }
        self.lets_the_checkout_update().await?;
        self.chooses_us().await
    }

    /// Chooses AlliancePay, whichever method the shop offers first.
    pub(crate) async fn chooses_us(&self) -> anyhow::Result<()> {
        let page = self.page();
        page.find("#payment_method_alliancepay").await?;
        page.run("document.querySelector('#payment_method_alliancepay').click();", &[]).await?;
        self.lets_the_checkout_update().await
    }

    /// A checkout updates a second after something was typed; asked for outright, it does so now and only once. Order-pay
    /// and a page without scripts never do.
    pub(crate) async fn lets_the_checkout_update(&self) -> anyhow::Result<()> {
        let updates = "window.jQuery && document.querySelector('form.checkout') && document.querySelector('#place_order')";
        if self.page().holds(updates).await? {
            let ask = "window.updated = false; jQuery(document.body).one('updated_checkout', () => { window.updated = true; }) \
                 .trigger('update_checkout');";
            self.runs(ask).await?;
            self.page().wait_until("window.updated").await?;
        }
        self.rests().await
    }

    /// Uses the coupon that takes ten percent off.
    pub(crate) async fn uses_the_coupon(&self) -> anyhow::Result<()> {
        let apply =
            "document.querySelector('#coupon_code').value = 'ten'; jQuery('form.checkout_coupon').submit();";
        self.runs(apply).await.map(drop)
    }

    /// Moves to Poland, where delivery costs more.
    pub(crate) async fn moves_abroad(&self) -> anyhow::Result<()> {
        self.runs("jQuery('#billing_country').val('PL').trigger('change');").await?;
        self.page().fill("#billing_postcode", "00-001").await?;
        self.lets_the_checkout_update().await
    }

    /// Waits until the checkout shows another sum than this one; returns it.
    pub(crate) async fn total_other_than(&self, before: i64) -> anyhow::Result<i64> {
        eventually(&format!("another sum than {before}"), async || {
            let now = self.total().await?;
            Ok((now != before).then_some(now))
        })
        .await
    }

    /// From nothing to the filled-in form.
    pub(crate) async fn stands_at_the_checkout(&self) -> anyhow::Result<()> {
        self.takes(1).await?;
        self.fills_the_form().await
    }

    /// Presses the page's own button.
    pub(crate) async fn places_the_order(&self) -> anyhow::Result<()> {
        self.rests().await?;
        self.page().press("#place_order").await
    }

    /// From nothing to the bank's card page.
    pub(crate) async fn goes_to_the_bank(&self) -> anyhow::Result<()> {
        self.stands_at_the_checkout().await?;
        self.places_the_order().await?;
        self.buyer.is_at_the_bank().await.map(drop)
    }

    /// Types a card at the bank and comes back to the shop.
    pub(crate) async fn pays_and_comes_back(&self, card: Card) -> anyhow::Result<()> {
        self.buyer.pays_with(card).await?;
        self.buyer.comes_back().await
    }

    pub(crate) async fn sees(&self, words: &str) -> anyhow::Result<()> {
        self.buyer.sees(words).await
    }

    /// Waits until no update of the checkout is under way.
    pub(crate) async fn rests(&self) -> anyhow::Result<()> {
        let has_scripts =
            self.page().holds("document.scripts.length && window.jQuery").await.unwrap_or(false);
        if has_scripts {
            // Scrolling to an error is an animation too: a press would miss what moves.
            let claim = format!("{AT_REST} && !jQuery.active && !jQuery(':animated').length");
            self.page().wait_until(&claim).await?;
        }
        Ok(())
    }

    /// Waits until the widget in the payment box is alive, and is the only one.
    pub(crate) async fn sees_the_option(&self) -> anyhow::Result<()> {
        self.page()
            .wait_until(
                "document.querySelectorAll('alliancepay-checkout').length === 1 \
                 && deepText().includes('Google Pay') && document.querySelector('alliancepay-checkout').checkVisibility()",
            )
            .await
    }

    /// The sum the checkout shows, in kopecks.
    pub(crate) async fn total(&self) -> anyhow::Result<i64> {
        let shown = self.page().text(".order-total .amount").await?;
        let digits: String = shown.chars().filter(char::is_ascii_digit).collect();
        digits.parse().with_context(|| format!("a sum: {shown}"))
    }

    /// Whether the cart still holds something.
    pub(crate) async fn has_a_full_cart(&self) -> anyhow::Result<bool> {
        self.page().goto(&self.at.checkout).await?;
        self.page().holds("document.querySelector('form.checkout #place_order')").await
    }

    /// Runs a script in the page.
    pub(crate) async fn runs(&self, script: &str) -> anyhow::Result<Value> {
        self.buyer.runs(script).await
    }

    /// Waits until the shop's own words of an error are there.
    pub(crate) async fn reads_an_error(&self, words: &str) -> anyhow::Result<()> {
        let claim = format!(
            "[...document.querySelectorAll('.woocommerce-error, .is-error')].some((one) => one.innerText.includes({}))",
            json!(words)
        );
        self.page().wait_until(&claim).await
    }

    /// Waits for a claim about the order's pages at the bank.
    pub(crate) async fn is_back_at_the_shop(&self) -> anyhow::Result<()> {
        eventually("the customer is at the shop", async || {
            let url = self.page().url().await?;
            ensure!(url.starts_with(&self.at.base), "it is {url}");
            Ok(Some(()))
        })
        .await
    }
}
