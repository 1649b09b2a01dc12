//! The checkout throws the payment box away, at once and again. The widget lives through it.

use anyhow::Context as _;
use serde_json::json;

use super::shop_journey;
use crate::support::{Card, PAID};

/// Counts the widgets that stood on a page, those among them that have been thrown away.
const COUNTS: &str = "{ const seen = new WeakSet(); \
       const count = (node) => { \
         for (const one of node.nodeType === 1 ? [node, ...node.querySelectorAll('alliancepay-checkout')] : []) { \
           if (one.localName === 'alliancepay-checkout' && !seen.has(one)) { seen.add(one); window.mounts += 1; } \
         } \
       }; \
       window.mounts = 0; \
       new MutationObserver((records) => records.forEach(({ addedNodes }) => addedNodes.forEach(count))) \
         .observe(document, { childList: true, subtree: true }); }";

#[tokio::test]
async fn the_widget_lives_through_every_update_of_the_checkout() {
    shop_journey(async |shop| {
        let customer = shop.customer().await?;
        let counts = json!({ "source": COUNTS });
        customer.page().devtools("Page.addScriptToEvaluateOnNewDocument", counts).await?;
        customer.stands_at_the_checkout().await?;
        customer.sees_the_option().await?;
        let mounts =
            async || customer.runs("return window.mounts;").await?.as_u64().context("a count of mounts");
        let mounted = mounts().await?;
        assert!(mounted >= 2, "the first update throws the box away that came with the page: {mounted}");
        let loads = "return performance.getEntriesByType('resource').filter((one) => one.name.endsWith('.wasm')).length;";
        assert_eq!(customer.runs(loads).await?, 1, "mounted {mounted} times, loaded once");

        customer.runs("document.querySelector('alliancepay-checkout').sameAsBefore = true;").await?;
        for _ in 0..5 {
            customer.lets_the_checkout_update().await?;
        }
        customer.sees_the_option().await?;
        assert!(
            customer.page().holds("document.querySelector('alliancepay-checkout').sameAsBefore").await?,
            "a constant box is not replaced"
        );
        assert_eq!(mounts().await?, mounted, "nor is there another one");
        assert_eq!(customer.runs(loads).await?, 1);
        Ok(())
    })
    .await;
}

#[tokio::test]
async fn a_coupon_and_another_country_while_a_page_is_open_change_what_is_charged_and_lose_nothing() {
    shop_journey(async |shop| {
        let customer = shop.customer().await?;
        customer.goes_to_the_bank().await?;
        let first = shop.newest_order().await?;

        // Nothing is paid yet: the cart is still there, and is changed.
        customer.fills_the_form().await?;
        let at_home = customer.total().await?;
        customer.uses_the_coupon().await?;
        let cheaper = customer.total_other_than(at_home).await?;
        assert!(cheaper < at_home, "{cheaper} of {at_home}");
        customer.moves_abroad().await?;
        let abroad = customer.total_other_than(cheaper).await?;
        assert!(abroad > cheaper, "{abroad} after {cheaper}");
        customer.chooses_us().await?;
        customer.sees_the_option().await?;
        customer.places_the_order().await?;
        customer.pays_and_comes_back(Card::Succeeds).await?;
        customer.sees(PAID).await?;

        let second = shop.newest_order().await?;
        assert_ne!(first, second, "another cart is another order");
        assert_eq!(shop.payments(second, 1).await?, [abroad], "what the page showed last");
        assert_eq!(shop.payments(first, 0).await?, [0; 0]);
        let staff = shop.staff().await?;
        staff.waits_for(second, "processing").await?;
        assert_eq!(staff.status(first).await?, "pending", "its page is still open");
        Ok(())
    })
    .await;
}

#[tokio::test]
async fn another_method_and_back_finds_the_widget_alive() {
    shop_journey(async |shop| {
        let customer = shop.customer().await?;
        customer.stands_at_the_checkout().await?;
        customer.sees_the_option().await?;
        let others = "return document.querySelectorAll('input[name=payment_method]').length;";
        if customer.runs(others).await? == 1 {
            eprintln!("left out: the shop has no other payment method");
            return Ok(());
        }
        let other = "input[name=payment_method]:not(#payment_method_alliancepay)";
        customer.runs(&format!("document.querySelector('{other}').click();")).await?;
        customer
            .page()
            .wait_until("!document.querySelector('alliancepay-checkout').checkVisibility()")
            .await?;
        // An update replaces the box while the widget in it is hidden: it starts at size 0.
        customer.lets_the_checkout_update().await?;
        customer.chooses_us().await?;
        customer.sees_the_option().await?;
        customer.places_the_order().await?;
        customer.pays_and_comes_back(Card::Succeeds).await?;
        customer.sees(PAID).await?;
        shop.payments(shop.newest_order().await?, 1).await?;
        Ok(())
    })
    .await;
}
