//! 2: however often and wherever Pay is pressed, and whatever answer is lost, the bank gets one order.

use browser::fantoccini::key::Key;

use crate::support::{
    Buyer, Card, Engine, Line, MerchantPage, PAID, Profile, Settings, Trouble, WIDGET_BUTTON, Widget, World,
    eventually, fault, journey, journey_on, on_each_engine,
};

on_each_engine!(
    five_clicks_in_one_task_make_one_order_at_the_bank,
    enter_and_a_click_make_one_order_at_the_bank,
    two_tabs_share_one_order_at_the_bank,
    a_lost_answer_is_asked_for_again_with_the_same_key,
);

async fn five_clicks_in_one_task_make_one_order_at_the_bank(engine: Engine) {
    journey_on(engine, Settings::default(), async |world| {
        let buyer = a_buyer_and_a_slow_bank(world).await?;
        buyer.runs(&format!("const b = {WIDGET_BUTTON}; for (let n = 0; n < 5; n++) b.click();")).await?;
        pays_once(world, &buyer).await
    })
    .await;
}

async fn enter_and_a_click_make_one_order_at_the_bank(engine: Engine) {
    journey_on(engine, Settings::default(), async |world| {
        let buyer = a_buyer_and_a_slow_bank(world).await?;
        buyer.runs(&format!("{WIDGET_BUTTON}.focus();")).await?;
        buyer.page().key(Key::Enter).await?;
        // The button may be busy already; a buyer's second press lands on it all the same.
        buyer
            .runs(
                "document.querySelector('alliancepay-checkout').shadowRoot.querySelector('button')?.click();",
            )
            .await?;
        pays_once(world, &buyer).await
    })
    .await;
}

async fn two_tabs_share_one_order_at_the_bank(engine: Engine) {
    journey_on(engine, Settings::default(), async |world| {
        let buyer = a_buyer_and_a_slow_bank(world).await?;
        let address = buyer.page().url().await?;
        let client = buyer.page().client();
        let first = client.window().await?;
        let second = client.new_window(true).await?.handle;
        client.switch_to_window(second.clone()).await?;
        buyer.page().goto(&address).await?;
        buyer.can_pay().await?;

        let press_soon = format!("const b = {WIDGET_BUTTON}; setTimeout(() => b.click(), 0);");
        buyer.runs(&press_soon).await?;
        client.switch_to_window(first).await?;
        buyer.runs(&press_soon).await?;
        let here = buyer.is_at_the_bank().await?;
        client.switch_to_window(second).await?;
        let there = buyer.is_at_the_bank().await?;
        assert_eq!(here, there, "both tabs are at one order of the bank");

        paid_once(world, &buyer).await
    })
    .await;
}

#[tokio::test]
async fn two_browsers_share_one_order_at_the_bank() {
    journey(Settings::default(), async |world| {
        let one = a_buyer_and_a_slow_bank(world).await?;
        let other = world.buyer().await?;
        other.page().goto(&one.page().url().await?).await?;
        other.can_pay().await?;
        tokio::try_join!(one.presses_pay(), other.presses_pay())?;
        let (here, there) = tokio::try_join!(one.is_at_the_bank(), other.is_at_the_bank())?;
        assert_eq!(here, there, "both browsers are at one order of the bank");
        paid_once(world, &one).await
    })
    .await;
}

async fn a_lost_answer_is_asked_for_again_with_the_same_key(engine: Engine) {
    journey_on(engine, Settings::default(), async |world| {
        let line = Line::to(&world.at.backend).await?;
        let site = MerchantPage::selling_over(&line.url, world, Widget::Served, "").await?;
        let buyer = world.buyer().await?;
        buyer.page().goto(&site.url).await?;
        buyer.can_pay().await?;
        line.has(Some(Trouble::LosesTheAnswer));
        buyer.presses_pay().await?;
        eventually("the backend did what was asked", async || {
            Ok((world.bank.order_count().await? == 1).then_some(()))
        })
        .await?;
        line.has(None);
        buyer.is_at_the_bank().await?;
        assert!(line.openings().len() > 1, "{:?}", line.openings());
        line.all_openings_have_one_key()?;
        paid_once(world, &buyer).await
    })
    .await;
}

#[tokio::test]
async fn a_reload_in_the_middle_goes_on_with_the_same_order_at_the_bank() {
    journey(Settings::default(), async |world| {
        let buyer = a_buyer_and_a_slow_bank(world).await?;
        buyer.presses_pay().await?;
        eventually("the bank is making the order", async || {
            Ok((world.bank.calls("create-order").await? == 1).then_some(()))
        })
        .await?;
        buyer.page().client().refresh().await?;
        buyer.presses_pay().await?;
        pays_once(world, &buyer).await
    })
    .await;
}

#[tokio::test]
async fn the_widget_and_the_plain_form_share_one_order_at_the_bank() {
    journey(Settings::default(), async |world| {
        let buyer = a_buyer_and_a_slow_bank(world).await?;
        let plain = world.buyer_with(&Profile::default().without_scripts()).await?;
        plain.page().goto(&buyer.page().url().await?).await?;
        let form = plain.page().press("alliancepay-checkout form button");
        tokio::try_join!(buyer.presses_pay(), form)?;
        let (here, there) = tokio::try_join!(buyer.is_at_the_bank(), plain.is_at_the_bank())?;
        assert_eq!(here, there, "both ways lead to one order of the bank");
        paid_once(world, &buyer).await
    })
    .await;
}

/// The bank takes its time, so that presses fall into the middle of the first one.
async fn a_buyer_and_a_slow_bank(world: &World) -> anyhow::Result<Buyer> {
    world.bank.breaks_for(fault("create-order", "slow"), 1_200).await?;
    let buyer = world.buyer().await?;
    buyer.places_an_order().await?;
    buyer.can_pay().await?;
    Ok(buyer)
}

async fn pays_once(world: &World, buyer: &Buyer) -> anyhow::Result<()> {
    buyer.is_at_the_bank().await?;
    paid_once(world, buyer).await
}

async fn paid_once(world: &World, buyer: &Buyer) -> anyhow::Result<()> {
    assert_eq!(world.bank.calls("create-order").await?, 1);
    assert_eq!(world.bank.order_count().await?, 1);
    let all = world.ledger.all_attempts()?;
    assert_eq!(all.len(), 1, "{all:?}");
    buyer.pays_with(Card::Succeeds).await?;
    buyer.comes_back().await?;
    buyer.sees(PAID).await?;
    world.ledger.is_captured_once(&all[0].order).await?;
    Ok(())
}
