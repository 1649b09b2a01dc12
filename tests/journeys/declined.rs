//! Declined or cancelled, then paid in the same checkout: that is the end of one attempt and not of the order.

use crate::support::{Card, DECLINED, PAID, Settings, journey};

#[tokio::test]
async fn a_declined_buyer_pays_with_another_card_in_the_same_checkout() {
    journey(Settings::default(), async |world| {
        let buyer = world.buyer().await?;
        let order = buyer.places_an_order().await?;
        buyer.pays_and_comes_back(Card::Declined).await?;
        buyer.sees(DECLINED).await?;
        assert!(!buyer.sees_now(PAID).await?);
        world.ledger.waits_for(&order, "REJECTED").await?;

        buyer.presses_pay().await?;
        buyer.pays_with(Card::Succeeds).await?;
        buyer.comes_back().await?;
        buyer.sees(PAID).await?;

        world.ledger.is_captured_once(&order).await?;
        let states: Vec<String> = world.ledger.attempts(&order)?.into_iter().map(|one| one.state).collect();
        assert_eq!(states, ["REJECTED", "CAPTURED"]);
        assert_eq!(world.bank.order_count().await?, 2);
        assert_eq!(world.bank.payment_count().await?, 1);
        Ok(())
    })
    .await;
}

#[tokio::test]
async fn a_buyer_who_cancels_at_the_bank_may_pay_after_all() {
    journey(Settings::default(), async |world| {
        let buyer = world.buyer().await?;
        let order = buyer.places_an_order().await?;
        buyer.presses_pay().await?;
        buyer.page().press("[data-action=cancel]").await?;
        buyer.comes_back().await?;
        buyer.sees("Payment cancelled").await?;
        let cancelled = world.ledger.waits_for(&order, "CANCELLED").await?;
        assert_eq!(cancelled.reason.as_deref(), Some("bank"));

        buyer.pays_and_comes_back(Card::Succeeds).await?;
        buyer.sees(PAID).await?;
        world.ledger.is_captured_once(&order).await?;
        Ok(())
    })
    .await;
}
