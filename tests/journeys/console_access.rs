//! Who may do what: by role in the console, by token in a shop's own admin. What was refused is not in the ledger's file.

use serde_json::{Value, json};

use crate::support::{MerchantPage, Settings, Widget, World, journey};

#[tokio::test]
async fn a_viewer_cannot_refund_neither_on_the_page_nor_past_it() {
    journey(Settings::default(), async |world| {
        world.sells_books("3001").await?;
        let clerk = world.clerk("viktor", "viewer").await?;
        clerk.opens("orders/3001").await?;
        clerk.sees_in("[data-why-not]", "Your role may not refund").await?;
        assert!(!clerk.has("[data-action=refund]").await?);
        assert!(!clerk.has("[data-action=update]").await?);
        assert!(!clerk.has("nav a[href='#/staff']").await?, "colleagues are an admin's");

        // Past the page, with the same cookie and the right token against forged requests.
        let past = "const session = await (await fetch('/v1/staff/session')).json();\
            const answer = await fetch('/v1/orders/3001/refunds', {method: 'POST', body: '{}', headers: {\
            'Content-Type': 'application/json', 'X-CSRF-Token': session.csrf, 'Idempotency-Key': 'viktor-tries'}});\
            return [answer.status, (await answer.json()).code];";
        assert_eq!(clerk.runs(past).await?, json!([403, "role_too_low"]));
        assert_eq!(world.ledger.refund_rows("3001")?, []);
        assert_eq!(world.ledger.standing("3001")?, ("CAPTURED".to_owned(), 0));
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

        // Nor past the page: not to read, not to ask, not to give back.
        let way = |method, path: &str| (method, format!("{}/v1/orders{path}", world.at.backend));
        for (method, address) in [
            way(reqwest::Method::GET, "/3003"),
            way(reqwest::Method::POST, "/3003/check"),
            way(reqwest::Method::POST, "/3003/refunds"),
            way(reqwest::Method::GET, ""),
        ] {
            let told = asks(world, method, &address, &token).await?;
            assert_eq!(told, (403, json!("scope")), "{address}");
        }
        assert_eq!(world.ledger.refund_rows("3003")?, []);
        assert_eq!(world.ledger.deeds_of("token:olena of the shop's admin")?, []);
        assert_eq!(world.bank.calls("refund").await?, 0);
        Ok(())
    })
    .await;
}

/// Status and code of the answer to who holds this token.
async fn asks(
    world: &World,
    method: reqwest::Method,
    address: &str,
    token: &str,
) -> anyhow::Result<(u16, Value)> {
    let request = world.ledger.http().request(method, address).bearer_auth(token);
    let answer = request.header("Idempotency-Key", "another-order").json(&json!({})).send().await?;
    let status = answer.status().as_u16();
    Ok((status, answer.json::<Value>().await?["code"].clone()))
}
