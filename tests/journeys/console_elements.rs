//! The console's views in a shop's own admin, on a page under the strictest policy there is: the list, the cell of a
//! list, the details with their refund. What is done there is in the ledger's file under the name of whom the shop named.

use anyhow::Context;
use browser::Page;
use serde_json::{Value, json};

use crate::phases::violations;
use crate::support::{Buyer, MerchantPage, Settings, Widget, World, eventually, journey};

#[tokio::test]
async fn three_views_in_a_strict_admin_show_refund_and_follow() {
    journey(Settings::default(), async |world| {
        world.sells_books("7001").await?;
        let site = admin(world).await?;
        let buyer = world.buyer().await?;
        let page = buyer.page();
        page.goto(&format!("{}/admin", site.url)).await?;
        page.wait_until(&holds("alliancepay-orders", "7001")).await?;
        page.wait_until(&holds("alliancepay-order-status", "Paid")).await?;
        page.wait_until(&holds("alliancepay-order", "Callback отримано")).await?;
        assert_eq!(buyer.runs("return window.complaints;").await?, json!([]));
        let scheme = "return getComputedStyle(document.querySelector('alliancepay-order').shadowRoot\
             .querySelector('.root')).colorScheme;";
        assert_eq!(buyer.runs(scheme).await?, json!("dark"));

        // An order comes: the list offers it, and nothing jumps.
        world.sells_books("7002").await?;
        page.wait_until(&holds("alliancepay-orders", "Show new: 1")).await?;
        gives_back(world, &buyer).await?;

        // The list and the cell hear of it by themselves.
        page.wait_until(&holds("alliancepay-order-status", "Partially refunded")).await?;
        page.wait_until(&holds("alliancepay-orders", "Partially refunded")).await?;

        // The admin may open the order by itself; else the list shows the details in its place.
        buyer
            .runs(
                "window.takes = true; addEventListener('alliancepay:order', (event) => { \
                 window.told = event.detail.order; if (window.takes) event.preventDefault(); });",
            )
            .await?;
        let number = "document.querySelector('alliancepay-orders').shadowRoot.querySelector('tr[data-order=\"7001\"] .number')";
        page.press_where(number).await?;
        page.wait_until("window.told === '7001'").await?;
        assert!(page.holds(number).await?, "the list stays");
        buyer.runs("window.takes = false;").await?;
        page.press_where(number).await?;
        page.wait_until(&holds("alliancepay-orders", "All orders")).await?;
        page.wait_until(&holds("alliancepay-orders", "Order 7001")).await?;
        // A token that reads all orders only reads.
        page.wait_until(&holds("alliancepay-orders", "Your role may not refund")).await?;

        axe_finds_nothing_in_them(page).await?;

        // The tokens of this admin live for seconds: the views have asked for more of them.
        eventually("a view asks for another token", async || {
            Ok((site.console_tokens_given() > 3).then_some(()))
        })
        .await?;
        buyer.runs("document.querySelectorAll('main > *').forEach((one) => one.remove());").await?;
        let panics: Vec<_> =
            page.console().await?.into_iter().filter(|line| line.contains("panic")).collect();
        assert_eq!(panics, Vec::<String>::new());
        assert_eq!(buyer.runs("return window.complaints;").await?, json!([]));
        Ok(())
    })
    .await;
}

