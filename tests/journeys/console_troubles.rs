//! What goes wrong before the console while money goes back: presses too many, Back, a session that ends, a line that
//! breaks, a backend that is killed, two tabs. However it went, the file holds one refund or none, and the page says which.

use browser::fantoccini::key::Key;

use crate::support::{Clerk, PASSWORD, Settings, World, eventually, fault, journey};

const SEND: &str = "[data-action=refund-online]";
const SLOW_MS: u32 = 1_500;

#[tokio::test]
async fn whatever_happens_to_the_page_a_refund_is_made_once_or_not_at_all() {
    journey(Settings::default(), async |world| {
        for order in ["2101", "2102", "2103", "2104", "2105", "2106"] {
            world.sells_books(order).await?;
        }
        let clerk = world.clerk("taras", "refunder").await?;
        pressed_often_and_closed(world, &clerk).await?;
        left_by_back(world, &clerk).await?;
        the_session_ends(world, &clerk).await?;
        the_line_breaks(world, &clerk).await?;
        the_backend_is_killed(world, &clerk).await?;
        another_tab_signs_out_and_in(world, &clerk).await
    })
    .await;
}

async fn pressed_often_and_closed(world: &World, clerk: &Clerk) -> anyhow::Result<()> {
    clerk.opens("orders/2101").await?;
    clerk.will_refund("10").await?;
    world.bank.breaks_for(fault("refund", "slow"), SLOW_MS).await?;
    clerk
        .runs("const send = deep('[data-action=refund-online]'); for (let n = 0; n < 5; n++) send.click();")
        .await?;
    clerk.sees_in(SEND, "Sending").await?;
    clerk.page().key(Key::Escape).await?;
    clerk.page().wait_until("!deep('dialog[open]')").await?;
    // Opened again, it is still the same refund.
    clerk.presses(&["[data-action=refund]"]).await?;
    clerk.sees_the_refund("SUCCESS").await?;
    clerk.closes_the_dialog().await?;
    is_refunded_once(world, "2101", 1_000)?;
    assert_eq!(world.bank.calls("refund").await?, 1);
    // And the next one is another.
    clerk.presses(&["[data-action=refund]"]).await?;
    clerk.sees_in("dialog[open] [data-total]", "1,079.90").await
}

async fn left_by_back(world: &World, clerk: &Clerk) -> anyhow::Result<()> {
    let browser = clerk.page().client();
    clerk.opens("orders").await?;
    clerk.opens("orders/2102").await?;
    clerk.will_refund("10").await?;
    browser.back().await?;
    clerk.page().find("tr[data-order='2102']").await?;
    assert!(!clerk.has("dialog[open]").await?, "the dialog stayed");
    browser.forward().await?;
    clerk.sees_in("main h1", "Order 2102").await?;
    assert_eq!(world.ledger.refund_rows("2102")?, []);

    // While it is on its way: leaving stops nothing, and coming back shows it.
    clerk.will_refund("20").await?;
    world.bank.breaks_for(fault("refund", "slow"), SLOW_MS).await?;
    clerk.presses(&[SEND]).await?;
    browser.back().await?;
    clerk.page().find("tr[data-order='2102']").await?;
    browser.forward().await?;
    clerk.sees_in("[data-section=refunds]", "₴20.00").await?;
    clerk.sees_in("[data-section=refunds]", "Done").await?;
    is_refunded_once(world, "2102", 2_000)
}

async fn the_session_ends(world: &World, clerk: &Clerk) -> anyhow::Result<()> {
    clerk.opens("orders/2103").await?;
    clerk.will_refund("10").await?;
    world.ledger.ends_every_session()?;
    clerk.presses(&[SEND]).await?;
    clerk.sees("Your session has ended. Please sign in again.").await?;
    assert_eq!(world.ledger.refund_rows("2103")?, []);
    // Back where it was, and nothing was sent meanwhile.
    clerk.signs_in("taras", PASSWORD).await?;
    clerk.sees_in("main h1", "Order 2103").await?;
    clerk.will_refund("10").await?;
    clerk.presses(&[SEND]).await?;
    clerk.sees_the_refund("SUCCESS").await?;
    clerk.closes_the_dialog().await?;
    is_refunded_once(world, "2103", 1_000)
}

