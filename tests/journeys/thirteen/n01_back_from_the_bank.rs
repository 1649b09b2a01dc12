//! 1: Back from the bank's page, out of the back/forward cache or without it, finds a usable widget and the same session.

use crate::support::{
    Buyer, Card, Engine, PAID, Profile, Settings, WIDGET_BUTTON, World, journey, journey_on, on_each_engine,
};

on_each_engine!(back_from_the_card_page_finds_a_usable_widget_within_a_second);

async fn back_from_the_card_page_finds_a_usable_widget_within_a_second(engine: Engine) {
    journey_on(engine, Settings::default(), async |world| {
        let buyer = world.buyer().await?;
        goes_to_the_bank_and_back(&buyer).await?;
        if engine == Engine::Firefox {
            // Firefox under WebDriver keeps no page alive: it loads the page anew, as any browser may.
            buyer.can_pay().await?;
            return pays_at_the_same_bank_order(world, &buyer).await;
        }
        buyer.page().wait_until("window.backAgain?.usable !== undefined").await?;
        let back = buyer.runs("return window.backAgain;").await?;
        assert_eq!(back["persisted"], true, "the browser kept the page alive: {back}");
        let usable = back["usable"].as_f64().expect("a time");
        assert!(usable < 1_000.0, "usable {usable} ms after the page was shown again");

        pays_at_the_same_bank_order(world, &buyer).await
    })
    .await;
}

#[tokio::test]
async fn back_without_the_cache_finds_the_same_session_again() {
    journey(Settings::default(), async |world| {
        let profile = Profile::default().chromium_argument("--disable-features=BackForwardCache");
        let buyer = world.buyer_with(&profile).await?;
        goes_to_the_bank_and_back(&buyer).await?;
        buyer.can_pay().await?;
        assert!(buyer.page().holds("window.backAgain === undefined").await?, "the page was loaded anew");

        pays_at_the_same_bank_order(world, &buyer).await
    })
    .await;
}

/// Leaves a watch in the page that only survives in the back/forward cache.
async fn goes_to_the_bank_and_back(buyer: &Buyer) -> anyhow::Result<()> {
    buyer.places_an_order().await?;
    buyer.can_pay().await?;
    let watch = format!(
        "addEventListener('pageshow', (event) => {{
           const shown = performance.now();
           window.backAgain = {{ persisted: event.persisted }};
           const look = () => {{
             if ({WIDGET_BUTTON}) window.backAgain.usable = performance.now() - shown;
             else requestAnimationFrame(look);
           }};
           look();
         }});"
    );
    buyer.runs(&watch).await?;
    buyer.presses_pay().await?;
    buyer.is_at_the_bank().await?;
    buyer.page().client().back().await?;
    Ok(())
}

async fn pays_at_the_same_bank_order(world: &World, buyer: &Buyer) -> anyhow::Result<()> {
    let order = buyer.page().text(".number").await?;
    world.ledger.only_attempt(&order)?;
    buyer.pays_and_comes_back(Card::Succeeds).await?;
    buyer.sees(PAID).await?;
    world.ledger.is_captured_once(&order).await?;
    world.ledger.only_attempt(&order)?;
    assert_eq!(world.bank.order_count().await?, 1);
    Ok(())
}
