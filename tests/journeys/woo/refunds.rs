//! Money back through WooCommerce's own form: in full, in part, refused.

use super::staff::Wish;
use super::{Shop, shop_journey};
use crate::support::{Card, PAID};

/// An order of so many pieces, paid.
async fn a_paid_order(shop: &Shop, pieces: u32) -> anyhow::Result<(u64, i64)> {
    let customer = shop.customer().await?;
    customer.takes(pieces).await?;
    customer.fills_the_form().await?;
    let total = customer.total().await?;
    customer.places_the_order().await?;
    customer.pays_and_comes_back(Card::Succeeds).await?;
    customer.sees(PAID).await?;
    Ok((shop.newest_order().await?, total))
}

fn decimal(minor: i64) -> String {
    format!("{}.{:02}", minor / 100, minor % 100)
}

#[tokio::test]
async fn all_of_it_goes_back_and_the_order_is_refunded() {
    shop_journey(async |shop| {
        let (order, total) = a_paid_order(shop, 1).await?;
        let staff = shop.staff().await?;
        staff.waits_for(order, "processing").await?;
        let said = staff.refunds(order, &Wish::Sum(&decimal(total))).await?;
        assert_eq!(said, "");
        assert_eq!(shop.refunds(order, 1).await?, [total]);
        staff.waits_for(order, "refunded").await?;
        Ok(())
    })
    .await;
}

#[tokio::test]
async fn parts_go_back_to_the_kopeck_by_sum_and_by_piece() {
    shop_journey(async |shop| {
        let (order, _) = a_paid_order(shop, 2).await?;
        let staff = shop.staff().await?;
        staff.waits_for(order, "processing").await?;
        assert_eq!(staff.refunds(order, &Wish::Sum("10.99")).await?, "");
        assert_eq!(shop.refunds(order, 1).await?, [1_099]);
        assert_eq!(staff.refunds(order, &Wish::Pieces(1)).await?, "");
        let mut sums = shop.refunds(order, 2).await?;
        sums.sort_unstable();
        assert_eq!(sums, [1_099, 54_995]);
        assert_eq!(staff.status(order).await?, "processing", "the rest is still to be shipped");
        Ok(())
    })
    .await;
}

#[tokio::test]
async fn a_refund_the_bank_refuses_says_why_and_leaves_no_trace() {
    shop_journey(async |shop| {
        let (order, _) = a_paid_order(shop, 1).await?;
        let staff = shop.staff().await?;
        staff.waits_for(order, "processing").await?;
        // The bank’s test terminals refuse a refund of seventeen kopecks, and make one of sixteen.
        let said = staff.refunds(order, &Wish::Sum("0.17")).await?;
        assert_eq!(
            said,
            "The bank refused the refund: the issuing bank is unavailable (code 9/11). No money went back."
        );
        assert_eq!(shop.refunds(order, 0).await?, [0; 0]);
        staff.opens(order).await?;
        assert!(!staff.page().has("tr.refund").await?, "no refund stands in the shop's books");
        // And it can be tried again.
        assert_eq!(staff.refunds(order, &Wish::Sum("0.16")).await?, "");
        assert_eq!(shop.refunds(order, 1).await?.len(), 1);
        Ok(())
    })
    .await;
}
