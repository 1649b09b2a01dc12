//! The buyer's own side of the line: a connection that goes while the outcome is waited for, a page left open for too
//! long. A bad line while paying is among `thirteen`.

use crate::support::{AWAITING, Card, PAID, Settings, fault, journey};

#[tokio::test]
async fn a_buyer_who_goes_offline_while_waiting_learns_the_outcome_afterwards() {
    journey(Settings::default(), async |world| {
        world.bank.breaks_for(fault("create-order", "pending"), 4_000).await?;
        let buyer = world.buyer().await?;
        let order = buyer.places_an_order().await?;
        buyer.pays_and_comes_back(Card::Succeeds).await?;
        buyer.sees(AWAITING).await?;
        buyer.page().offline(true).await?;
        buyer.sees("You are offline").await?;
        world.ledger.is_captured_once(&order).await?;
        assert!(!buyer.sees_now(PAID).await?);
        buyer.page().offline(false).await?;
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
