//! What staff sees and does: the column, the panel, the settings; and what strangers can't do.

use super::staff::Wish;
use super::{Orders, Shop, shop_journey, shop_journey_with};
use crate::support::{Card, PAID, eventually, fault};

#[tokio::test]
async fn the_column_the_page_and_the_panel_tell_how_a_payment_stands() {
    shop_journey(tells_how_a_payment_stands).await;
}

#[tokio::test]
async fn orders_kept_as_posts_have_the_same_column_page_and_panel_and_are_refunded() {
    shop_journey_with(Orders::AsPosts, async |shop| {
        if !shop.at.posts {
            eprintln!("left out: the shop's description does not say that its orders are posts");
            return Ok(());
        }
        tells_how_a_payment_stands(shop).await?;
        let order = shop.newest_order().await?;
        let staff = shop.staff().await?;
        staff.opens(order).await?;
        assert!(staff.page().url().await?.contains("post.php"), "WordPress' own page of a post");
        assert_eq!(staff.refunds(order, &Wish::Sum("10.99")).await?, "");
        assert_eq!(shop.refunds(order, 1).await?, [1_099]);
        eventually("the list tells of the refund", async || {
            Ok(staff.cell(order).await?.contains("Refunded in part").then_some(()))
        })
        .await?;
        assert!(staff.page().url().await?.contains("edit.php"), "WordPress' own list of posts");
        staff.sets(order, "completed").await
    })
    .await;
}

async fn tells_how_a_payment_stands(shop: &Shop) -> anyhow::Result<()> {
    let customer = shop.customer().await?;
    customer.goes_to_the_bank().await?;
    let order = shop.newest_order().await?;
    let staff = shop.staff().await?;
    staff.cell(order).await?;
    staff.sees("AlliancePay payment status").await?;

    // No callback yet: the bank itself is asked.
    let asked = shop.bank.calls("operations").await?;
    staff.page().press(&format!("#order-{order} .alliancepay-open, #post-{order} .alliancepay-open")).await?;
    staff.sees("No callback from AlliancePay").await?;
    staff.sees("As the bank answered").await?;
    assert!(shop.bank.calls("operations").await? > asked, "nobody asked the bank");
    shop.bank.breaks_often(fault("operations", "http500"), 1_000).await?;
    staff.page().press(".alliancepay-update").await?;
    staff.sees("The bank does not answer now").await?;
    staff.sees("Waiting for the payment").await?;
    shop.bank.works_again().await?;
    staff.page().press(".alliancepay-update").await?;
    staff.sees("The bank was asked.").await?;

    customer.pays_and_comes_back(Card::Succeeds).await?;
    customer.sees(PAID).await?;
    staff.waits_for(order, "processing").await?;
    staff.sees("Callback received").await?;
    let asked = shop.bank.calls("operations").await?;
    staff.page().press("#alliancepay-payment .alliancepay-update").await?;
    staff.sees("The bank was asked.").await?;
    staff.sees("As the bank answered").await?;
    staff.sees("PURCHASE").await?;
    assert!(shop.bank.calls("operations").await? > asked, "nobody asked the bank");
    // The console's own view, by a token for this order only, in the name of who is logged in.
    staff
        .page()
        .wait_until("document.querySelector('alliancepay-order')?.shadowRoot?.textContent.includes('merchantRequestId')")
        .await?;
    // Whoever looks again still reads whose word it is.
    staff
        .page()
        .goto(&format!("{}/admin.php?page=alliancepay-payment&order_id={order}", shop.at.admin))
        .await?;
    staff.sees("Callback received").await?;
    staff.sees("As the bank answered").await?;
    let cell = staff.cell(order).await?;
    assert!(
        cell.contains("Paid") && cell.contains("Payment status") && !cell.contains("No callback"),
        "{cell}"
    );
    Ok(())
}

#[tokio::test]
async fn the_settings_say_in_words_what_is_wrong_and_never_show_the_key() {
    shop_journey(async |shop| {
        let staff = shop.staff().await?;
        staff.opens_the_settings().await?;
        let check = async |words: &str| {
            staff.page().press("#alliancepay-check").await?;
            let claim = format!(
                "!document.querySelector('#alliancepay-check').disabled && document.querySelector('#alliancepay-check-result').innerText.includes({words:?})"
            );
            staff.page().wait_until(&claim).await
        };
        check("takes the shop key").await?;
        check("Pages of this shop may ask the backend").await?;
        for secret in ["shop_key", "webhook_secret"] {
            let shown = format!("return document.querySelector('#woocommerce_alliancepay_{secret}').value;");
            assert_eq!(staff.page().run(&shown, &[]).await?, "", "a stored secret is not shown");
        }
        staff.page().fill("#woocommerce_alliancepay_shop_key", "a-key-that-opens-nothing-at-all").await?;
        check("does not take this shop key").await?;
        staff.page().fill("#woocommerce_alliancepay_backend_url", "http://127.0.0.1:9").await?;
        check("cannot be reached").await?;
        staff.page().fill("#woocommerce_alliancepay_backend_url", &shop.at.base).await?;
        check("is not the merchant backend").await?;
        staff.page().fill("#woocommerce_alliancepay_backend_url", "http://pay.shop.example").await?;
        check("use https").await?;
        Ok(())
    })
    .await;
}

#[tokio::test]
async fn a_webhook_that_the_backend_did_not_sign_moves_nothing() {
    shop_journey(async |shop| {
        let customer = shop.customer().await?;
        customer.goes_to_the_bank().await?;
        let order = shop.newest_order().await?;
        let url = format!("{}/?wc-api=alliancepay", shop.at.base);
        let body = format!(
            "{{\"id\":\"wh_1\",\"type\":\"order.updated\",\"createdAt\":\"2026-11-22T09:00:01Z\",\"order\":{{\"order\":\"{order}\",\
             \"state\":\"CAPTURED\",\"revision\":99,\"amount\":{{\"minor\":1,\"currency\":\"UAH\"}}}}}}"
        );
        let http = reqwest::Client::new();
        for signature in [None, Some("t=1800000000,v1=00"), Some(&*format!("t=1800000000,v1={}", "0".repeat(64)))] {
            let mut forged = http.post(&url).body(body.clone());
            if let Some(signature) = signature {
                forged = forged.header("AlliancePay-Signature", signature);
            }
            assert_eq!(forged.send().await?.status(), 401);
        }
        let staff = shop.staff().await?;
        assert_eq!(staff.status(order).await?, "pending");
        customer.pays_and_comes_back(Card::Succeeds).await?;
        customer.sees(PAID).await?;
        staff.waits_for(order, "processing").await
    })
    .await;
}
