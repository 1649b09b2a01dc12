//! What a page's head may hold beside the one tag, as in `docs/embedding.md`: hints, with which each of the widget's files
//! comes once and does not wait for the script, and a script whose hash is checked. The demo shop gives hints on its pages.

use std::path::Path;

use anyhow::{Context, ensure};
use base64::Engine as _;
use serde_json::{Value, json};
use sha2::{Digest, Sha384};

use crate::support::{
    Card, Engine, MerchantPage, ORDER, PAID, Settings, TAG, Widget, World, at_a_page, dist, journey,
    journey_on, on_each_engine, pay_view,
};

on_each_engine!(
    hinted_files_come_once_and_do_not_wait_for_the_script,
    a_hinted_module_comes_once_and_is_checked,
);

async fn hinted_files_come_once_and_do_not_wait_for_the_script(engine: Engine) {
    journey_on(engine, Settings::default(), async |world| {
        pays_with_each_file_asked_for_once(world, &format!("{}{TAG}", hints()?)).await
    })
    .await;
}

async fn a_hinted_module_comes_once_and_is_checked(engine: Engine) {
    journey_on(engine, Settings::default(), async |world| {
        let hash = integrity(&std::fs::read(dist()?.join("alliancepay.mjs"))?);
        let head = format!(
            "<link rel=modulepreload href=/widget/alliancepay.mjs integrity='{hash}'>{}\
             <script type=module>import '/widget/alliancepay.mjs';</script>",
            hints()?
        );
        pays_with_each_file_asked_for_once(world, &head).await
    })
    .await;
}

#[tokio::test]
async fn a_script_at_its_versions_address_is_held_to_its_hash_and_pays() {
    journey(Settings::default(), async |world| {
        let manifest: Value = serde_json::from_slice(&std::fs::read(dist()?.join("manifest.json"))?)?;
        let version = manifest["version"].as_str().context("a version")?;
        let src = format!("{}/widget/{version}/alliancepay.js", world.at.backend);
        let listed = manifest["files"].as_array().context("files")?;
        let entry = listed.iter().find(|file| file["path"] == "alliancepay.js").context("the script")?;
        let hash = entry["sha384"].as_str().context("its hash")?.to_owned();
        let tag = |hash: &str| format!("<script src='{src}' integrity='{hash}' crossorigin async></script>");
        let (right, wrong) = (tag(&hash), tag(&integrity(b"another script")));
        let token = world.ledger.put_order(ORDER, 25_000, &world.at.merchant_page).await?;
        let body = pay_view(world, ORDER, &token, "");
        let pages = [("/", right.as_str(), body.as_str()), ("/wrong", wrong.as_str(), body.as_str())];
        let site = MerchantPage::with_pages(world, Widget::Served, None, pages).await?;
        let buyer = world.buyer().await?;
        buyer.page().goto(&format!("{}/wrong", site.url)).await?;
        ensure!(!buyer.page().holds("customElements.get('alliancepay-checkout')").await?, "it did not run");
        buyer.page().goto(&site.url).await?;
        buyer.can_pay().await?;
        buyer.pays_and_comes_back(Card::Succeeds).await?;
        buyer.sees(PAID).await?;
        world.ledger.is_captured_once(ORDER).await.map(drop)
    })
    .await;
}

#[tokio::test]
async fn a_page_that_names_a_version_of_yesterday_shows_the_widget_or_where_it_pinned_the_hash_its_form() {
    journey(Settings::default(), async |world| {
        let src = format!("{}/widget/0.0.1-0a1b2c3d4e5f6071/alliancepay.js", world.at.backend);
        let named = format!("<script src='{src}' async></script>");
        let hash = integrity(b"the script of yesterday");
        let pinned = format!("<script src='{src}' integrity='{hash}' crossorigin async></script>");
        let token = world.ledger.put_order(ORDER, 25_000, &world.at.merchant_page).await?;
        let body = pay_view(world, ORDER, &token, "");
        let pages = [("/", named.as_str(), body.as_str()), ("/pinned", pinned.as_str(), body.as_str())];
        let site = MerchantPage::with_pages(world, Widget::Served, None, pages).await?;
        let buyer = world.buyer().await?;
        buyer.page().goto(&site.url).await?;
        buyer.can_pay().await?;
        buyer.page().goto(&format!("{}/pinned", site.url)).await?;
        ensure!(!buyer.page().holds("customElements.get('alliancepay-checkout')").await?, "it did not run");
        buyer.pays_by_the_form(Card::Succeeds).await?;
        buyer.sees(PAID).await?;
        world.ledger.is_captured_once(ORDER).await.map(drop)
    })
    .await;
}

#[tokio::test]
async fn the_demo_shop_hints_at_what_its_pages_will_load() {
    journey(Settings::default(), async |world| {
        let buyer = world.buyer().await?;
        let order = buyer.places_an_order_in("uk").await?;
        buyer.can_pay().await?;
        let hinted = buyer
            .runs(
                "return [...document.querySelectorAll('head link[rel=preload]')]
                   .map((one) => [one.href, performance.getEntriesByName(one.href).map((entry) => entry.initiatorType)]);",
            )
            .await?;
        let by_hint = |name: &str| json!([format!("{}/widget/{name}", world.at.backend), ["link"]]);
        let named = [named(is_wasm)?, named(|name| name.starts_with("alliancepay-uk-"))?];
        ensure!(named.iter().all(|name| hinted.as_array().is_some_and(|all| all.contains(&by_hint(name)))), "{hinted}");
        buyer.pays_and_comes_back(Card::Succeeds).await?;
        world.ledger.is_captured_once(&order).await.map(drop)
    })
    .await;
}

async fn pays_with_each_file_asked_for_once(world: &World, head: &str) -> anyhow::Result<()> {
    let (site, buyer) = at_a_page(world, head, str::to_owned).await?;
    buyer.can_pay().await?;
    let mut asked = site.files_asked();
    asked.sort_unstable();
    let each_once = asked.windows(2).all(|two| two[0] != two[1]);
    ensure!(asked.len() == 3 && each_once, "script, wasm and words, each once: {asked:?}");
    buyer.pays_and_comes_back(Card::Succeeds).await?;
    buyer.sees(PAID).await?;
    world.ledger.is_captured_once(ORDER).await.map(drop)
}

/// The lines of the documentation.
fn hints() -> anyhow::Result<String> {
    let line = |name: String| format!("<link rel=preload as=fetch crossorigin href=/widget/{name}>");
    let wasm = named(is_wasm)?;
    let words = named(|name| name.starts_with("alliancepay-en-"))?;
    Ok(line(wasm) + &line(words))
}

fn is_wasm(name: &str) -> bool {
    Path::new(name).extension().is_some_and(|kind| kind == "wasm")
}

/// The one file of the manifest that is named so.
fn named(is_it: impl Fn(&str) -> bool) -> anyhow::Result<String> {
    let manifest: Value = serde_json::from_slice(&std::fs::read(dist()?.join("manifest.json"))?)?;
    let names = manifest["files"].as_array().context("the manifest's files")?;
    let name = names.iter().filter_map(|file| file["path"].as_str()).find(|name| is_it(name));
    name.map(str::to_owned).context("it is not in the manifest")
}

fn integrity(bytes: &[u8]) -> String {
    format!("sha384-{}", base64::engine::general_purpose::STANDARD.encode(Sha384::digest(bytes)))
}
