//! Money that comes when nobody expects it: a person decides, no parcel leaves by itself.

use super::shop_journey;
use crate::support::{Card, PAID};

#[tokio::test]
async fn money_for_a_cancelled_order_is_held_and_staff_is_told() {
    shop_journey(async |shop| {
        let customer = shop.customer().await?;
        customer.goes_to_the_bank().await?;
        let order = shop.newest_order().await?;
        let staff = shop.staff().await?;
        staff.sets(order, "cancelled").await?;
        customer.pays_and_comes_back(Card::Succeeds).await?;
        customer.sees(PAID).await?;
        staff.waits_for(order, "on-hold").await?;
        staff.sees("The payment came after the order was cancelled").await?;
        staff.page().find(".alliancepay-alert").await?;
        staff.page().press(".alliancepay-alert a:last-child").await?;
        staff
            .page()
            .wait_until("document.readyState === 'complete' && !document.querySelector('.alliancepay-alert')")
            .await?;
        assert_eq!(staff.status(order).await?, "on-hold");
        Ok(())
    })
    .await;
}
