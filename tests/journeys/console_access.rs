//! Who may do what: by role in the console, by token in a shop's own admin.

use anyhow::Context;
use serde_json::{Value, json};

use crate::support::{MerchantPage, Settings, Widget, journey};

#[tokio::test]
async fn a_viewer_cannot_refund_neither_on_the_page_nor_past_it() {
    journey(Settings::default(), async |world| {
        world.sells_books("3001").await?;
        let clerk = world.clerk("viktor", "viewer").await?;
        clerk.opens("orders/3001").await?;
        clerk.sees_in("[data-why-not]", "Your role may not refund").await?;
        assert!(!clerk.has("[data-action=refund]").await?);
        assert!(!clerk.has("[data-action=update]").await?);

        // Past the page, with the same cookie and the right token against forged requests.
        let past = "const session = await (await fetch('/v1/staff/session')).json();\
            const answer = await fetch('/v1/orders/3001/refunds', {method: 'POST', body: '{}', headers: {\
            'Content-Type': 'application/json', 'X-CSRF-Token': session.csrf, 'Idempotency-Key': 'viktor-tries'}});\
            return [answer.status, (await answer.json()).code];";
        let answer = clerk.page().run(&format!("return (async () => {{ {past} }})();"), &[]).await?;
        assert_eq!(answer, json!([403, "role_too_low"]));
        assert_eq!(world.ledger.order("3001").await?.refunds, []);
        assert_eq!(world.bank.calls("refund").await?, 0);
        Ok(())
    })
    .await;
}

#[tokio::test]
async fn a_token_of_one_order_does_not_open_another() {
    journey(Settings::default(), async |world| {
        world.sells_books("3002").await?;
        world.sells_books("3003").await?;
        let token = world.console_token("order:3002", "refunder").await?;
        let element = |order: &str| {
            let backend = &world.at.backend;
            format!("<alliancepay-order backend='{backend}' order='{order}' token='{token}' lang=en></alliancepay-order>")
        };
        let body = [world.console_elements(), element("3002"), element("3003")].concat();
        let page = MerchantPage::start(world, Widget::Served, &body).await?;
        let buyer = world.buyer().await?;
        buyer.page().goto(&page.url).await?;
        let inside = |order: &str, words: &str| {
            let root = format!("document.querySelector('[order=\"{order}\"]').shadowRoot.querySelector('.root')");
            format!("{root}?.innerText.includes({})", json!(words))
        };
        buyer.page().wait_until(&inside("3002", "Callback received at")).await?;
        buyer.page().find("[data-action=refund]").await?;
        buyer.page().wait_until(&inside("3003", "This access is for another order")).await?;
        assert!(!buyer.page().holds(&inside("3003", "Book")).await?);
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
