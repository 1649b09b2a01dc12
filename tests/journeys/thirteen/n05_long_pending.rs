//! 5: the bank does not decide. For two minutes the widget asks seldom, from a hidden tab not at all, and past the limit
//! it says truthfully that nothing is known yet. In real time: three minutes.

use std::time::{Duration, Instant};

use crate::support::{
    AWAITING, Buyer, Card, Engine, Line, MerchantPage, ORDER, Settings, Widget, World, eventually, fault,
    journey_on,
};

#[tokio::test]
#[ignore = "three minutes: cargo xtask soak accessibility"]
async fn a_payment_that_stays_pending_is_told_of_truthfully_on_chromium() {
    a_payment_that_stays_pending_is_told_of_truthfully(Engine::Chromium).await;
}

#[tokio::test]
#[ignore = "three minutes: cargo xtask soak accessibility"]
async fn a_payment_that_stays_pending_is_told_of_truthfully_on_firefox() {
    a_payment_that_stays_pending_is_told_of_truthfully(Engine::Firefox).await;
}

const TWO_MINUTES: Duration = Duration::from_mins(2);
/// Two at once, then one that the backend holds for twenty seconds after the other.
const REQUESTS_IN_TWO_MINUTES: std::ops::RangeInclusive<usize> = 5..=9;

async fn a_payment_that_stays_pending_is_told_of_truthfully(engine: Engine) {
    journey_on(engine, Settings::hints_only(), async |world| {
        world.leaves_undecided("the bank does not decide");
        world.bank.breaks_for(fault("create-order", "pending"), 3_600_000).await?;
        let line = Line::to(&world.at.backend).await?;
        let site = MerchantPage::selling_over(&line.url, world, Widget::Served, "").await?;
        let buyer = world.buyer().await?;
        buyer.page().goto(&site.url).await?;
        buyer.pays_and_comes_back(Card::Succeeds).await?;
        let back = Instant::now();
        buyer.sees(AWAITING).await?;

        passes(TWO_MINUTES.saturating_sub(back.elapsed())).await;
        let asked = questions(&line, back);
        eprintln!("{}: {asked} requests in two minutes of waiting", engine.name());
        assert!(REQUESTS_IN_TWO_MINUTES.contains(&asked), "{asked} requests in two minutes");
        assert!(buyer.sees_now(AWAITING).await?);

        // Another tab in front of it.
        let client = buyer.page().client();
        let here = client.window().await?;
        let other = client.new_window(true).await?.handle;
        client.switch_to_window(other).await?;
        let hidden = Instant::now();
        let before = line.passed().len();
        passes(Duration::from_secs(25)).await;
        assert_eq!(questions(&line, hidden), 0, "{:?}", &line.passed()[before..]);
        client.close_window().await?;
        client.switch_to_window(here).await?;
        eventually("it asks as soon as it is shown", async || {
            Ok((line.passed().len() > before).then_some(()))
        })
        .await?;

        buyer
            .page()
            .wait_until_for("deepText().includes('still waiting for your bank')", TWO_MINUTES)
            .await?;
        is_told_the_truth(world, &buyer).await
    })
    .await;
}

async fn is_told_the_truth(world: &World, buyer: &Buyer) -> anyhow::Result<()> {
    for words in ["will not be charged twice", "do not pay again", ORDER] {
        assert!(buyer.sees_now(words).await?, "{words}: {}", buyer.page().describe().await);
    }
    assert!(buyer.page().holds("!/failed|declined|error|paid\\b/i.test(deepText())").await?);
    assert_eq!(world.ledger.only_attempt(ORDER)?.state, "REDIRECTED");
    Ok(())
}

/// Questions about the session since then.
fn questions(line: &Line, since: Instant) -> usize {
    let asks = |path: &str| path.starts_with("/v1/");
    line.passed().iter().filter(|one| one.at > since && asks(&one.path)).count()
}

/// The only story that is about time itself.
async fn passes(time: Duration) {
    tokio::time::sleep(time).await;
}
