//! Back from the bank in another browser, without the session, late.

use super::shop_journey;
use crate::support::{Card, PAID};

#[tokio::test]
async fn the_return_address_alone_tells_the_outcome_in_another_browser() {
    shop_journey(async |shop| {
        let customer = shop.customer().await?;
        customer.goes_to_the_bank().await?;
        let order = shop.newest_order().await?;
        let back = shop.bank_orders(order).await?[0]["successUrl"].as_str().unwrap_or_default().to_owned();
        customer.buyer().pays_with(Card::Succeeds).await?;
        customer.buyer().is_told_by_the_bank().await?;

        let elsewhere = shop.customer().await?;
        elsewhere.page().goto(&back).await?;
        elsewhere.sees(PAID).await?;
        let staff = shop.staff().await?;
        staff.waits_for(order, "processing").await?;
        Ok(())
    })
    .await;
}

#[tokio::test]
async fn a_made_up_session_in_the_address_changes_nothing() {
    shop_journey(async |shop| {
        let customer = shop.customer().await?;
        customer.goes_to_the_bank().await?;
        let order = shop.newest_order().await?;
        customer.pays_and_comes_back(Card::Declined).await?;
        let back = shop.bank_orders(order).await?[0]["successUrl"].as_str().unwrap_or_default().to_owned();
        let (address, _) = back.split_once("&alliancepay_session=").unwrap_or((&back, ""));
        for made_up in ["AAAAAAAAAAAAAAAAAAAAAA", "%3Cimg%20src%3Dx%20onerror%3Dalert(1)%3E", ""] {
            customer.page().goto(&format!("{address}&alliancepay_session={made_up}")).await?;
            customer.page().find("alliancepay-checkout").await?;
            assert!(!customer.buyer().sees_now(PAID).await?);
        }
        let staff = shop.staff().await?;
        staff.waits_for(order, "failed").await?;
        Ok(())
    })
    .await;
}
