//! Paid: what the shop, the bank and the customer then hold to be true.

use super::shop_journey;
use crate::support::{Card, PAID};

#[tokio::test]
async fn an_order_is_pending_at_the_bank_and_processing_once_it_is_paid() {
    shop_journey(async |shop| {
        let customer = shop.customer().await?;
        customer.stands_at_the_checkout().await?;
        customer.sees_the_option().await?;
        let total = customer.total().await?;
        customer.places_the_order().await?;
        customer.buyer().is_at_the_bank().await?;

        let order = shop.newest_order().await?;
        let staff = shop.staff().await?;
        assert_eq!(staff.status(order).await?, "pending", "nothing is paid by leaving for the bank");
        assert!(staff.cell(order).await?.contains("No callback from AlliancePay"));

        customer.pays_and_comes_back(Card::Succeeds).await?;
        customer.sees(PAID).await?;
        staff.waits_for(order, "processing").await?;
        assert_eq!(shop.payments(order, 1).await?, [total], "the sum on the page, to the kopeck");
        assert_eq!(shop.bank_orders(order).await?.len(), 1);
        assert!(!customer.has_a_full_cart().await?, "what is paid is no longer in the cart");
        Ok(())
    })
    .await;
}

#[tokio::test]
async fn the_cart_stays_full_until_the_order_is_paid() {
    shop_journey(async |shop| {
        let customer = shop.customer().await?;
        customer.goes_to_the_bank().await?;
        assert!(customer.has_a_full_cart().await?, "nothing is paid yet");
        let order = shop.newest_order().await?;

        // The same order again: no second one, no second page at the bank.
        customer.fills_the_form().await?;
        customer.places_the_order().await?;
        customer.buyer().pays_with(Card::ThreeDSecure).await?;
        customer.buyer().confirms_with("1234").await?;
        customer.buyer().comes_back().await?;
        customer.sees(PAID).await?;
        assert_eq!(shop.newest_order().await?, order);
        assert_eq!(shop.bank_orders(order).await?.len(), 1);
        shop.payments(order, 1).await?;
        Ok(())
    })
    .await;
}
