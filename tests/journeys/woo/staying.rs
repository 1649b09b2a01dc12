//! A shop that has set "stay": the order is placed, and the checkout's own page goes on with the widget. Whoever has no
//! script goes to the bank as ever.

use super::{Customer, Shop, shop_journey};
use crate::support::{Card, PAID, Profile};

#[tokio::test]
async fn the_page_that_stays_goes_on_with_the_widget_and_without_scripts_it_leaves() {
    shop_journey(async |shop| {
        let staff = shop.staff().await?;
        staff.chooses("after_order", "page").await?;
        let told = async {
            pays_on_a_phone_after_second_thoughts(shop).await?;
            pays_by_the_widgets_button(shop).await?;
            without_scripts(shop).await
        }
        .await;
        staff.chooses("after_order", "bank").await?;
        told
    })
    .await;
}

async fn pays_on_a_phone_after_second_thoughts(shop: &Shop) -> anyhow::Result<()> {
    let customer = shop.customer().await?;
    let opened = shop.bank.order_count().await?;
    let total = stays(&customer).await?;
    let address = customer.page().url().await?;
    assert_eq!(
        shop.bank.order_count().await?,
        opened,
        "nothing is opened at the bank before a way is chosen"
    );

    // Back to the form, which is whole, and here again: it is the same order.
    customer.page().press(".alliancepay-back").await?;
    customer.page().wait_until("document.querySelector('form.checkout')?.checkVisibility()").await?;
    customer.chooses_us().await?;
    customer.places_the_order().await?;
    is_asked_to_pay(&customer).await?;
    assert_eq!(customer.page().url().await?, address, "the same order");

    // A reload finds it again.
    customer.runs("window.before = true; location.reload();").await?;
    customer.page().wait_until("window.before === undefined").await?;
    is_asked_to_pay(&customer).await?;

    customer.buyer().asks_for_the_code().await?;
    let phone = shop.customer_with(&Profile::default().window(412, 900)).await?;
    phone.page().goto(&customer.buyer().page_of_the_code().await?).await?;
    phone.buyer().pays_with(Card::Succeeds).await?;
    phone.buyer().is_told_by_the_bank().await?;

    customer.page().wait_until("location.href.includes('order-received')").await?;
    customer.sees(PAID).await?;
    let order = shop.newest_order().await?;
    assert!(address.ends_with(&format!("#alliancepay-{order}")), "{address} names {order}");
    assert_eq!(shop.payments(order, 1).await?, [total]);
    shop.staff().await?.waits_for(order, "processing").await?;
    assert!(!customer.has_a_full_cart().await?, "what is paid is no longer in the cart");
    Ok(())
}

async fn pays_by_the_widgets_button(shop: &Shop) -> anyhow::Result<()> {
    let customer = shop.customer().await?;
    stays(&customer).await?;
    customer.buyer().presses_pay().await?;
    customer.pays_and_comes_back(Card::Succeeds).await?;
    customer.sees(PAID).await?;
    let order = shop.newest_order().await?;
    shop.payments(order, 1).await?;
    assert_eq!(shop.bank_orders(order).await?.len(), 1);
    Ok(())
}

async fn without_scripts(shop: &Shop) -> anyhow::Result<()> {
    let customer = shop.customer_with(&Profile::default().without_scripts()).await?;
    customer.stands_at_the_checkout().await?;
    customer.places_the_order().await?;
    customer.pays_and_comes_back(Card::Succeeds).await?;
    shop.payments(shop.newest_order().await?, 1).await.map(drop)
}

/// Places an order on a page that can go on by itself; returns the sum it showed.
async fn stays(customer: &Customer) -> anyhow::Result<i64> {
    customer.stands_at_the_checkout().await?;
    customer.sees_the_option().await?;
    customer
        .page()
        .wait_until("document.querySelector('form.checkout input[name=alliancepay_stay]')")
        .await?;
    let total = customer.total().await?;
    customer.places_the_order().await?;
    is_asked_to_pay(customer).await?;
    Ok(total)
}

async fn is_asked_to_pay(customer: &Customer) -> anyhow::Result<()> {
    customer.page().find(".alliancepay-stay alliancepay-checkout[view=pay]").await?;
    customer.buyer().can_pay().await
}
