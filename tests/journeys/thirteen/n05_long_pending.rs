//! 5: the bank does not decide. The widget asks seldom, from a hidden tab not at all, and past three minutes it says
//! truthfully that nothing is known yet. Ten minutes by the page's clock, which is made to run faster; the line between
//! widget and backend holds questions as much shorter.

use std::time::Duration;

use crate::support::{
    AWAITING, Buyer, Card, Engine, Line, ORDER, Settings, TAG, World, at_a_page, eventually, fault,
    journey_on, on_each_engine,
};

on_each_engine!(a_payment_that_stays_pending_is_told_of_truthfully_and_asked_about_seldom);

/// How many times faster the page's clock runs: ten minutes are fifteen seconds.
const PACE: u32 = 40;
const PATIENCE: Duration = Duration::from_mins(1);
/// By the page's clock, from the moment it was loaded: minutes and the requests by then. First two at once, then one that
/// is held for twenty seconds after the other; after three minutes one or two a minute. `docs/widget-states.md` says so.
const IN_TWO_MINUTES: (u32, usize) = (2, 9);
const IN_TEN_MINUTES: (u32, usize) = (10, 25);
/// The page is hidden for half a minute of its clock at least.
const HIDDEN_MILLIS: u32 = 30_000;

async fn a_payment_that_stays_pending_is_told_of_truthfully_and_asked_about_seldom(engine: Engine) {
    journey_on(engine, Settings::hints_only(), async |world| {
        world.leaves_undecided("the bank does not decide");
        world.bank.breaks_for(fault("create-order", "pending"), 3_600_000).await?;
        let line = Line::hurried(&world.at.backend, PACE).await?;
        let over_the_line = |view: &str| view.replace(&world.at.backend, &line.url);
        let (_site, buyer) = at_a_page(world, &format!("{}{TAG}", clock()), over_the_line).await?;
        buyer.presses_pay().await?;
        buyer.is_at_the_bank().await?;
        let before = line.passed().len();
        buyer.pays_with(Card::Succeeds).await?;
        buyer.comes_back().await?;
        buyer.sees(AWAITING).await?;

        let asked = asks_at_most(&buyer, &line, before, IN_TWO_MINUTES).await?;
        assert!(asked >= 3, "it does ask: {asked}");
        assert!(buyer.sees_now(AWAITING).await?, "{}", buyer.page().describe().await);
        from_a_hidden_tab_it_asks_nothing(&buyer, &line).await?;

        buyer
            .page()
            .wait_until_for("deepText().includes('Still waiting for confirmation')", PATIENCE)
            .await?;
        is_told_the_truth(world, &buyer).await?;
        let asked = asks_at_most(&buyer, &line, before, IN_TEN_MINUTES).await?;
        eprintln!("{}: {asked} requests in ten minutes", engine.name());
        is_told_the_truth(world, &buyer).await
    })
    .await;
}

/// The clock of the page runs fast once the buyer is back. Real time is told by `performance.now()`, which stays as it is.
fn clock() -> String {
    format!(
        "<script>if (location.search.includes('alliancepay_session')) {{
           const now = Date.now.bind(Date), set = setTimeout, began = now();
           Date.now = () => began + (now() - began) * {PACE};
           window.setTimeout = (ring, delay = 0, ...given) => set(ring, delay / {PACE}, ...given);
           window.since = () => Date.now() - began;
         }}
         window.looks = [];
         document.addEventListener('visibilitychange', () => looks.push([document.hidden, performance.now()]));</script>"
    )
}

/// Waits for so many minutes of the page's life; returns how often it has asked by then.
async fn asks_at_most(
    buyer: &Buyer,
    line: &Line,
    before: usize,
    (minutes, times): (u32, usize),
) -> anyhow::Result<usize> {
    buyer.page().wait_until_for(&format!("since() >= {minutes} * 60_000"), PATIENCE).await?;
    let passed = line.passed();
    let asked = passed.len() - before;
    assert!(asked <= times, "{asked} requests in {minutes} minutes: {:?}", &passed[before..]);
    Ok(asked)
}

/// Another tab in front of it. By the page's own account: it knows to the millisecond when it was hidden.
async fn from_a_hidden_tab_it_asks_nothing(buyer: &Buyer, line: &Line) -> anyhow::Result<()> {
    let client = buyer.page().client();
    let here = client.window().await?;
    let other = client.new_window(true).await?.handle;
    client.switch_to_window(other).await?;
    passes(Duration::from_millis(HIDDEN_MILLIS.into()) * 2 / PACE).await;
    client.close_window().await?;
    let before = line.passed().len();
    client.switch_to_window(here).await?;
    buyer.page().wait_until("looks.length >= 2").await?;
    let asked = buyer
        .runs(&format!(
            "const from = looks.find(([hidden]) => hidden)[1];
             const until = looks.find(([hidden, at]) => !hidden && at > from)[1];
             if ((until - from) * {PACE} < {HIDDEN_MILLIS}) return `hidden for ${{until - from}} ms only`;
             return performance.getEntriesByType('resource')
               .filter((one) => one.name.includes('/v1/') && one.startTime > from && one.startTime < until)
               .map((one) => one.name).join();"
        ))
        .await?;
    assert_eq!(asked, "", "a hidden tab asks nothing");
    eventually("it asks as soon as it is shown", async || Ok((line.passed().len() > before).then_some(())))
        .await
}

async fn is_told_the_truth(world: &World, buyer: &Buyer) -> anyhow::Result<()> {
    for words in ["will not be charged twice", "do not pay again", ORDER] {
        assert!(buyer.sees_now(words).await?, "{words}: {}", buyer.page().describe().await);
    }
    assert!(buyer.page().holds("!/failed|declined|error|paid\\b/i.test(deepText())").await?);
    assert_eq!(world.ledger.only_attempt(ORDER)?.state, "REDIRECTED");
    Ok(())
}

/// The only story that is about time itself.
async fn passes(time: Duration) {
    tokio::time::sleep(time).await;
}
