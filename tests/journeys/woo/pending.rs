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
