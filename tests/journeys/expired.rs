//! The card page that nobody used in time, and the money that came after all.

use crate::support::{Card, EXPIRED, PAID, Settings, eventually, fault, journey};

#[tokio::test]
async fn an_abandoned_card_page_expires_and_the_order_is_paid_anew() {
    journey(Settings::default(), async |world| {
        world.bank.breaks_for(fault("create-order", "expired"), 2_500).await?;
        let buyer = world.buyer().await?;
        let order = buyer.places_an_order().await?;
        let shop = buyer.page().url().await?;
        buyer.presses_pay().await?;
        let abandoned = buyer.is_at_the_bank().await?;

        let first = world.ledger.waits_for(&order, "CANCELLED").await?;
        assert_eq!(first.reason.as_deref(), Some("expired"));
        buyer.page().goto(&shop).await?;
        buyer.sees(EXPIRED).await?;

        buyer.presses_pay().await?;
        let anew = buyer.is_at_the_bank().await?;
        assert_ne!(abandoned, anew);
        buyer.pays_with(Card::Succeeds).await?;
        buyer.comes_back().await?;
        buyer.sees(PAID).await?;

        world.ledger.is_captured_once(&order).await?;
        assert_eq!(world.bank.order_count().await?, 2);
        Ok(())
    })
    .await;
}

#[tokio::test]
async fn a_buyer_who_is_back_before_the_page_expires_is_not_led_to_a_dead_page() {
    journey(Settings::default(), async |world| {
        world.bank.breaks_for(fault("create-order", "expired"), 3_000).await?;
        let buyer = world.buyer().await?;
        let order = buyer.places_an_order().await?;
        let shop = buyer.page().url().await?;
        buyer.presses_pay().await?;
        let abandoned = buyer.is_at_the_bank().await?;
        buyer.page().goto(&shop).await?;
        buyer.can_pay().await?;
        world.ledger.waits_for(&order, "CANCELLED").await?;

        // The button still says to go on with what is dead by now. It may say so first, or pay anew at once.
        buyer.presses_pay().await?;
        buyer.page().wait_until(&format!("deep('[name=pan]') || deepText().includes('{EXPIRED}')")).await?;
        if buyer.sees_now(EXPIRED).await? {
            buyer.presses_pay().await?;
        }
        assert_ne!(buyer.is_at_the_bank().await?, abandoned);
        buyer.pays_with(Card::Succeeds).await?;
        buyer.comes_back().await?;
        buyer.sees(PAID).await?;
        world.ledger.is_captured_once(&order).await?;
        Ok(())
    })
    .await;
}

#[tokio::test]
async fn a_success_that_comes_after_expiry_is_captured() {
    journey(Settings::default(), async |world| {
        world.bank.breaks_for(fault("create-order", "expired"), 2_000).await?;
        let buyer = world.buyer().await?;
        let order = buyer.places_an_order().await?;
        let shop = buyer.page().url().await?;
        buyer.presses_pay().await?;
        buyer.is_at_the_bank().await?;
        let expired = world.ledger.waits_for(&order, "CANCELLED").await?;

        world.bank.completes(&expired.merchant_request_id).await?;
        world.ledger.is_captured_once(&order).await?;
        buyer.page().goto(&shop).await?;
        buyer.sees(PAID).await?;
        Ok(())
    })
    .await;
}

#[tokio::test]
async fn money_that_comes_for_both_attempts_is_noticed_and_stops_the_shop() {
    journey(Settings::default(), async |world| {
        world.bank.breaks_for(fault("create-order", "expired"), 2_000).await?;
        let buyer = world.buyer().await?;
        let order = buyer.places_an_order().await?;
        let shop = buyer.page().url().await?;
        buyer.presses_pay().await?;
        let expired = world.ledger.waits_for(&order, "CANCELLED").await?;
        buyer.page().goto(&shop).await?;
        buyer.sees(EXPIRED).await?;
        buyer.pays_and_comes_back(Card::Succeeds).await?;
        buyer.sees(PAID).await?;
        world.ledger.is_captured_once(&order).await?;

        world.bank.completes(&expired.merchant_request_id).await?;
        let anomalies = eventually("the second payment is noticed", async || {
            let anomalies = world.ledger.order(&order).await?.anomalies;
            Ok((!anomalies.is_empty()).then_some(anomalies))
        })
        .await?;
        assert_eq!(anomalies, [checkout_api::Anomaly::Repeated]);
        assert_eq!(world.bank.payment_count().await?, 2);
        Ok(())
    })
    .await;
}
