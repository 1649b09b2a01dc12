//! Pressing thrice, a shop that breaks, a bank that is silent.

use super::shop_journey;
use crate::support::{Card, PAID, fault};

#[tokio::test]
async fn three_presses_make_one_order_and_one_page() {
    shop_journey(async |shop| {
        let customer = shop.customer().await?;
        customer.stands_at_the_checkout().await?;
        let orders_before = shop.bank.order_count().await?;
        customer
            .runs("const form = jQuery('form.checkout'); form.submit(); form.submit(); form.submit();")
            .await?;
        customer.buyer().is_at_the_bank().await?;
        assert_eq!(shop.bank.order_count().await?, orders_before + 1);
        customer.pays_and_comes_back(Card::Succeeds).await?;
        customer.sees(PAID).await?;
        shop.payments(shop.newest_order().await?, 1).await?;
        Ok(())
    })
    .await;
}

#[tokio::test]
async fn an_answer_that_is_no_answer_costs_nothing_and_the_next_press_pays() {
    shop_journey(async |shop| {
        let customer = shop.customer().await?;
        customer.stands_at_the_checkout().await?;
        // What the page hears is a refusal without JSON.
        let breaks = "const open = XMLHttpRequest.prototype.open; \
             XMLHttpRequest.prototype.open = function (method, url, ...rest) { \
               if (String(url).includes('wc-ajax=checkout')) { \
                 XMLHttpRequest.prototype.open = open; \
                 url = '/?wc-api=alliancepay'; \
               } \
               return open.call(this, method, url, ...rest); \
             };";
        customer.runs(breaks).await?;
        customer.places_the_order().await?;
        customer.page().wait_until("document.querySelector('.woocommerce-error, .is-error')").await?;
        customer.places_the_order().await?;
        customer.pays_and_comes_back(Card::Succeeds).await?;
        customer.sees(PAID).await?;
        let order = shop.newest_order().await?;
        assert_eq!(shop.bank_orders(order).await?.len(), 1);
        Ok(())
    })
    .await;
}

#[tokio::test]
async fn a_silent_bank_is_told_and_the_next_press_pays() {
    shop_journey(async |shop| {
        shop.bank.breaks_often(fault("create-order", "http500"), 20).await?;
        let customer = shop.customer().await?;
        customer.stands_at_the_checkout().await?;
        customer.places_the_order().await?;
        customer.reads_an_error("Nothing was charged").await?;
        shop.bank.works_again().await?;
        customer.places_the_order().await?;
        customer.pays_and_comes_back(Card::Succeeds).await?;
        customer.sees(PAID).await?;
        shop.payments(shop.newest_order().await?, 1).await?;
        Ok(())
    })
    .await;
}
