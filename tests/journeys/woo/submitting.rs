//! Pressing thrice, a shop that breaks, a bank that is silent.

use serde_json::json;

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
async fn an_order_whose_answer_broke_on_its_way_is_the_same_order_at_the_next_press() {
    shop_journey(async |shop| {
        let customer = shop.customer().await?;
        customer.stands_at_the_checkout().await?;
        // The shop stores the order and opens the payment; what the page hears of it is this.
        let broken = [
            (500, "<h1>There has been a critical error on this website.</h1>"),
            (200, "<!doctype html><p>A page of somebody else's.</p>"),
            (200, "{\"result\":\"succ"),
        ];
        for (status, body) in broken {
            customer.runs(&hears_instead(status, body)).await?;
            customer.places_the_order().await?;
            customer.page().wait_until("document.querySelector('.woocommerce-error, .is-error')").await?;
            customer.runs("document.querySelectorAll('.woocommerce-NoticeGroup-checkout').forEach((one) => one.remove());").await?;
        }
        customer.sees_the_option().await?;
        customer.places_the_order().await?;
        customer.pays_and_comes_back(Card::Succeeds).await?;
        customer.sees(PAID).await?;
        let order = shop.newest_order().await?;
        assert_eq!(shop.bank_orders(order).await?.len(), 1, "four presses, one page at the bank");
        shop.payments(order, 1).await?;
        Ok(())
    })
    .await;
}

/// A script after which the next order's answer is heard like this by the page.
fn hears_instead(status: u16, body: &str) -> String {
    let (status, body) = (json!(status), json!(body));
    format!(
        "const {{ open, send }} = XMLHttpRequest.prototype; \
         XMLHttpRequest.prototype.open = function (method, url, ...rest) {{ \
           this.isTheOrder = String(url).includes('wc-ajax=checkout'); \
           return open.call(this, method, url, ...rest); \
         }}; \
         XMLHttpRequest.prototype.send = function (...rest) {{ \
           if (this.isTheOrder) {{ \
             Object.assign(XMLHttpRequest.prototype, {{ open, send }}); \
             for (const [name, value] of Object.entries({{ status: {status}, responseText: {body} }})) {{ \
               Object.defineProperty(this, name, {{ get: () => value }}); \
             }} \
           }} \
           return send.apply(this, rest); \
         }};"
    )
}

#[tokio::test]
async fn a_silent_bank_is_told_and_the_next_press_pays() {
    shop_journey(async |shop| {
        shop.bank.breaks_often(fault("create-order", "http500"), 20).await?;
        let customer = shop.customer().await?;
        customer.stands_at_the_checkout().await?;
        customer.places_the_order().await?;
        customer.reads_an_error("No payment page was opened").await?;
        shop.bank.works_again().await?;
        customer.places_the_order().await?;
        customer.pays_and_comes_back(Card::Succeeds).await?;
        customer.sees(PAID).await?;
        shop.payments(shop.newest_order().await?, 1).await?;
        Ok(())
    })
    .await;
}