#[tokio::test]
async fn fifty_cells_of_a_list_ask_once() {
    journey(Settings::default(), async |world| {
        world.sells_books("3004").await?;
        world.puts_books("3005").await?;
        let token = world.console_token("orders:read", "viewer").await?;
        let backend = &world.at.backend;
        let cells = (0..50).map(|number| {
            let order = if number == 0 { "3004".to_owned() } else { format!("30{:02}", number + 4) };
            format!("<p><alliancepay-order-status backend='{backend}' order='{order}' token='{token}' lang=en></alliancepay-order-status></p>")
        });
        let body = cells.fold(world.console_elements(), |page, cell| page + &cell);
        let page = MerchantPage::start(world, Widget::Served, &body).await?;
        let buyer = world.buyer().await?;
        buyer.page().goto(&page.url).await?;
        buyer.sees("Payment status").await?;
        let asked = "return performance.getEntriesByType('resource')\
            .filter((one) => one.name.includes('/v1/')).map((one) => one.name.split('?')[0]);";
        let asked = buyer.runs(asked).await?;
        // One for the place of now, one for all cells; what changes comes by a third that waits.
        let changes = format!("{backend}/v1/orders/changes");
        let settled: Vec<&Value> = asked.as_array().context("a list")?.iter().take(2).collect();
        assert_eq!(settled, [&json!(changes), &json!(format!("{backend}/v1/orders"))]);
        let rows = asked.as_array().context("a list")?.iter().filter(|one| **one == json!(format!("{backend}/v1/orders")));
        assert_eq!(rows.count(), 1, "one request for all");
        // The order that nobody began to pay is paid otherwise: its cell is empty.
        let buttons = "return deepAll('[data-action=payment-status]').length;";
        assert_eq!(buyer.runs(buttons).await?, Value::from(1));
        Ok(())
    })
    .await;
}

/// The shop's own admin: three views, tokens by an address of its own, and a policy that allows only what the document asks for.
async fn admin(world: &World) -> anyhow::Result<MerchantPage> {
    let backend = &world.at.backend;
    let policy = format!(
        "default-src 'none'; script-src 'self' {backend} 'wasm-unsafe-eval'; connect-src 'self' {backend}; \
         base-uri 'none'; require-trusted-types-for 'script'; trusted-types 'none'"
    );
    let head = format!("<script src=/complaints.js></script>{}", world.console_elements());
    let list = format!("backend='{backend}' token-url=/console-token/orders:read/viewer lang=en");
    let one = format!("backend='{backend}' token-url=/console-token/order:7001/refunder lang=uk theme=dark");
    let body = format!(
        "<main><alliancepay-orders {list}></alliancepay-orders>\
         <alliancepay-order-status {list} order=7001></alliancepay-order-status>\
         <alliancepay-order {one} order=7001></alliancepay-order></main>"
    );
    MerchantPage::with_pages(world, Widget::Served, Some(policy), [("/admin", head.as_str(), body.as_str())])
        .await
}

/// The rest of the page is the admin's own. axe is code that no policy of the page names: for it, the page is loaded once
/// more without one.
async fn axe_finds_nothing_in_them(page: &Page) -> anyhow::Result<()> {
    page.devtools("Page.setBypassCSP", json!({"enabled": true})).await?;
    page.client().refresh().await?;
    page.wait_until(&holds("alliancepay-orders", "7002")).await?;
    page.wait_until(&holds("alliancepay-order-status", "Partially refunded")).await?;
    page.wait_until(&holds("alliancepay-order", "Callback отримано")).await?;
    let found = violations(page).await?;
    let theirs: Vec<_> = found.into_iter().filter(|one| one.contains("alliancepay-")).collect();
    assert_eq!(theirs, Vec::<String>::new());
    Ok(())
}

/// A hundred hryvnias by the details' dialog, in Ukrainian.
async fn gives_back(world: &World, buyer: &Buyer) -> anyhow::Result<()> {
    let page = buyer.page();
    page.press("[data-action=refund]").await?;
    page.press("dialog[open] [value=sum]").await?;
    page.fill("dialog[open] [name=amount]", "100").await?;
    page.press("[data-action=next]").await?;
    page.press("[data-action=refund-online]").await?;
    page.find("[data-refund-state=SUCCESS]").await?;
    page.wait_until(&holds("alliancepay-order", "Частково повернено")).await?;
    let rows = world.ledger.refund_rows("7001")?;
    let seen: Vec<_> = rows.iter().map(|row| (row.state.as_str(), row.minor, row.by.as_str())).collect();
    assert_eq!(seen, [("SUCCESS", 10_000, "token:olena of the shop's admin")]);
    page.press("dialog[open] .dialog-foot .button").await
}

fn holds(element: &str, words: &str) -> String {
    let root = format!("document.querySelector('{element}').shadowRoot?.querySelector('.root')");
    format!("{root}?.innerText.includes({})", json!(words))
}
