//! 3: a page that redraws itself every 50 ms for five seconds, as shops do while a buyer fills in their checkout. One
//! session, and the buyer's focus and choice stay where they were.

use std::time::Duration;

use crate::support::{
    Buyer, Card, Engine, MerchantPage, ORDER, PAID, Settings, WIDGET_BUTTON, Widget, World, fault,
    journey_on, on_each_engine,
};
use crate::woo::shop_journey_on;

on_each_engine!(
    a_checkout_that_updates_all_the_time_keeps_focus_and_choice,
    a_box_that_is_moved_all_the_time_keeps_the_choice_and_pays_once,
    a_box_that_is_drawn_anew_all_the_time_pays_once,
);

/// A hundred times: five seconds.
const EVERY_50_MS: &str = "window.times = 0; const restless = setInterval(() => { \
     window.times += 1; if (window.times >= 100) clearInterval(restless); again(); }, 50);";
const FIVE_SECONDS_ARE_OVER: &str = "window.times >= 100";

async fn a_checkout_that_updates_all_the_time_keeps_focus_and_choice(engine: Engine) {
    shop_journey_on(engine, async |shop| {
        let customer = shop.customer().await?;
        customer.stands_at_the_checkout().await?;
        customer.sees_the_option().await?;
        customer.runs("document.querySelector('#billing_city').focus();").await?;
        let updated = "const again = () => jQuery(document.body).trigger('updated_checkout');";
        customer.runs(&format!("{updated} {EVERY_50_MS}")).await?;
        customer.page().wait_until_for(FIVE_SECONDS_ARE_OVER, Duration::from_mins(1)).await?;
        let kept = "document.activeElement.id === 'billing_city' \
             && document.querySelector('#payment_method_alliancepay').checked";
        assert!(customer.page().holds(kept).await?, "{}", customer.page().describe().await);
        customer.sees_the_option().await?;

        // And while the order is placed.
        customer.runs(&format!("{updated} {EVERY_50_MS}")).await?;
        customer.places_the_order().await?;
        customer.pays_and_comes_back(Card::Succeeds).await?;
        customer.sees(PAID).await?;
        let order = shop.newest_order().await?;
        assert_eq!(shop.bank_orders(order).await?.len(), 1);
        shop.payments(order, 1).await?;
        Ok(())
    })
    .await;
}

async fn a_box_that_is_moved_all_the_time_keeps_the_choice_and_pays_once(engine: Engine) {
    journey_on(engine, Settings::default(), async |world| {
        let (_site, buyer) = a_buyer_and_a_slow_bank(world).await?;
        buyer.chooses("From a bank account").await?;
        let moved = "const widget = document.querySelector('alliancepay-checkout'); \
             const again = () => document.body.append(widget);";
        buyer.runs(&format!("document.querySelector('#note').focus(); {moved} {EVERY_50_MS}")).await?;
        buyer.page().wait_until_for(FIVE_SECONDS_ARE_OVER, Duration::from_mins(1)).await?;
        let kept = "document.activeElement.id === 'note' && deep('input[value=a2a]').checked";
        assert!(buyer.page().holds(kept).await?, "{}", buyer.page().describe().await);

        buyer.runs(&format!("{moved} {EVERY_50_MS} {WIDGET_BUTTON}.click();")).await?;
        buyer.page().press("[data-bank=MONO_BANK]").await?;
        buyer.comes_back().await?;
        is_paid_once(world, &buyer).await
    })
    .await;
}

async fn a_box_that_is_drawn_anew_all_the_time_pays_once(engine: Engine) {
    journey_on(engine, Settings::default(), async |world| {
        let (_site, buyer) = a_buyer_and_a_slow_bank(world).await?;
        // What shops do when a field changes: the same HTML again, many times a second.
        let drawn = "const html = document.querySelector('alliancepay-checkout').outerHTML; \
             const again = () => { document.querySelector('alliancepay-checkout').outerHTML = html; };";
        buyer.runs(&format!("document.querySelector('#note').focus(); {drawn} {EVERY_50_MS}")).await?;
        // Whatever is there is pressed: a press may be lost with the box it was made on.
        buyer
            .runs(&format!("setInterval(() => {{ const b = {WIDGET_BUTTON}; if (b) b.click(); }}, 20);"))
            .await?;
        buyer.is_at_the_bank().await?;
        assert_eq!(world.bank.calls("create-order").await?, 1);
        buyer.pays_with(Card::Succeeds).await?;
        buyer.comes_back().await?;
        is_paid_once(world, &buyer).await
    })
    .await;
}

/// The bank takes its time, so that the page is redrawn while the session is being made.
async fn a_buyer_and_a_slow_bank(world: &World) -> anyhow::Result<(MerchantPage, Buyer)> {
    world.bank.breaks_for(fault("create-order", "slow"), 1_200).await?;
    let token = world.ledger.put_order(ORDER, 25_000, &world.at.merchant_page).await?;
    let note = "<label>Note <input id=note></label>";
    let body = format!("{note}{}", crate::support::pay_view(world, ORDER, &token, ""));
    let site = MerchantPage::start(world, Widget::Served, &body).await?;
    let buyer = world.buyer().await?;
    buyer.page().goto(&site.url).await?;
    buyer.can_pay().await?;
    Ok((site, buyer))
}

async fn is_paid_once(world: &World, buyer: &Buyer) -> anyhow::Result<()> {
    buyer.sees(PAID).await?;
    world.ledger.is_captured_once(ORDER).await?;
    world.ledger.only_attempt(ORDER)?;
    assert_eq!(world.bank.order_count().await?, 1);
    Ok(())
}
