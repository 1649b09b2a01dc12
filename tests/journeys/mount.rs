//! `AlliancePay.mount`: the same options as the attributes, given as an object; what was in the target is the fallback, and
//! is back afterwards. Nobody has to keep what it returns.

use anyhow::ensure;
use serde_json::json;

use crate::support::{Buyer, Card, MerchantPage, ORDER, Settings, TAG, Widget, World, journey};

#[tokio::test]
async fn an_object_of_options_is_the_element_with_those_attributes_and_pays() {
    journey(Settings::default(), async |world| {
        let (_site, buyer) = at_a_page(world).await?;
        let attributes = buyer
            .runs(
                "window.widget = AlliancePay.mount('#pay', { ...order, view: 'pay', lang: 'en', paymentHosts: ['a.example', 'b.example'],
                   texts: { toPay: 'Your gift' } });
                 return Object.fromEntries([...widget.element.attributes].map(({ name, value }) => [name, value]));",
            )
            .await?;
        ensure!(attributes["payment-hosts"] == "a.example b.example", "{attributes}");
        ensure!(attributes["texts"] == r#"{"toPay":"Your gift"}"#, "{attributes}");
        ensure!(attributes["order-token"].is_string(), "{attributes}");
        buyer.sees("Your gift").await?;
        buyer.pays_and_comes_back(Card::Succeeds).await?;
        world.ledger.is_captured_once(ORDER).await.map(drop)
    })
    .await;
}

#[tokio::test]
async fn an_update_changes_what_it_names_and_unmounting_leaves_the_page_as_it_was() {
    journey(Settings::default(), async |world| {
        let (_site, buyer) = at_a_page(world).await?;
        let before = buyer.runs("return document.querySelector('#pay').innerHTML;").await?;
        buyer.runs("window.widget = AlliancePay.mount(document.querySelector('#pay'), { ...order, lang: 'en', theme: 'dark' });").await?;
        buyer.can_pay().await?;
        buyer.page().wait_until("getComputedStyle(deep('.root')).colorScheme === 'dark'").await?;
        buyer.runs("widget.update({ theme: null, lang: 'uk' });").await?;
        buyer.sees("До сплати").await?;
        ensure!(!buyer.page().holds("widget.element.hasAttribute('theme')").await?, "null takes an option away");
        ensure!(buyer.page().holds("widget.element.hasAttribute('backend')").await?, "what it does not name stays");
        ensure!(!buyer.page().holds("document.querySelector('#plain').checkVisibility()").await?, "the fallback waits");

        buyer.runs("widget.unmount();").await?;
        ensure!(buyer.runs("return document.querySelector('#pay').innerHTML;").await? == before, "it is as it was");
        ensure!(buyer.page().holds("document.querySelector('#plain').checkVisibility()").await?, "and can be seen");
        // Loaded, unmounted and mounted again, it is the same engine and the same order.
        buyer.runs("AlliancePay.mount('#pay', { ...order, lang: 'en' });").await?;
        buyer.pays_and_comes_back(Card::Succeeds).await?;
        world.ledger.is_captured_once(ORDER).await.map(drop)
    })
    .await;
}

#[tokio::test]
async fn an_option_that_is_none_and_a_target_that_is_not_there_are_named() {
    journey(Settings::default(), async |world| {
        let (_site, buyer) = at_a_page(world).await?;
        let missing = buyer
            .runs("try { AlliancePay.mount('#elsewhere'); } catch (error) { return String(error); }")
            .await?;
        ensure!(
            missing == json!("TypeError: AlliancePay.mount: there is no element #elsewhere"),
            "{missing}"
        );
        buyer.runs("AlliancePay.mount('#pay', { ...order, lang: 'en', colour: 'red' });").await?;
        buyer.can_pay().await?;
        let console = buyer.page().console().await?;
        ensure!(console.iter().any(|line| line.contains(r#"there is no option \"colour\""#)), "{console:?}");
        buyer.pays_and_comes_back(Card::Succeeds).await?;
        buyer.page().wait_until("document.querySelector('#plain')").await?;
        world.ledger.is_captured_once(ORDER).await.map(drop)
    })
    .await;
}

#[tokio::test]
async fn a_widget_whose_handle_the_garbage_collector_took_stays_and_pays() {
    journey(Settings::default(), async |world| {
        let (_site, buyer) = at_a_page(world).await?;
        // Weakly held, to see that it is really gone.
        buyer
            .runs("window.handle = new WeakRef(AlliancePay.mount('#pay', { ...order, view: 'pay', lang: 'en' }));")
            .await?;
        buyer.hears("button", "Pay ₴250.00").await?;
        buyer.runs("window.card = new WeakRef(deep('.card'));").await?;
        for _ in 0..2 {
            buyer.page().devtools("HeapProfiler.collectGarbage", json!({})).await?;
        }
        buyer.page().wait_until("handle.deref() === undefined").await?;
        let stays = "card.deref() === deep('.card') && deep('.card').checkVisibility()";
        ensure!(buyer.page().holds(stays).await?, "{}", buyer.page().describe().await);
        buyer.pays_and_comes_back(Card::Succeeds).await?;
        world.ledger.is_captured_once(ORDER).await.map(drop)
    })
    .await;
}

/// A page that has loaded the script and mounted nothing; its order is at hand as `order`.
async fn at_a_page(world: &World) -> anyhow::Result<(MerchantPage, Buyer)> {
    let token = world.ledger.put_order(ORDER, 25_000, &world.at.merchant_page).await?;
    let order = json!({"backend": world.at.backend, "order": ORDER, "orderToken": token});
    let body = format!(
        "<div id=pay><form id=plain method=post action='{}/pay'><input type=hidden name=order_token value='{token}'>\
         <button>Pay at the bank</button></form></div><script>window.order = {order};</script>",
        world.at.backend
    );
    let site = MerchantPage::with_pages(world, Widget::Served, None, [("/", TAG, body.as_str())]).await?;
    let buyer = world.buyer().await?;
    buyer.page().goto(&site.url).await?;
    buyer.page().wait_until("window.AlliancePay").await?;
    Ok((site, buyer))
}
