//! 12: from the first page to the outcome nobody is asked for anything but the shop and its backend, no cookie is set,
//! and nothing is stored in the browser before Pay is pressed.

use serde_json::json;

use crate::support::{Buyer, Card, Engine, PAID, Settings, World, journey_on, on_each_engine};

on_each_engine!(
    nobody_but_the_shop_and_its_backend_is_asked_for_anything,
    nothing_is_stored_in_the_browser_before_pay_is_pressed_and_nothing_is_complained_of,
);

async fn nobody_but_the_shop_and_its_backend_is_asked_for_anything(engine: Engine) {
    journey_on(engine, Settings::default(), async |world| {
        let buyer = world.buyer().await?;
        buyer.page().goto(&world.at.shop).await?;
        buyer.page().wait_until("document.querySelector('alliancepay-checkout').shadowRoot").await?;
        asked_nobody_else(world, &buyer).await?;
        let order = buyer.places_an_order().await?;
        buyer.can_pay().await?;
        asked_nobody_else(world, &buyer).await?;
        buyer.pays_and_comes_back(Card::Succeeds).await?;
        buyer.sees(PAID).await?;
        asked_nobody_else(world, &buyer).await?;
        world.ledger.is_captured_once(&order).await?;
        Ok(())
    })
    .await;
}

/// Failed requests are in the browser's list too; every name but loopback's fails in our browsers.
async fn asked_nobody_else(world: &World, buyer: &Buyer) -> anyhow::Result<()> {
    let asked = buyer.runs("return performance.getEntriesByType('resource').map((one) => one.name);").await?;
    let asked: Vec<String> = serde_json::from_value(asked)?;
    assert!(!asked.is_empty(), "the browser keeps no list");
    let ours = [&world.at.backend, &world.at.shop];
    let is_foreign =
        |url: &&String| !url.starts_with("data:") && !ours.iter().any(|origin| url.starts_with(*origin));
    let others: Vec<_> = asked.iter().filter(is_foreign).collect();
    assert!(others.is_empty(), "somebody else was asked: {others:?}");
    Ok(())
}

async fn nothing_is_stored_in_the_browser_before_pay_is_pressed_and_nothing_is_complained_of(engine: Engine) {
    journey_on(engine, Settings::default(), async |world| {
        let buyer = world.buyer().await?;
        buyer.page().goto(&world.at.shop).await?;
        buyer.page().wait_until("document.querySelector('alliancepay-checkout').shadowRoot").await?;
        buyer.places_an_order().await?;
        buyer.can_pay().await?;
        let stored = "return [localStorage.length, sessionStorage.length, (await indexedDB.databases()).length, \
                      (await caches.keys()).length];";
        assert_eq!(buyer.runs(stored).await?, json!([0, 0, 0, 0]));
        let cookies = buyer.page().client().get_all_cookies().await?;
        let foreign: Vec<_> = cookies.iter().filter(|cookie| !cookie.name().starts_with("shop_")).collect();
        assert!(foreign.is_empty(), "{foreign:?}");
        if engine == Engine::Chromium {
            assert_eq!(buyer.page().console().await?, Vec::<String>::new());
        }
        Ok(())
    })
    .await;
}
