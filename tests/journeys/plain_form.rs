//! Payment without the widget: scripts off, WebAssembly forbidden, missing or served wrongly. The plain form pays,
//! and the backend's own status page tells.

use browser::fantoccini::Locator;

use crate::support::{
    Buyer, Card, MerchantPage, PAID, Profile, Settings, Widget, World, eventually, journey, pay_view,
};

/// The fallback's own button, in the page's light DOM.
const FORM_BUTTON: &str = "alliancepay-checkout form button";
const TRY_AGAIN: &str = "alliancepay-checkout a[href*='/pay?key']";

#[tokio::test]
async fn with_scripts_off_the_form_pays_and_the_status_page_tells() {
    journey(Settings::default(), async |world| {
        let buyer = world.buyer_with(&Profile::default().without_scripts()).await?;
        let order = buyer.places_an_order().await?;
        buyer.page().press(FORM_BUTTON).await?;
        buyer.pays_with(Card::Succeeds).await?;
        buyer.comes_back().await?;
        // The shop's return page has nothing but a link without scripts.
        buyer.page().press("alliancepay-checkout a").await?;
        assert!(buyer.page().url().await?.starts_with(&format!("{}/pay/", world.at.backend)));
        buyer.sees(PAID).await?;
        world.ledger.is_captured_once(&order).await?;
        Ok(())
    })
    .await;
}

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
        buyer.sees("declined the payment").await?;
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
        let order = buyer.places_an_order().await?;
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
async fn a_missing_wasm_file_leaves_the_form_standing() {
    journey(Settings::default(), async |world| pays_on_a_page_with(world, Widget::WasmMissing).await).await;
}

#[tokio::test]
async fn a_page_in_place_of_the_wasm_file_leaves_the_form_standing() {
    journey(Settings::default(), async |world| pays_on_a_page_with(world, Widget::WasmIsAPage).await).await;
}

#[tokio::test]
async fn a_wrong_mime_type_does_not_stop_the_payment() {
    journey(Settings::default(), async |world| {
        let (_site, buyer) = a_buyer_at(world, Widget::WasmAsText).await?;
        // Either the widget got its WebAssembly all the same, or the form is left: one of the two can be pressed.
        eventually("something to pay with", async || {
            if buyer.can_pay_now().await? {
                buyer.presses_pay().await?;
            } else {
                buyer.page().client().find(Locator::Css(FORM_BUTTON)).await?.click().await?;
            }
            Ok(Some(()))
        })
        .await?;
        pays_at_the_bank(world, &buyer).await
    })
    .await;
}

#[tokio::test]
async fn where_no_script_reaches_the_backend_the_form_is_offered_beside_the_widget() {
    journey(Settings::with_a_forgotten_origin(), async |world| {
        let (_site, buyer) = a_buyer_at(world, Widget::Served).await?;
        buyer.presses_pay().await?;
        buyer.sees("could not reach the payment service").await?;
        buyer.page().press(FORM_BUTTON).await?;
        pays_at_the_bank(world, &buyer).await
    })
    .await;
}

async fn pays_on_a_page_with(world: &World, widget: Widget) -> anyhow::Result<()> {
    let (_site, buyer) = a_buyer_at(world, widget).await?;
    buyer.page().press(FORM_BUTTON).await?;
    pays_at_the_bank(world, &buyer).await
}

async fn a_buyer_at(world: &World, widget: Widget) -> anyhow::Result<(MerchantPage, Buyer)> {
    let token = world.ledger.put_order("J-1", 25_000, &world.at.merchant_page).await?;
    let site = MerchantPage::start(world, widget, &pay_view(world, "J-1", &token, "")).await?;
    let buyer = world.buyer().await?;
    buyer.page().goto(&site.url).await?;
    // The loader has come and has tried what it can.
    buyer
        .page()
        .wait_until("performance.getEntriesByType('resource').some((one) => one.name.endsWith('.wasm'))")
        .await?;
    Ok((site, buyer))
}

async fn pays_at_the_bank(world: &World, buyer: &Buyer) -> anyhow::Result<()> {
    buyer.pays_with(Card::Succeeds).await?;
    buyer.comes_back().await?;
    world.ledger.is_captured_once("J-1").await?;
    assert_eq!(world.bank.order_count().await?, 1);
    let session = world.ledger.only_attempt("J-1")?.session;
    buyer.page().goto(&format!("{}/pay/{session}", world.at.backend)).await?;
    buyer.sees(PAID).await
}
