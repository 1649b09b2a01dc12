//! The pages that surely show the widget name its wasm and its words in their head: each is loaded once, and early.

use anyhow::ensure;
use serde_json::Value;

use super::shop_journey;
use crate::support::{Card, PAID};

/// The widget's files that the page's head names, and by whom each was loaded how often.
const HINTED: &str =
    "return [...document.querySelectorAll('head link[rel=preload][as=fetch]')].map((one) => one.href)
     .filter((href) => href.includes('/assets/widget/alliancepay-'))
     .map((href) => [href, performance.getEntriesByName(href).map((one) => one.initiatorType)]);";

#[tokio::test]
async fn checkout_and_return_page_hint_at_what_the_widget_will_load() {
    shop_journey(async |shop| {
        let customer = shop.customer().await?;
        customer.takes(1).await?;
        ensure!(hinted(&customer.runs(HINTED).await?)?.is_empty(), "the product's page shows no widget");
        customer.fills_the_form().await?;
        customer.sees_the_option().await?;
        are_two_loaded_once(&customer.runs(HINTED).await?)?;
        customer.places_the_order().await?;
        customer.pays_and_comes_back(Card::Succeeds).await?;
        customer.sees(PAID).await?;
        are_two_loaded_once(&customer.runs(HINTED).await?)
    })
    .await;
}

fn are_two_loaded_once(said: &Value) -> anyhow::Result<()> {
    let hints = hinted(said)?;
    let has = |ending: &str| hints.iter().any(|(href, _)| href.ends_with(ending));
    ensure!(hints.len() == 2 && has(".wasm") && has(".json"), "the wasm and the words: {said}");
    ensure!(hints.iter().all(|(_, by)| *by == ["link"]), "each by its hint and not again: {said}");
    Ok(())
}

fn hinted(said: &Value) -> anyhow::Result<Vec<(String, Vec<String>)>> {
    Ok(serde_json::from_value(said.clone())?)
}
