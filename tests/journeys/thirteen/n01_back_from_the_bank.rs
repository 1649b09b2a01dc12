//! 1: Back from the bank's page, out of the back/forward cache or without it, finds a usable widget and the same session.
//! Chromium keeps the page alive; Firefox under WebDriver does not and loads it anew, as any browser may.

use anyhow::ensure;

use crate::support::{
    Buyer, Card, Engine, MerchantPage, ORDER, PAID, Profile, Settings, TAG, WIDGET_BUTTON, World, journey,
    journey_on, on_each_engine,
};

on_each_engine!(back_from_the_card_page_finds_a_usable_widget_within_a_second);

async fn back_from_the_card_page_finds_a_usable_widget_within_a_second(engine: Engine) {
    journey_on(engine, Settings::default(), async |world| {
        goes_to_the_bank_and_back(world, &Profile::default(), engine == Engine::Chromium).await
    })
    .await;
}

#[tokio::test]
async fn back_without_the_cache_finds_the_same_session_again() {
    journey(Settings::default(), async |world| {
        let profile = Profile::default().chromium_argument("--disable-features=BackForwardCache");
        goes_to_the_bank_and_back(world, &profile, false).await
    })
    .await;
}

async fn goes_to_the_bank_and_back(world: &World, profile: &Profile, kept_alive: bool) -> anyhow::Result<()> {
    let _site = MerchantPage::with_head(world, &format!("{}{TAG}", watch()), str::to_owned).await?;
    let buyer = world.buyer_with(profile).await?;
    buyer.page().goto(&world.at.merchant_page).await?;
    buyer.presses_pay().await?;
    buyer.is_at_the_bank().await?;
    buyer.page().client().back().await?;

    buyer.page().wait_until("window.cameBack?.usable !== undefined").await?;
    let back = buyer.runs("return cameBack;").await?;
    ensure!(back["persisted"] == kept_alive, "the browser kept the page alive, or did not: {back}");
    ensure!(back["usable"].as_f64().is_some_and(|millis| millis < 1_000.0), "usable after {back}");
    pays_at_the_same_bank_order(world, &buyer).await
}

/// How long after Back the widget's button can be pressed: from the moment the browser showed the page it had kept, or
/// from the moment it began to load it anew.
fn watch() -> String {
    format!(
        "<script>addEventListener('pageshow', ({{ persisted }}) => {{
           const [{{ type }}] = performance.getEntriesByType('navigation');
           if (!persisted && type !== 'back_forward') return;
           const shown = persisted ? performance.now() : 0;
           window.cameBack = {{ persisted }};
           const look = () => {{
             if ({WIDGET_BUTTON}) cameBack.usable = performance.now() - shown;
             else requestAnimationFrame(look);
           }};
           look();
         }});</script>"
    )
}

async fn pays_at_the_same_bank_order(world: &World, buyer: &Buyer) -> anyhow::Result<()> {
    world.ledger.only_attempt(ORDER)?;
    buyer.pays_and_comes_back(Card::Succeeds).await?;
    buyer.sees(PAID).await?;
    world.ledger.is_captured_once(ORDER).await?;
    world.ledger.only_attempt(ORDER)?;
    ensure!(world.bank.order_count().await? == 1, "one order at the bank");
    Ok(())
}
