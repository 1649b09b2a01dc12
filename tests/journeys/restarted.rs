//! The backend is killed without warning and started again on the same file.

use crate::support::{
    AWAITING, Card, MerchantPage, PAID, Settings, Widget, World, eventually, fault, journey, pay_view,
};

#[tokio::test]
async fn a_backend_killed_while_the_bank_makes_the_order_goes_on_where_it_was() {
    journey(Settings::default(), async |world| {
        world.bank.breaks(fault("create-order", "duplicate-replayed")).await?;
        is_killed_while_the_bank_makes_the_order(world).await?;
        assert_eq!(world.bank.order_count().await?, 1);
        Ok(())
    })
    .await;
}

#[tokio::test]
async fn a_backend_killed_while_the_bank_makes_the_order_starts_anew_where_the_bank_repeats_nothing() {
    journey(Settings::default(), async |world| {
        world.leaves_undecided("the bank may have an order of the first attempt, but nobody has its page");
        is_killed_while_the_bank_makes_the_order(world).await
    })
    .await;
}
#[tokio::test]
async fn a_backend_killed_while_the_buyer_pays_learns_of_it_afterwards() {
    journey(Settings::default(), async |world| {
        let buyer = world.buyer().await?;
        let order = buyer.places_an_order().await?;
        buyer.presses_pay().await?;
        buyer.is_at_the_bank().await?;
        world.kills_the_backend().await?;
        buyer.pays_with(Card::Succeeds).await?;
        buyer.is_told_by_the_bank().await?;
        world.starts_the_backend_again().await?;
        buyer.comes_back().await?;
        buyer.sees(PAID).await?;
        world.ledger.is_captured_once(&order).await?;
        assert_eq!(world.bank.order_count().await?, 1);
        Ok(())
    })
    .await;
}

#[tokio::test]
async fn a_buyer_who_waits_while_the_backend_is_down_is_told_once_it_is_back() {
    journey(Settings::default(), async |world| {
        world.bank.breaks_for(fault("create-order", "pending"), 3_000).await?;
        let buyer = world.buyer().await?;
        let order = buyer.places_an_order().await?;
        buyer.pays_and_comes_back(Card::Succeeds).await?;
        buyer.sees(AWAITING).await?;
        world.kills_the_backend().await?;
        world.starts_the_backend_again().await?;
        buyer.sees(PAID).await?;
        world.ledger.is_captured_once(&order).await?;
        Ok(())
    })
    .await;
}

#[tokio::test]
async fn a_page_loaded_while_the_backend_is_down_pays_once_it_is_back() {
    journey(Settings::default(), async |world| {
        let buyer = world.buyer().await?;
        let token = world.ledger.put_order("J-1", 25_000, &world.at.shop).await?;
        let page = pay_view(world, "J-1", &token, "");
        let site = MerchantPage::start(world, Widget::Served, &page).await?;
        world.kills_the_backend().await?;
        buyer.page().goto(&site.url).await?;
        buyer.can_pay().await?;
        world.starts_the_backend_again().await?;

        buyer.pays_and_comes_back(Card::Succeeds).await?;
        world.ledger.is_captured_once("J-1").await?;
        Ok(())
    })
    .await;
}

/// Nobody presses anything after the kill: the widget repeats its request with the same key.
async fn is_killed_while_the_bank_makes_the_order(world: &World) -> anyhow::Result<()> {
    world.bank.breaks_for(fault("create-order", "slow"), 2_000).await?;
    let buyer = world.buyer().await?;
    let order = buyer.places_an_order().await?;
    buyer.presses_pay().await?;
    eventually("the bank is making the order", async || {
        Ok((world.bank.calls("create-order").await? == 1).then_some(()))
    })
    .await?;
    assert_eq!(world.ledger.only_attempt(&order)?.state, "CREATED", "stored before the bank was called");
    world.kills_the_backend().await?;
    world.starts_the_backend_again().await?;

    buyer.pays_with(Card::Succeeds).await?;
    buyer.comes_back().await?;
    buyer.sees(PAID).await?;
    world.ledger.waits_for(&order, "CAPTURED").await?;
    assert_eq!(world.bank.payment_count().await?, 1);
    let states: Vec<String> = world.ledger.attempts(&order)?.into_iter().map(|one| one.state).collect();
    assert_eq!(states.iter().filter(|state| *state == "CAPTURED").count(), 1, "{states:?}");
    Ok(())
}
