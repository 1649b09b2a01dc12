//! 7: `default-src 'none'`, sources of the page's own only, Trusted Types; with and without the word that lets
//! WebAssembly run.

use serde_json::json;

use crate::support::{Card, Engine, MerchantPage, ORDER, PAID, Settings, Widget, journey_on, on_each_engine};

on_each_engine!(
    the_strictest_policy_is_kept_to_and_the_buyer_pays_by_the_widget,
    without_the_word_for_webassembly_the_form_pays,
);

async fn the_strictest_policy_is_kept_to_and_the_buyer_pays_by_the_widget(engine: Engine) {
    journey_on(engine, Settings::default(), async |world| {
        let site = MerchantPage::selling(world, Widget::StrictlyServed, "").await?;
        let buyer = world.buyer().await?;
        buyer.page().goto(&site.url).await?;
        buyer.can_pay().await?;
        buyer.pays_and_comes_back(Card::Succeeds).await?;
        buyer.sees(PAID).await?;
        // The browser asks for an icon by itself; everything else it complains of would be ours.
        let complaints = "return window.complaints.filter((one) => !one.includes('favicon.ico'));";
        let complaints = buyer.runs(complaints).await?;
        assert_eq!(complaints, json!([]));
        if engine == Engine::Chromium {
            let console = buyer.page().console().await?;
            let ours: Vec<_> = console.iter().filter(|line| !line.contains("favicon.ico")).collect();
            assert!(ours.is_empty(), "{ours:?}");
        }
        world.ledger.is_captured_once(ORDER).await?;
        Ok(())
    })
    .await;
}

async fn without_the_word_for_webassembly_the_form_pays(engine: Engine) {
    journey_on(engine, Settings::default(), async |world| {
        let site = MerchantPage::selling(world, Widget::StrictlyWithoutWasm, "").await?;
        let buyer = world.buyer().await?;
        buyer.page().goto(&site.url).await?;
        buyer.is_left_with_the_form().await?;
        buyer.pays_by_the_form(Card::Succeeds).await?;
        world.ledger.is_captured_once(ORDER).await?;
        Ok(())
    })
    .await;
}