/// Nothing left the browser; it says that it does not know, and asks for the same once more.
async fn the_line_breaks(world: &World, clerk: &Clerk) -> anyhow::Result<()> {
    clerk.opens("orders/2104").await?;
    clerk.will_refund("10").await?;
    clerk.page().offline(true).await?;
    clerk.presses(&[SEND]).await?;
    clerk.sees_in("dialog[open]", "No answer came, and the refund may have been taken").await?;
    // There is nothing to change while it is not known: another sum would be another refund.
    assert!(!clerk.has("dialog[open] .dialog-foot .button:not([data-action])").await?);
    assert_eq!(world.ledger.refund_rows("2104")?, []);
    clerk.page().offline(false).await?;
    clerk.presses(&[SEND]).await?;
    clerk.sees_the_refund("SUCCESS").await?;
    clerk.closes_the_dialog().await?;
    is_refunded_once(world, "2104", 1_000)
}

/// The power goes while the bank is being asked: what became of it is not known, and is said so. Asked again it is the
/// same refund, which is looked for and not sent anew; meanwhile its sum is not to be had.
async fn the_backend_is_killed(world: &World, clerk: &Clerk) -> anyhow::Result<()> {
    clerk.opens("orders/2105").await?;
    clerk.will_refund("30").await?;
    let calls = world.bank.calls("refund").await?;
    world.bank.breaks_for(fault("refund", "slow"), 4 * SLOW_MS).await?;
    clerk.presses(&[SEND]).await?;
    eventually("the bank is asked", async || {
        Ok((world.bank.calls("refund").await? == calls + 1).then_some(()))
    })
    .await?;
    world.kills_the_backend().await?;
    clerk.sees_in("dialog[open]", "No answer came, and the refund may have been taken").await?;
    assert_eq!(world.ledger.refund_rows("2105")?.len(), 1, "stored before it was sent");
    world.starts_the_backend_again().await?;
    clerk.presses(&[SEND]).await?;
    clerk.sees_the_refund("UNKNOWN").await?;
    clerk.sees_in("dialog[open]", "Finding out; it is never sent twice").await?;
    clerk.closes_the_dialog().await?;
    clerk.sees_in("[data-section=refunds]", "Not known yet").await?;
    clerk.presses(&["[data-action=refund]"]).await?;
    clerk.sees_in("dialog[open] [data-total]", "1,059.90").await?;
    let rows = world.ledger.refund_rows("2105")?;
    let seen: Vec<_> = rows.iter().map(|row| (row.state.as_str(), row.minor)).collect();
    assert_eq!(seen, [("UNKNOWN", 3_000)]);
    assert_eq!(world.bank.calls("refund").await?, calls + 1);
    Ok(())
}

/// A tab that has been overtaken by another sign-in does nothing under a stale right.
async fn another_tab_signs_out_and_in(world: &World, clerk: &Clerk) -> anyhow::Result<()> {
    clerk.opens("orders/2106").await?;
    clerk.will_refund("10").await?;
    let browser = clerk.page().client();
    let first = browser.window().await?;
    let other = browser.new_window(true).await?;
    browser.switch_to_window(other.handle).await?;
    clerk.opens("orders").await?;
    clerk.presses(&["[data-action=sign-out]"]).await?;
    clerk.signs_in("taras", PASSWORD).await?;
    browser.close_window().await?;
    browser.switch_to_window(first).await?;
    clerk.presses(&[SEND]).await?;
    clerk.sees_in("dialog[open]", "The page is out of date. Reload it.").await?;
    assert_eq!(world.ledger.refund_rows("2106")?, []);
    browser.refresh().await?;
    clerk.sees_in("main h1", "Order 2106").await?;
    clerk.will_refund("10").await?;
    clerk.presses(&[SEND]).await?;
    clerk.sees_the_refund("SUCCESS").await?;
    is_refunded_once(world, "2106", 1_000)
}

/// By the file: one refund, done, of this sum, by this person.
fn is_refunded_once(world: &World, order: &str, minor: i64) -> anyhow::Result<()> {
    let rows = world.ledger.refund_rows(order)?;
    let seen: Vec<_> = rows.iter().map(|row| (row.state.as_str(), row.minor, row.by.as_str())).collect();
    anyhow::ensure!(seen == [("SUCCESS", minor, "staff:taras")], "{order}: {seen:?}");
    anyhow::ensure!(world.ledger.standing(order)?.1 == minor, "{order}");
    Ok(())
}
