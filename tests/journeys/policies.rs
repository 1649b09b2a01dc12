//! Content security policies of shops, and files changed on their way.

use anyhow::{Context, ensure};

use crate::support::{Buyer, Card, MerchantPage, PAID, Profile, Settings, Widget, World, journey, pay_view};

const FORM_BUTTON: &str = "alliancepay-checkout form button";

#[tokio::test]
async fn under_the_documented_policy_of_hosts_widget_code_and_form_work() {
    journey(Settings::default(), async |world| {
        let policy = documented(world, "script-src https://")?;
        let tag = format!("<script src='{}/widget/alliancepay.js' async></script>", world.at.backend);
        let (site, buyer) = at_a_page(world, policy, &tag, &Profile::default()).await?;
        buyer.asks_for_the_code().await?;
        nothing_is_complained_of(&buyer).await?;
        // The same page, the same session, and no script.
        let plain = world.buyer_with(&Profile::default().without_scripts()).await?;
        plain.page().goto(&site.url).await?;
        plain.page().press(FORM_BUTTON).await?;
        pays_at_the_bank(world, &plain).await?;
        buyer.sees(PAID).await
    })
    .await;
}

#[tokio::test]
async fn under_the_documented_policy_of_nonces_the_widget_pays() {
    journey(Settings::default(), async |world| {
        let policy = documented(world, "'nonce-R4nd0m'")?;
        let tag =
            format!("<script nonce=R4nd0m src='{}/widget/alliancepay.js' async></script>", world.at.backend);
        let (_site, buyer) = at_a_page(world, policy, &tag, &Profile::default()).await?;
        buyer.asks_for_the_code().await?;
        buyer.presses_pay().await?;
        pays_at_the_bank(world, &buyer).await?;
        nothing_is_complained_of(&buyer).await
    })
    .await;
}

#[tokio::test]
async fn a_form_needs_the_backend_and_the_banks_page_in_form_action() {
    journey(Settings::default(), async |world| {
        let (backend, bank) = (&world.at.backend, &world.at.bank);
        let plain = Profile::default().without_scripts();
        // Chromium holds the redirect's target against the policy too: the form then leads nowhere.
        let short = format!("form-action {backend}");
        let (site, buyer) = at_a_page(world, short, "", &plain).await?;
        buyer.page().press(FORM_BUTTON).await?;
        world.ledger.waits_for("J-1", "REDIRECTED").await?;
        assert!(!buyer.page().url().await?.starts_with(bank), "{}", buyer.page().url().await?);
        drop(site);

        let whole = format!("form-action {backend} {bank}");
        let (_site, buyer) = at_a_page(world, whole, "", &plain).await?;
        buyer.page().press(FORM_BUTTON).await?;
        pays_at_the_bank(world, &buyer).await
    })
    .await;
}

#[tokio::test]
async fn a_wasm_changed_on_its_way_is_not_run_and_the_form_pays() {
    journey(Settings::default(), async |world| pays_by_the_form(world, Widget::Changed("wasm")).await).await;
}

#[tokio::test]
async fn texts_changed_on_their_way_are_not_shown_and_the_form_pays() {
    journey(Settings::default(), async |world| pays_by_the_form(world, Widget::Changed("json")).await).await;
}

/// The header of `docs/embedding.md` that has these words, letter by letter but for the names of this world's servers.
fn documented(world: &World, words: &str) -> anyhow::Result<String> {
    let text = std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/docs/embedding.md"))?;
    let header = text
        .lines()
        .filter_map(|line| line.strip_prefix("Content-Security-Policy: "))
        .find(|header| header.contains(words))
        .with_context(|| format!("no header with {words} in the documentation"))?;
    let bank = format!("form-action {}", world.at.bank);
    Ok(header.replace("https://pay.shop.example", &world.at.backend).replace("form-action", &bank))
}

/// The browser asks for an icon by itself; everything else it complains of would be ours.
async fn nothing_is_complained_of(buyer: &Buyer) -> anyhow::Result<()> {
    let console = buyer.page().console().await?;
    let ours: Vec<_> = console.iter().filter(|line| !line.contains("favicon.ico")).collect();
    ensure!(ours.is_empty(), "{ours:?}");
    Ok(())
}

async fn pays_by_the_form(world: &World, widget: Widget) -> anyhow::Result<()> {
    let site = MerchantPage::selling(world, widget, "").await?;
    let buyer = world.buyer().await?;
    buyer.page().goto(&site.url).await?;
    buyer.is_left_with_the_form().await?;
    buyer.page().press(FORM_BUTTON).await?;
    pays_at_the_bank(world, &buyer).await
}

async fn at_a_page(
    world: &World,
    policy: String,
    head: &str,
    profile: &Profile,
) -> anyhow::Result<(MerchantPage, Buyer)> {
    let token = world.ledger.put_order("J-1", 25_000, &world.at.merchant_page).await?;
    let body = pay_view(world, "J-1", &token, "");
    let pages = [("/", head, body.as_str())];
    let site = MerchantPage::with_pages(world, Widget::Served, Some(policy), pages).await?;
    let buyer = world.buyer_with(profile).await?;
    buyer.page().goto(&site.url).await?;
    Ok((site, buyer))
}

async fn pays_at_the_bank(world: &World, buyer: &Buyer) -> anyhow::Result<()> {
    buyer.pays_with(Card::Succeeds).await?;
    buyer.comes_back().await?;
    world.ledger.is_captured_once("J-1").await?;
    assert_eq!(world.bank.order_count().await?, 1);
    Ok(())
}
