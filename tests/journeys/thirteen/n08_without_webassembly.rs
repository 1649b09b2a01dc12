//! 8: no WebAssembly in the browser, as in the lockdown modes, and no JavaScript at all.

use crate::support::{
    Card, Engine, MerchantPage, ORDER, PAID, Profile, Settings, Widget, journey_on, on_each_engine,
};

on_each_engine!(
    a_browser_without_webassembly_pays_by_the_form,
    with_scripts_off_the_form_pays_and_the_status_page_tells,
);

async fn a_browser_without_webassembly_pays_by_the_form(engine: Engine) {
    journey_on(engine, Settings::default(), async |world| {
        let site = MerchantPage::selling(world, Widget::NoWebAssembly, "").await?;
        let buyer = world.buyer().await?;
        buyer.page().goto(&site.url).await?;
        buyer.is_left_with_the_form().await?;
        buyer.pays_by_the_form(Card::Succeeds).await?;
        world.ledger.is_captured_once(ORDER).await?;
        assert_eq!(world.bank.order_count().await?, 1);
        Ok(())
    })
    .await;
}

async fn with_scripts_off_the_form_pays_and_the_status_page_tells(engine: Engine) {
    journey_on(engine, Settings::default(), async |world| {
        let buyer = world.buyer_with(&Profile::default().without_scripts()).await?;
        let order = buyer.places_an_order().await?;
        buyer.pays_by_the_form(Card::Succeeds).await?;
        // The shop's return page has nothing but a link without scripts.
        buyer.page().press("alliancepay-checkout a").await?;
        assert!(buyer.page().url().await?.starts_with(&format!("{}/pay/", world.at.backend)));
        buyer.sees(PAID).await?;
        world.ledger.is_captured_once(&order).await?;
        Ok(())
    })
    .await;
}
