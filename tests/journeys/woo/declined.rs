//! Declined, then paid: the same order, one live attempt at a time.

use super::shop_journey;
use crate::support::{Card, DECLINED, PAID};

#[tokio::test]
async fn a_declined_order_fails_and_is_paid_by_a_second_attempt() {
    shop_journey(async |shop| {
        let customer = shop.customer().await?;
        customer.goes_to_the_bank().await?;
        let order = shop.newest_order().await?;
        customer.pays_and_comes_back(Card::Declined).await?;
        customer.sees(DECLINED).await?;
        let staff = shop.staff().await?;
        staff.waits_for(order, "failed").await?;

        // The widget offers it where it tells of the refusal.
        customer.buyer().presses_pay().await?;
        customer.buyer().is_at_the_bank().await?;
        staff.waits_for(order, "pending").await?;
        customer.pays_and_comes_back(Card::Succeeds).await?;
        customer.sees(PAID).await?;

        staff.waits_for(order, "processing").await?;
        shop.payments(order, 1).await?;
        assert_eq!(shop.bank_orders(order).await?.len(), 2, "one attempt each");
        Ok(())
    })
    .await;
}

#[tokio::test]
async fn a_failed_order_is_paid_on_its_order_pay_page() {
    shop_journey(async |shop| {
        let customer = shop.customer().await?;
        customer.goes_to_the_bank().await?;
        let order = shop.newest_order().await?;
        let back = shop.bank_orders(order).await?[0]["successUrl"].as_str().unwrap_or_default().to_owned();
        customer.pays_and_comes_back(Card::Declined).await?;
        customer.sees(DECLINED).await?;
        let staff = shop.staff().await?;
        staff.waits_for(order, "failed").await?;

        let (address, _) = back.split_once("&alliancepay_session=").unwrap_or((&back, ""));
        let pay = address.replace("order-received", "order-pay");
        customer.page().goto(&format!("{pay}&pay_for_order=true")).await?;
        customer.page().find("form#order_review").await?;
        customer.chooses_us().await?;
        customer.sees_the_option().await?;
        customer.places_the_order().await?;
        customer.buyer().is_at_the_bank().await?;
        assert_eq!(staff.status(order).await?, "pending");
        customer.pays_and_comes_back(Card::Succeeds).await?;
        customer.sees(PAID).await?;
        staff.waits_for(order, "processing").await?;
        assert_eq!(shop.bank_orders(order).await?.len(), 2);
        shop.payments(order, 1).await?;
        Ok(())
    })
    .await;
}

#[tokio::test]
async fn who_was_declined_still_has_the_cart_and_buys_it_by_the_same_order() {
    shop_journey(async |shop| {
        let customer = shop.customer().await?;
        customer.goes_to_the_bank().await?;
        let order = shop.newest_order().await?;
        customer.pays_and_comes_back(Card::Declined).await?;
        customer.sees(DECLINED).await?;
        assert!(customer.has_a_full_cart().await?, "nothing is paid");

        customer.fills_the_form().await?;
        customer.places_the_order().await?;
        customer.buyer().is_at_the_bank().await?;
        customer.pays_and_comes_back(Card::Succeeds).await?;
        customer.sees(PAID).await?;
        shop.payments(order, 1).await?;
        assert_eq!(
            shop.bank_orders(order).await?.len(),
            2,
            "the order that was declined is paid, and no other"
        );
        assert!(!customer.has_a_full_cart().await?, "what is paid is no longer in the cart");
        Ok(())
    })
    .await;
}
