//! Links to an order open it only with the order's key.

use super::shop_journey;
use crate::support::{Card, PAID};

#[tokio::test]
async fn a_wrong_key_shows_nothing_of_the_order_and_pays_nothing() {
    shop_journey(async |shop| {
        let customer = shop.customer().await?;
        customer.goes_to_the_bank().await?;
        let order = shop.newest_order().await?;
        let back = shop.bank_orders(order).await?[0]["successUrl"].as_str().unwrap_or_default().to_owned();
        let stranger = shop.customer().await?;
        let forged = back.replace("key=", "key=x");
        stranger.page().goto(&forged).await?;
        stranger.sees("Your order has been received").await?;
        assert!(!stranger.page().holds("document.querySelector('alliancepay-checkout')").await?);
        let staff = shop.staff().await?;
        assert_eq!(staff.status(order).await?, "pending", "a stranger's visit moves nothing");

        let pay = forged.replace("order-received", "order-pay");
        stranger.page().goto(&format!("{pay}&pay_for_order=true")).await?;
        stranger.page().wait_until("document.querySelector('.woocommerce-error, .is-error')").await?;
        assert!(!stranger.page().has("#place_order").await?);

        customer.pays_and_comes_back(Card::Succeeds).await?;
        customer.sees(PAID).await
    })
    .await;
}
