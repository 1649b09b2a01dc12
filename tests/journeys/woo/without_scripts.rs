//! Scripts off, or WebAssembly forbidden: the redirect pays all the same, and the page afterwards is true.

use serde_json::json;

use super::shop_journey;
use crate::support::{Card, PAID, Profile};

#[tokio::test]
async fn with_scripts_off_the_form_leads_to_the_bank_and_back() {
    shop_journey(async |shop| {
        let customer = shop.customer_with(&Profile::default().without_scripts()).await?;
        customer.stands_at_the_checkout().await?;
        customer.places_the_order().await?;
        customer.pays_and_comes_back(Card::Succeeds).await?;
        customer.is_back_at_the_shop().await?;
        let order = shop.newest_order().await?;
        shop.payments(order, 1).await?;
        // The page cannot wait by itself; loaded again it knows.
        let address = customer.page().url().await?;
        crate::support::eventually("the page tells that it is paid", async || {
            customer.page().goto(&address).await?;
            Ok(customer.buyer().sees_now("Your payment has arrived").await?.then_some(()))
        })
        .await
    })
    .await;
}

#[tokio::test]
async fn where_webassembly_is_forbidden_the_words_stand_and_the_redirect_pays() {
    shop_journey(async |shop| {
        let customer = shop.customer().await?;
        let forbid = json!({"source": "delete globalThis.WebAssembly;"});
        customer.page().devtools("Page.addScriptToEvaluateOnNewDocument", forbid).await?;
        customer.stands_at_the_checkout().await?;
        customer.sees("You will pay on the bank").await?;
        customer.places_the_order().await?;
        customer.pays_and_comes_back(Card::Succeeds).await?;
        let order = shop.newest_order().await?;
        let address = customer.page().url().await?;
        crate::support::eventually("the page's own words tell that it is paid", async || {
            customer.page().goto(&address).await?;
            Ok(customer.buyer().sees_now("Your payment has arrived").await?.then_some(()))
        })
        .await?;
        assert!(!customer.buyer().sees_now(PAID).await?, "the widget is not there");
        shop.payments(order, 1).await?;
        Ok(())
    })
    .await;
}
