//! The widget traps: in a click, in a timer, in an answer of the backend. The page's own HTML is back within a second, on
//! every widget of the page, and pays. The build that traps is `xtask/src/trap.rs`.

use anyhow::ensure;
use serde_json::{Value, json};

use crate::support::{
    Buyer, Card, MerchantPage, Settings, TAG, Widget, World, dist, eventually, journey, pay_view,
};

/// What every widget told, and how long after the last click, timer or answer both had their page's HTML back.
const WATCH: &str = "<script>
  window.told = [];
  addEventListener('alliancepay:error', (event) => told.push([event.target.id, event.detail.code]));
  let since;
  const happens = () => { if (window.back === undefined) since = performance.now(); };
  addEventListener('click', happens, true);
  const { fetch: ask, setTimeout: set } = window;
  window.setTimeout = (ring, ...rest) => set((...given) => { happens(); ring(...given); }, ...rest);
  window.fetch = async (...given) => { const answer = await ask(...given); happens(); return answer; };
  window.formsSeen = () => [...document.querySelectorAll('alliancepay-checkout form button')]
    .filter((button) => button.checkVisibility()).length;
  let alive = false;
  const look = () => {
    alive ||= !!document.querySelector('#two')?.shadowRoot && formsSeen() === 0;
    if (alive && formsSeen() === 2) window.back = performance.now() - since;
    else requestAnimationFrame(look);
  };
  look();
</script>";
const WITHIN_MILLIS: f64 = 1_000.0;

#[tokio::test]
async fn a_trap_in_a_click_gives_every_widget_its_html_back_within_a_second() {
    journey(Settings::default(), async |world| {
        let (_site, buyer) = two_widgets(world, "click").await?;
        buyer.presses_pay().await?;
        everyone_is_told_within_a_second(&buyer).await?;

        // Whoever comes later is shown the page's HTML at once.
        buyer
            .runs("const late = document.querySelector('#one').cloneNode(true); late.id = 'late'; document.body.append(late);")
            .await?;
        buyer.page().wait_until("told.some(([id, code]) => id === 'late' && code === 'widget_unavailable')").await?;
        assert!(buyer.page().holds("formsSeen() === 3").await?);
        pays_by_the_form(world, &buyer).await
    })
    .await;
}

#[tokio::test]
async fn a_trap_in_an_answer_leaves_the_live_session_to_the_form_within_a_second() {
    journey(Settings::default(), async |world| {
        let (_site, buyer) = two_widgets(world, "answer").await?;
        buyer.presses_pay().await?;
        everyone_is_told_within_a_second(&buyer).await?;
        let session = world.ledger.only_attempt("J-1")?.session;
        pays_by_the_form(world, &buyer).await?;
        assert_eq!(world.ledger.only_attempt("J-1")?.session, session);
        Ok(())
    })
    .await;
}

#[tokio::test]
async fn a_trap_in_a_timer_gives_every_widget_its_html_back_within_a_second() {
    journey(Settings::default(), async |world| {
        let site = two_orders(world, "timer").await?;
        let buyer = world.buyer().await?;
        // A question that fails is asked again after a second: by a timer.
        buyer.page().devtools("Network.enable", json!({})).await?;
        buyer.page().devtools("Network.setBlockedURLs", json!({"urls": ["*/v1/checkout"]})).await?;
        buyer.page().goto(&site.url).await?;
        everyone_is_told_within_a_second(&buyer).await?;
        pays_by_the_form(world, &buyer).await
    })
    .await;
}

#[test]
fn the_shipped_widget_has_no_switch_for_traps() {
    let wasm = std::fs::read_dir(dist().expect("dist"))
        .expect("its files")
        .filter_map(Result::ok)
        .find(|file| file.path().extension().is_some_and(|ending| ending == "wasm"))
        .expect("the wasm");
    let bytes = std::fs::read(wasm.path()).expect("its bytes");
    assert!(!bytes.windows(9).any(|word| word == b"data-trap"), "{}", wasm.path().display());
}

async fn two_orders(world: &World, moment: &str) -> anyhow::Result<MerchantPage> {
    let one = world.ledger.put_order("J-1", 25_000, &world.at.merchant_page).await?;
    let two = world.ledger.put_order("J-2", 35_000, &world.at.merchant_page).await?;
    let first = pay_view(world, "J-1", &one, &format!("id=one data-trap={moment}"));
    let second = pay_view(world, "J-2", &two, "id=two");
    let head = format!("{WATCH}{TAG}");
    MerchantPage::with_pages(world, Widget::Trapping, None, [("/", &*head, &*format!("{first}{second}"))])
        .await
}

async fn two_widgets(world: &World, moment: &str) -> anyhow::Result<(MerchantPage, Buyer)> {
    let site = two_orders(world, moment).await?;
    let buyer = world.buyer().await?;
    buyer.page().goto(&site.url).await?;
    buyer.page().wait_until("deepAll('[data-phase=ready]').length === 2").await?;
    Ok((site, buyer))
}

async fn everyone_is_told_within_a_second(buyer: &Buyer) -> anyhow::Result<()> {
    buyer.page().wait_until("window.back !== undefined").await?;
    let back = buyer.runs("return window.back;").await?;
    ensure!(back.as_f64().is_some_and(|millis| millis < WITHIN_MILLIS), "back after {back} ms");
    let told = eventually("both widgets have told", async || {
        let told = buyer.runs("return told;").await?;
        Ok((told.as_array().map_or(0, Vec::len) >= 2).then_some(told))
    })
    .await?;
    let crashed = |id: &str| json!([id, "widget_crashed"]);
    let told: &[Value] = told.as_array().map_or(&[], Vec::as_slice);
    ensure!(told.contains(&crashed("one")) && told.contains(&crashed("two")), "{told:?}");
    Ok(())
}

async fn pays_by_the_form(world: &World, buyer: &Buyer) -> anyhow::Result<()> {
    buyer.page().press("#one form button").await?;
    buyer.pays_with(Card::Succeeds).await?;
    buyer.comes_back().await?;
    world.ledger.is_captured_once("J-1").await?;
    assert_eq!(world.bank.order_count().await?, 1);
    Ok(())
}
