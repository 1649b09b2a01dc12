//! What may happen while the widget's files are on their way.

use crate::support::{Card, ORDER, Settings, TAG, at_a_page, journey};

#[tokio::test]
async fn a_line_that_drops_a_file_twice_is_forgiven() {
    journey(Settings::default(), async |world| {
        let drops = "String(given[0]).includes('.wasm') && ++window.dropped <= 2";
        let head = before_the_tag(&format!("window.dropped = 0; {}", cut_where(drops)));
        let (_site, buyer) = at_a_page(world, &head, str::to_owned).await?;
        buyer.pays_and_comes_back(Card::Succeeds).await?;
        world.ledger.is_captured_once(ORDER).await.map(drop)
    })
    .await;
}

#[tokio::test]
async fn a_widget_that_did_not_come_is_there_once_the_line_is() {
    journey(Settings::default(), async |world| {
        let cut = cut_where("String(given[0]).includes('/widget/') && window.cut");
        let head = before_the_tag(&format!(
            "window.cut = true; {cut} addEventListener('alliancepay:error', (event) => window.told = event.detail.code);"
        ));
        let (_site, buyer) = at_a_page(world, &head, str::to_owned).await?;
        buyer.page().wait_until("window.told === 'widget_unavailable'").await?;
        assert!(buyer.page().holds("document.querySelector('form button').checkVisibility()").await?);
        buyer.runs("window.cut = false; dispatchEvent(new Event('online'));").await?;
        buyer.pays_and_comes_back(Card::Succeeds).await?;
        world.ledger.is_captured_once(ORDER).await.map(drop)
    })
    .await;
}

#[tokio::test]
async fn a_language_chosen_while_the_files_come_is_the_one_that_is_shown() {
    journey(Settings::default(), async |world| {
        let held = "const real = fetch; const free = new Promise((resolve) => window.release = resolve);
             window.fetch = async (...given) => { await free; return real(...given); };";
        let (_site, buyer) = at_a_page(world, &before_the_tag(held), str::to_owned).await?;
        buyer.page().wait_until("customElements.get('alliancepay-checkout')").await?;
        buyer.runs("document.querySelector('alliancepay-checkout').lang = 'uk'; release();").await?;
        buyer.sees("До сплати").await?;
        buyer.page().wait_until("deep('.amount').textContent.includes('250,00')").await?;
        buyer.pays_and_comes_back(Card::Succeeds).await?;
        world.ledger.is_captured_once(ORDER).await.map(drop)
    })
    .await;
}

/// A `fetch` that rejects where the condition on `given` holds, as it does when the line breaks.
fn cut_where(condition: &str) -> String {
    format!(
        "const real = fetch; window.fetch = (...given) =>
           {condition} ? Promise.reject(new TypeError('the line is cut')) : real(...given);"
    )
}

/// A script that is there before the widget's tag.
fn before_the_tag(script: &str) -> String {
    format!("<script>{script}</script>{TAG}")
}
