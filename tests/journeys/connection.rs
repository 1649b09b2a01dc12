//! The buyer's own side of the line: a connection that goes, a page left open for too long, nothing stored too early.

use serde_json::json;

use crate::support::{AWAITING, Buyer, Card, PAID, Settings, WIDGET_BUTTON, fault, journey};

#[tokio::test]
async fn a_buyer_who_is_offline_is_told_so_and_pays_once_the_line_is_back() {
    journey(Settings::default(), async |world| {
        let buyer = world.buyer().await?;
        let order = buyer.places_an_order().await?;
        buyer.can_pay().await?;
        is_offline(&buyer, true).await?;
        buyer.presses_pay().await?;
        buyer.page().wait_until("/taking longer|could not reach|offline/i.test(deepText())").await?;
        is_offline(&buyer, false).await?;
        // It goes on by itself, or offers its button again.
        buyer.page().wait_until(&format!("deep('[name=pan]') || {WIDGET_BUTTON}")).await?;
        if !buyer.page().has("[name=pan]").await? {
            buyer.presses_pay().await?;
        }
        buyer.pays_with(Card::Succeeds).await?;
        buyer.comes_back().await?;
        buyer.sees(PAID).await?;
        world.ledger.is_captured_once(&order).await?;
        assert_eq!(world.bank.order_count().await?, 1);
        Ok(())
    })
    .await;
}

#[tokio::test]
async fn a_buyer_who_goes_offline_while_waiting_learns_the_outcome_afterwards() {
    journey(Settings::default(), async |world| {
        world.bank.breaks_for(fault("create-order", "pending"), 4_000).await?;
        let buyer = world.buyer().await?;
        let order = buyer.places_an_order().await?;
        buyer.pays_and_comes_back(Card::Succeeds).await?;
        buyer.sees(AWAITING).await?;
        is_offline(&buyer, true).await?;
        buyer.sees("You are offline").await?;
        world.ledger.is_captured_once(&order).await?;
        assert!(!buyer.sees_now(PAID).await?);
        is_offline(&buyer, false).await?;
        buyer.sees(PAID).await
    })
    .await;
}

#[tokio::test]
async fn a_page_left_open_until_its_token_is_stale_fetches_a_fresh_one_unseen() {
    journey(Settings::default(), async |world| {
        let buyer = world.buyer().await?;
        let order = buyer.places_an_order().await?;
        buyer.can_pay().await?;
        world.ledger.forgets_every_token()?;
        buyer.pays_and_comes_back(Card::Succeeds).await?;
        buyer.sees(PAID).await?;
        world.ledger.is_captured_once(&order).await?;
        world.ledger.only_attempt(&order)?;
        Ok(())
    })
    .await;
}

#[tokio::test]
async fn nothing_is_stored_in_the_browser_before_pay_is_pressed_and_nothing_is_complained_of() {
    journey(Settings::default(), async |world| {
        let buyer = world.buyer().await?;
        buyer.page().goto(&world.at.shop).await?;
        buyer.page().wait_until("document.querySelector('alliancepay-checkout').shadowRoot").await?;
        buyer.places_an_order().await?;
        buyer.can_pay().await?;
        let stored = buyer
            .runs(
                "return [localStorage.length, sessionStorage.length, (await indexedDB.databases()).length];",
            )
            .await?;
        assert_eq!(stored, json!([0, 0, 0]));
        let cookies = buyer.page().client().get_all_cookies().await?;
        let foreign: Vec<_> = cookies.iter().filter(|cookie| !cookie.name().starts_with("shop_")).collect();
        assert!(foreign.is_empty(), "{foreign:?}");
        assert_eq!(buyer.page().console().await?, Vec::<String>::new());
        Ok(())
    })
    .await;
}

async fn is_offline(buyer: &Buyer, offline: bool) -> anyhow::Result<()> {
    let line = json!({"offline": offline, "latency": 0, "downloadThroughput": -1, "uploadThroughput": -1});
    buyer.page().devtools("Network.enable", json!({})).await?;
    buyer.page().devtools("Network.emulateNetworkConditions", line).await.map(drop)
}
