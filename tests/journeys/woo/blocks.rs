//! The Blocks checkout: another page, another script, the same payment.

use super::customer::BILLING;
use super::{Customer, shop_journey};
use crate::support::{AWAITING, Card, PAID, eventually, fault};

/// Where something is sent the page asks for its address, and takes it for the bill too.
const ADDRESSES: [&str; 2] = ["shipping", "billing"];

#[tokio::test]
async fn the_option_is_there_and_the_order_is_paid() {
    shop_journey(async |shop| {
        let Some(blocks) = shop.at.blocks.clone() else {
            eprintln!("left out: the shop's description has no blocksUrl");
            return Ok(());
        };
        let customer = shop.customer().await?;
        goes_to_the_bank(&customer, &blocks).await?;
        customer.pays_and_comes_back(Card::Succeeds).await?;
        customer.sees(PAID).await?;
        let order = shop.newest_order().await?;
        shop.payments(order, 1).await?;
        shop.staff().await?.waits_for(order, "processing").await
    })
    .await;
}

#[tokio::test]
async fn what_is_decided_after_the_return_empties_the_cart_then() {
    shop_journey(async |shop| {
        let Some(blocks) = shop.at.blocks.clone() else {
            eprintln!("left out: the shop's description has no blocksUrl");
            return Ok(());
        };
        shop.bank.breaks_for(fault("create-order", "pending"), 15_000).await?;
        let customer = shop.customer().await?;
        goes_to_the_bank(&customer, &blocks).await?;
        customer.pays_and_comes_back(Card::Succeeds).await?;
        customer.sees(AWAITING).await?;
        customer.sees(PAID).await?;
        shop.staff().await?.waits_for(shop.newest_order().await?, "processing").await?;
        assert!(!customer.has_a_full_cart().await?, "what is paid is no longer in the cart");
        Ok(())
    })
    .await;
}

/// From nothing to the bank's card page.
async fn goes_to_the_bank(customer: &Customer, blocks: &str) -> anyhow::Result<()> {
    customer.takes(1).await?;
    let page = customer.page();
    page.goto(blocks).await?;
    let option = "#radio-control-wc-payment-method-options-alliancepay";
    page.wait_until(&format!("document.querySelector('{option}')")).await?;
    page.fill("#email", "olena@shop.example").await?;
    // The e-mail has a field of its own.
    for (name, text) in BILLING.into_iter().filter(|(name, _)| *name != "email") {
        for field in ADDRESSES.map(|address| format!("#{address}-{name}")) {
            if page.has(&field).await? {
                page.fill(&field, text).await?;
                break;
            }
        }
    }
    page.run(&format!("document.querySelector('{option}').click();"), &[]).await?;
    customer.sees_the_option().await?;
    // The page takes what was typed to the server by and by, and a press in between counts for nothing.
    let button = "document.querySelector('.wc-block-components-checkout-place-order-button')";
    eventually("the order is placed", async || {
        let press = format!("const button = {button}; if (button && !button.disabled) button.click();");
        page.run(&press, &[]).await?;
        let soon = std::time::Duration::from_secs(4);
        Ok(page.wait_until_for(&format!("!{button}"), soon).await.ok())
    })
    .await
}
