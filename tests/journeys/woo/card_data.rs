//! The whole form is posted to the shop at every update: nothing of a card may be in it. And Enter is Enter.

use browser::fantoccini::key::Key;

use super::{Shop, shop_journey};
use crate::support::{Card, PAID};

#[tokio::test]
async fn no_request_to_the_shop_can_carry_a_card() {
    shop_journey(async |shop| {
        let customer = shop.customer().await?;
        customer.stands_at_the_checkout().await?;
        customer.sees_the_option().await?;
        let fields = "return deepAll('alliancepay-checkout *').concat(...deepAll('alliancepay-checkout').map((one) => [...one.shadowRoot.querySelectorAll('*')])) \
             .filter((one) => one.matches('textarea, [contenteditable], input:not([type=radio]):not([type=hidden])')).length;";
        assert_eq!(customer.runs(fields).await?, 0, "there is nowhere to type a card");
        let ours = "return jQuery('form.checkout').serializeArray().map((field) => field.name) \
             .filter((name) => /^(alliancepay|card|pan|cvv|expiry|token|order_token)/i.test(name));";
        assert_eq!(customer.runs(ours).await?, serde_json::json!([]), "the box adds nothing to the form");
        customer.places_the_order().await?;
        customer.pays_and_comes_back(Card::Succeeds).await?;
        customer.sees(PAID).await?;
        // All that came to a shop of our own is searched for the card's number when the journey ends.
        Ok(())
    })
    .await;
}

#[tokio::test]
async fn enter_in_a_field_places_one_order() {
    shop_journey(async |shop| enter_places_one_order(shop, "#billing_email").await).await;
}

#[tokio::test]
async fn enter_on_the_chosen_methods_radio_places_one_order() {
    shop_journey(async |shop| enter_places_one_order(shop, "#payment_method_alliancepay").await).await;
}

async fn enter_places_one_order(shop: &Shop, field: &str) -> anyhow::Result<()> {
    let customer = shop.customer().await?;
    customer.stands_at_the_checkout().await?;
    customer.sees_the_option().await?;
    customer.runs(&format!("document.querySelector('{field}').focus();")).await?;
    assert!(customer.page().holds(&format!("document.activeElement.matches('{field}')")).await?);
    customer.page().key(Key::Enter).await?;
    customer.pays_and_comes_back(Card::Succeeds).await?;
    customer.sees(PAID).await?;
    let order = shop.newest_order().await?;
    assert_eq!(shop.bank_orders(order).await?.len(), 1);
    Ok(())
}
