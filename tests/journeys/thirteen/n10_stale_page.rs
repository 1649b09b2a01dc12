//! 10: a checkout page out of a cache, its token long stale. With `token-url` one silent refresh; without it words and
//! a way on.

use crate::support::{Card, Engine, MerchantPage, ORDER, PAID, Settings, Widget, journey_on, on_each_engine};

on_each_engine!(
    a_stale_token_is_refreshed_once_and_unseen,
    without_an_address_for_tokens_the_buyer_is_told_and_reloads,
);

async fn a_stale_token_is_refreshed_once_and_unseen(engine: Engine) {
    journey_on(engine, Settings::default(), async |world| {
        let site = MerchantPage::selling(world, Widget::Served, "token-url=/token").await?;
        world.ledger.forgets_every_token()?;
        let buyer = world.buyer().await?;
        buyer.page().goto(&site.url).await?;
        buyer.presses_pay().await?;
        buyer.is_at_the_bank().await?;
        assert_eq!(site.tokens_given(), 1);
        buyer.pays_with(Card::Succeeds).await?;
        buyer.comes_back().await?;
        world.ledger.is_captured_once(ORDER).await?;
        world.ledger.only_attempt(ORDER)?;
        Ok(())
    })
    .await;
}

async fn without_an_address_for_tokens_the_buyer_is_told_and_reloads(engine: Engine) {
    journey_on(engine, Settings::default(), async |world| {
        let site = MerchantPage::selling(world, Widget::Served, "").await?;
        world.ledger.forgets_every_token()?;
        let buyer = world.buyer().await?;
        buyer.page().goto(&site.url).await?;
        buyer.presses_pay().await?;
        buyer.sees("This page has been open for too long").await?;
        buyer.hears("button", "Reload the page").await?;
        assert_eq!(world.bank.order_count().await?, 0);
        // The shop's server writes a fresh token into the page it sends anew.
        drop(site);
        let anew = MerchantPage::selling(world, Widget::Served, "").await?;
        buyer.presses_pay().await?;
        buyer.page().wait_until(&format!("!deepText().includes('open for too long') && {CAN_PAY}")).await?;
        buyer.pays_and_comes_back(Card::Succeeds).await?;
        buyer.sees(PAID).await?;
        world.ledger.is_captured_once(ORDER).await?;
        drop(anew);
        Ok(())
    })
    .await;
}

/// A page that is loaded, and not the one that is about to go.
const CAN_PAY: &str = "document.querySelector('alliancepay-checkout')?.shadowRoot?.querySelector('button')";
