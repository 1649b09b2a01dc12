//! The customer is back, and nothing is decided yet.

use super::shop_journey;
use crate::support::{AWAITING, Card, PAID, fault};

#[tokio::test]
async fn an_undecided_order_is_on_hold_and_goes_on_by_itself() {
    shop_journey(async |shop| {
        let staff = shop.staff().await?;
        shop.bank.breaks_for(fault("create-order", "pending"), 15_000).await?;
        let customer = shop.customer().await?;
        customer.goes_to_the_bank().await?;
        let order = shop.newest_order().await?;
        customer.pays_and_comes_back(Card::Succeeds).await?;
        customer.sees(AWAITING).await?;
        staff.waits_for(order, "on-hold").await?;
        assert!(!customer.buyer().sees_now(PAID).await?);

        customer.sees(PAID).await?;
        staff.waits_for(order, "processing").await?;
        shop.payments(order, 1).await?;
        Ok(())
    })
    .await;
}

#[tokio::test]
async fn who_left_the_bank_without_paying_finds_the_same_page_again() {
    shop_journey(async |shop| {
        let customer = shop.customer().await?;
        customer.goes_to_the_bank().await?;
        let order = shop.newest_order().await?;
        let back = shop.bank_orders(order).await?[0]["failUrl"].as_str().unwrap_or_default().to_owned();
        customer.page().goto(&back).await?;
        customer.sees(AWAITING).await?;
        let staff = shop.staff().await?;
        staff.waits_for(order, "on-hold").await?;

        customer.buyer().presses_pay().await?;
        customer.pays_and_comes_back(Card::Succeeds).await?;
        customer.sees(PAID).await?;
        staff.waits_for(order, "processing").await?;
        assert_eq!(shop.bank_orders(order).await?.len(), 1, "the live page was found, no second one made");
        Ok(())
    })
    .await;
}

#[tokio::test]
async fn who_goes_back_to_the_checkout_undecided_finds_the_cart_the_order_and_its_page_again() {
    shop_journey(async |shop| {
        let customer = shop.customer().await?;
        customer.goes_to_the_bank().await?;
        let order = shop.newest_order().await?;
        let back = shop.bank_orders(order).await?[0]["failUrl"].as_str().unwrap_or_default().to_owned();
        customer.page().goto(&back).await?;
        customer.sees(AWAITING).await?;
        let staff = shop.staff().await?;
        staff.waits_for(order, "on-hold").await?;
        assert!(customer.has_a_full_cart().await?, "nothing is paid");

        let orders_before = shop.bank.order_count().await?;
        customer.fills_the_form().await?;
        customer.places_the_order().await?;
        customer.buyer().is_at_the_bank().await?;
        assert_eq!(shop.bank.order_count().await?, orders_before, "one cart, one order, one page");
        customer.pays_and_comes_back(Card::Succeeds).await?;
        customer.sees(PAID).await?;
        staff.waits_for(order, "processing").await?;
        shop.payments(order, 1).await?;
        Ok(())
    })
    .await;
}
