//! The bank's notification is only a hint: it may be lost, late, doubled or early, and the outcome is the same.

use crate::support::{AWAITING, Card, PAID, Settings, eventually, fault, journey};

#[tokio::test]
async fn a_lost_notification_is_made_good_by_asking() {
    journey(Settings::default(), async |world| {
        world.bank.breaks(fault("notification", "lost")).await?;
        let buyer = world.buyer().await?;
        let order = buyer.places_an_order().await?;
        buyer.presses_pay().await?;
        buyer.pays_with(Card::Succeeds).await?;
        buyer.is_told_by_the_bank().await?;
        // The buyer does not even come back.
        world.ledger.is_captured_once(&order).await?;
        let request = world.ledger.only_attempt(&order)?.merchant_request_id;
        let sent = world.bank.notifications(&request).await?;
        assert!(sent.iter().all(|one| one["tries"].as_array().is_some_and(Vec::is_empty)), "{sent:?}");

        buyer.comes_back().await?;
        buyer.sees(PAID).await
    })
    .await;
}

#[tokio::test]
async fn a_late_notification_still_ends_the_wait() {
    journey(Settings::hints_only(), async |world| {
        world.bank.breaks_for(fault("notification", "late"), 3_000).await?;
        let buyer = world.buyer().await?;
        let order = buyer.places_an_order().await?;
        buyer.pays_and_comes_back(Card::Succeeds).await?;
        buyer.sees(PAID).await?;
        world.ledger.is_captured_once(&order).await?;
        Ok(())
    })
    .await;
}

#[tokio::test]
async fn a_duplicate_notification_changes_nothing() {
    journey(Settings::hints_only(), async |world| {
        world.bank.breaks(fault("notification", "twice")).await?;
        let buyer = world.buyer().await?;
        let order = buyer.places_an_order().await?;
        buyer.pays_and_comes_back(Card::Succeeds).await?;
        buyer.sees(PAID).await?;
        let request = world.ledger.only_attempt(&order)?.merchant_request_id;
        eventually("both notifications were delivered", async || {
            let sent = world.bank.notifications(&request).await?;
            let answered = sent.iter().flat_map(|one| one["tries"].as_array().into_iter().flatten());
            Ok((answered.filter(|one| one["http"] == 200).count() == 2).then_some(()))
        })
        .await?;
        let captured = world.ledger.is_captured_once(&order).await?;
        assert_eq!(captured.operations.len(), 1);
        Ok(())
    })
    .await;
}

#[tokio::test]
async fn a_pending_notification_decides_nothing_and_the_success_after_it_does() {
    journey(Settings::hints_only(), async |world| {
        world.bank.breaks_for(fault("create-order", "pending"), 4_000).await?;
        let buyer = world.buyer().await?;
        let order = buyer.places_an_order().await?;
        buyer.presses_pay().await?;
        buyer.pays_with(Card::Succeeds).await?;
        buyer.comes_back().await?;
        buyer.sees(AWAITING).await?;
        assert!(!buyer.sees_now(PAID).await?);
        buyer.sees(PAID).await?;
        world.ledger.is_captured_once(&order).await?;
        Ok(())
    })
    .await;
}

#[tokio::test]
async fn a_stale_pending_after_the_success_takes_nothing_back() {
    journey(Settings::hints_only(), async |world| {
        world.bank.breaks(fault("notification", "reordered")).await?;
        let buyer = world.buyer().await?;
        let order = buyer.places_an_order().await?;
        buyer.pays_and_comes_back(Card::Slow).await?;
        buyer.sees(PAID).await?;
        let request = world.ledger.only_attempt(&order)?.merchant_request_id;
        eventually("every notification was delivered", async || {
            let sent = world.bank.notifications(&request).await?;
            Ok((sent.len() > 1 && sent.iter().all(|one| one["state"] == "delivered")).then_some(()))
        })
        .await?;
        world.ledger.is_captured_once(&order).await?;
        assert!(buyer.sees_now(PAID).await?);
        Ok(())
    })
    .await;
}
