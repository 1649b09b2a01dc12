//! Ways back from the bank other than its button: another browser, the Back button with and without the
//! back/forward cache.

use crate::support::{Buyer, Card, PAID, Profile, Settings, WIDGET_BUTTON, World, eventually, journey};

#[tokio::test]
async fn a_closed_tab_is_no_loss_the_return_url_alone_tells_the_outcome_in_another_browser() {
    journey(Settings::default(), async |world| {
        let first = world.buyer().await?;
        let order = first.places_an_order().await?;
        first.presses_pay().await?;
        first.pays_with(Card::Succeeds).await?;
        first.is_told_by_the_bank().await?;
        let bank_orders = world.bank.orders().await?;
        let return_url = bank_orders[0]["successUrl"].as_str().expect("a return URL").to_owned();
        first.page().client().close_window().await?;

        let second = world.buyer().await?;
        second.page().goto(&return_url).await?;
        // A browser that has never been here gets the language of the order.
        second.sees(PAID).await?;
        second.sees(&order).await?;
        world.ledger.is_captured_once(&order).await?;
        Ok(())
    })
    .await;
}

#[tokio::test]
async fn back_from_the_card_page_finds_a_usable_widget_within_a_second() {
    journey(Settings::default(), async |world| {
        let buyer = world.buyer().await?;
        goes_to_the_bank_and_back(&buyer).await?;
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
        let profile = Profile::default().argument("--disable-features=BackForwardCache");
        let buyer = world.buyer_with(&profile).await?;
        goes_to_the_bank_and_back(&buyer).await?;
        buyer.can_pay().await?;
        assert!(buyer.page().holds("window.backAgain === undefined").await?, "the page was loaded anew");

        pays_at_the_same_bank_order(world, &buyer).await
    })
    .await;
}

#[tokio::test]
async fn back_after_paying_tells_of_the_payment_and_offers_no_second_one() {
    journey(Settings::default(), async |world| {
        let buyer = world.buyer().await?;
        let order = buyer.places_an_order().await?;
        buyer.presses_pay().await?;
        buyer.pays_with(Card::Succeeds).await?;
        buyer.is_told_by_the_bank().await?;
        eventually("the buyer is back at the shop", async || {
            if !buyer.page().url().await?.starts_with(&world.at.shop) {
                buyer.page().client().back().await?;
                return Ok(None);
            }
            Ok(Some(()))
        })
        .await?;
        buyer.sees(PAID).await?;
        assert!(!buyer.can_pay_now().await?, "{}", buyer.page().describe().await);
        world.ledger.is_captured_once(&order).await?;
        world.ledger.only_attempt(&order)?;
        Ok(())
    })
    .await;
}

#[tokio::test]
async fn a_second_order_in_the_same_tab_knows_nothing_of_the_first() {
    journey(Settings::default(), async |world| {
        world.leaves_undecided("the first order's card page stays open, and nobody comes back to it");
        let buyer = world.buyer().await?;
        let first = buyer.places_an_order().await?;
        buyer.presses_pay().await?;
        let first_page = buyer.is_at_the_bank().await?;

        let second = buyer.places_an_order().await?;
        buyer.hears("button", "Pay ₴1,089.90").await?;
        buyer.presses_pay().await?;
        assert_ne!(buyer.is_at_the_bank().await?, first_page);
        buyer.pays_with(Card::Succeeds).await?;
        buyer.comes_back().await?;
        buyer.sees(PAID).await?;
        buyer.sees(&second).await?;
        world.ledger.is_captured_once(&second).await?;
        assert_eq!(world.ledger.only_attempt(&first)?.state, "REDIRECTED");
        Ok(())
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
