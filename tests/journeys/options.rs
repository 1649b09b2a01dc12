//! What a merchant may write on the page: the option beside other methods, a wrong option, an unknown language.

use crate::support::{Card, MerchantPage, PAID, Settings, Widget, journey, pay_view};

#[tokio::test]
async fn the_option_is_one_native_radio_of_the_pages_own_group_and_needs_no_token() {
    journey(Settings::default(), async |world| {
        let buyer = world.buyer().await?;
        buyer.page().goto(&format!("{}/?lang=en", world.at.shop)).await?;
        buyer.page().wait_until("document.querySelector('alliancepay-checkout[view=option]').shadowRoot").await?;
        buyer.sees("AlliancePay").await?;
        let facts = buyer
            .runs(
                "const widget = document.querySelector('alliancepay-checkout[view=option]');
                 const radios = [...document.querySelectorAll('input[name=method]')];
                 return {
                   radios: radios.length,
                   chosen: radios.filter((radio) => radio.checked).map((radio) => radio.value),
                   inside: [...widget.shadowRoot.querySelectorAll('input, button, textarea, [contenteditable]')]
                     .filter((control) => control.checkVisibility()).length,
                   token: widget.hasAttribute('order-token'),
                   error: deepText().toLowerCase().includes('set-up'),
                 };",
            )
            .await?;
        assert_eq!(
            facts,
            serde_json::json!({"radios": 3, "chosen": ["alliancepay"], "inside": 0, "token": false, "error": false})
        );

        // Another method, and back by the keyboard: one group, as a buyer expects of radios.
        buyer.page().press("input[name=method][value=transfer]").await?;
        assert!(!buyer.page().holds("document.querySelector('input[value=alliancepay]').checked").await?);
        // A press on the widget itself chooses its method: it stands inside the radio's label.
        buyer.page().press("alliancepay-checkout[view=option]").await?;
        buyer.page().wait_until("document.querySelector('input[value=alliancepay]').checked").await?;
        Ok(())
    })
    .await;
}

#[tokio::test]
async fn a_wrong_option_is_named_to_the_merchant_and_the_form_still_pays() {
    journey(Settings::default(), async |world| {
        let token = world.ledger.put_order("J-1", 25_000, &world.at.merchant_page).await?;
        let wrong = pay_view(world, "J-1", &token, "theme=neon").replace("view=pay", "view=payment");
        let site = MerchantPage::start(world, Widget::Served, &wrong).await?;
        let buyer = world.buyer().await?;
        buyer.page().goto(&site.url).await?;
        buyer.page().wait_until("document.querySelector('alliancepay-checkout').shadowRoot").await?;
        buyer.sees("view").await?;
        let console = buyer.page().console().await?;
        assert!(
            console.iter().any(|line| line.contains("view")),
            "the console names the option: {console:?}"
        );

        buyer.page().press("alliancepay-checkout form button").await?;
        buyer.pays_with(Card::Succeeds).await?;
        buyer.comes_back().await?;
        world.ledger.is_captured_once("J-1").await?;
        Ok(())
    })
    .await;
}

#[tokio::test]
async fn a_missing_backend_is_named_to_the_merchant() {
    journey(Settings::default(), async |world| {
        let site = MerchantPage::start(
            world,
            Widget::Served,
            "<alliancepay-checkout view=pay lang=en></alliancepay-checkout>",
        )
        .await?;
        let buyer = world.buyer().await?;
        buyer.page().goto(&site.url).await?;
        buyer.sees("backend").await?;
        let console = buyer.page().console().await?;
        assert!(
            console.iter().any(|line| line.contains("backend")),
            "the console names the option: {console:?}"
        );
        Ok(())
    })
    .await;
}

#[tokio::test]
async fn an_unknown_language_falls_back_and_the_buyer_pays() {
    journey(Settings::default(), async |world| {
        let token = world.ledger.put_order("J-1", 25_000, &world.at.merchant_page).await?;
        let page = pay_view(world, "J-1", &token, "").replace("lang=en", "lang=tlh");
        let site = MerchantPage::start(world, Widget::Served, &page).await?;
        let buyer = world.buyer().await?;
        buyer.page().goto(&site.url).await?;
        buyer.presses_pay().await?;
        buyer.pays_with(Card::Succeeds).await?;
        buyer.comes_back().await?;
        // The order's return URL is the same page: the pay view tells the outcome.
        buyer.page().wait_until("/Paid|Оплачено/.test(deepText())").await?;
        world.ledger.is_captured_once("J-1").await?;
        Ok(())
    })
    .await;
}

#[tokio::test]
async fn the_strictest_policy_is_kept_to_and_the_buyer_pays_by_the_widget() {
    journey(Settings::default(), async |world| {
        let token = world.ledger.put_order("J-1", 25_000, &world.at.merchant_page).await?;
        let page = pay_view(world, "J-1", &token, "");
        let site = MerchantPage::start(world, Widget::StrictlyServed, &page).await?;
        let buyer = world.buyer().await?;
        buyer.page().goto(&site.url).await?;
        buyer.can_pay().await?;
        buyer.pays_and_comes_back(Card::Succeeds).await?;
        buyer.sees(PAID).await?;
        // The browser asks for an icon by itself; everything else it complains of would be ours.
        let console = buyer.page().console().await?;
        let ours: Vec<_> = console.iter().filter(|line| !line.contains("favicon.ico")).collect();
        assert!(ours.is_empty(), "{ours:?}");
        world.ledger.is_captured_once("J-1").await?;
        Ok(())
    })
    .await;
}
