//! Payment without the widget: the plain form pays, and the backend's own status page tells. Files served wrongly and
//! browsers without WebAssembly are among `thirteen`.

use serde_json::json;

use crate::support::{Card, MerchantPage, ORDER, PAID, Profile, Settings, Widget, journey};

/// The fallback's own button, in the page's light DOM.
const FORM_BUTTON: &str = "alliancepay-checkout form button";
const TRY_AGAIN: &str = "alliancepay-checkout a[href*='/pay?key']";

#[tokio::test]
async fn with_scripts_off_the_status_page_keeps_asking_until_it_knows() {
    journey(Settings::default(), async |world| {
        let buyer = world.buyer_with(&Profile::default().without_scripts()).await?;
        let order = buyer.places_an_order().await?;
        buyer.page().press(FORM_BUTTON).await?;
        buyer.pays_with(Card::Slow).await?;
        let session = world.ledger.only_attempt(&order)?.session;
        buyer.page().goto(&format!("{}/pay/{session}", world.at.backend)).await?;
        // It refreshes itself; the buyer touches nothing.
        buyer.sees(PAID).await?;
        world.ledger.is_captured_once(&order).await?;
        Ok(())
    })
    .await;
}

#[tokio::test]
async fn with_scripts_off_a_declined_buyer_is_led_from_the_status_page_to_the_shop_and_pays_again() {
    journey(Settings::default(), async |world| {
        let buyer = world.buyer_with(&Profile::default().without_scripts()).await?;
        let order = buyer.places_an_order().await?;
        buyer.page().press(FORM_BUTTON).await?;
        buyer.pays_with(Card::Declined).await?;
        buyer.comes_back().await?;
        buyer.page().press("alliancepay-checkout a").await?;
        buyer.sees("payment was declined").await?;
        buyer.page().press("a.button").await?;
        buyer.page().press(TRY_AGAIN).await?;
        buyer.page().press(FORM_BUTTON).await?;
        buyer.pays_with(Card::Succeeds).await?;
        buyer.comes_back().await?;
        buyer.page().press("alliancepay-checkout a").await?;
        buyer.sees(PAID).await?;
        world.ledger.is_captured_once(&order).await?;
        Ok(())
    })
    .await;
}

#[tokio::test]
async fn with_scripts_off_a_stale_page_is_told_so_in_words() {
    journey(Settings::default(), async |world| {
        let buyer = world.buyer_with(&Profile::default().without_scripts()).await?;
        let order = buyer.places_an_order().await?;
        let shop = buyer.page().url().await?;
        world.ledger.forgets_every_token()?;
        buyer.page().press(FORM_BUTTON).await?;
        buyer.sees("reload the page and try again").await?;
        assert_eq!(world.bank.order_count().await?, 0);

        buyer.page().goto(&shop).await?;
        buyer.page().press(FORM_BUTTON).await?;
        buyer.pays_with(Card::Succeeds).await?;
        buyer.is_told_by_the_bank().await?;
        world.ledger.is_captured_once(&order).await?;
        Ok(())
    })
    .await;
}

#[tokio::test]
async fn a_policy_without_webassembly_leaves_the_form_standing() {
    journey(Settings::without_wasm(), async |world| {
        let buyer = world.buyer().await?;
        // Before it gives up the form is there as well: only its word tells that it was stopped.
        let hears = "addEventListener('alliancepay:error', (event) => { window.told = event.detail.code; });";
        buyer.page().devtools("Page.addScriptToEvaluateOnNewDocument", json!({"source": hears})).await?;
        let order = buyer.places_an_order().await?;
        buyer.page().wait_until("window.told === 'widget_unavailable'").await?;
        buyer.page().press(FORM_BUTTON).await?;
        buyer.pays_with(Card::Succeeds).await?;
        buyer.comes_back().await?;
        buyer.page().wait_until("window.told === 'widget_unavailable'").await?;
        buyer.page().press("alliancepay-checkout a").await?;
        buyer.sees(PAID).await?;
        world.ledger.is_captured_once(&order).await?;
        Ok(())
    })
    .await;
}

#[tokio::test]
async fn where_no_script_reaches_the_backend_the_form_is_offered_beside_the_widget() {
    journey(Settings::with_a_forgotten_origin(), async |world| {
        let site = MerchantPage::selling(world, Widget::Served, "").await?;
        let buyer = world.buyer().await?;
        buyer.page().goto(&site.url).await?;
        buyer.presses_pay().await?;
        buyer.sees("could not reach the payment service").await?;
        buyer.pays_by_the_form(Card::Succeeds).await?;
        world.ledger.is_captured_once(ORDER).await?;
        assert_eq!(world.bank.order_count().await?, 1);
        let session = world.ledger.only_attempt(ORDER)?.session;
        buyer.page().goto(&format!("{}/pay/{session}", world.at.backend)).await?;
        buyer.sees(PAID).await
    })
    .await;
}
