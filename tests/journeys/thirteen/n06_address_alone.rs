//! 6: the return address, opened in a browser that has never been here, tells the outcome.

use crate::support::{Card, Engine, PAID, Settings, journey_on, on_each_engine};

on_each_engine!(a_closed_tab_is_no_loss_the_return_url_alone_tells_the_outcome_in_another_browser);

async fn a_closed_tab_is_no_loss_the_return_url_alone_tells_the_outcome_in_another_browser(engine: Engine) {
    journey_on(engine, Settings::default(), async |world| {
        let first = world.buyer().await?;
        let order = first.places_an_order().await?;
        first.presses_pay().await?;
        first.pays_with(Card::Succeeds).await?;
        first.is_told_by_the_bank().await?;
        let bank_orders = world.bank.orders().await?;
        let return_url = bank_orders[0]["successUrl"].as_str().expect("a return URL").to_owned();
        first.leaves().await;

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
