//! The console by keyboard alone: signing in, going from page to page, asking the bank, giving money back. On every page
//! everything that can be pressed is reached by Tab, with a focus that is seen.

use browser::fantoccini::actions::{InputSource, KeyAction, KeyActions};
use browser::fantoccini::key::Key;
use serde_json::json;

use crate::support::{Clerk, PASSWORD, Profile, Settings, World, fault, journey};

#[tokio::test]
async fn everything_is_done_by_the_keyboard_alone() {
    journey(Settings::hints_only(), async |world| {
        world.sells_books("9001").await?;
        world.bank.breaks(fault("notification", "lost")).await?;
        let token = world.puts_books("9002").await?;
        let attempt = world.begins_to_pay("9002", &token).await?;
        world.bank.completes(&attempt.merchant_request_id).await?;
        world.makes_an_account("halyna", "admin").await?;
        let clerk = world.stands_before_the_console(&Profile::default()).await?;
        signs_in(&clerk).await?;
        asks_the_bank(world, &clerk).await?;
        gives_back(world, &clerk).await?;
        for page in [
            "orders",
            "orders?anomaly=any",
            "orders/9001",
            "overview",
            "settlement",
            "staff",
            "audit",
            "account",
        ] {
            clerk.opens(page).await?;
            clerk.page().wait_until("!deep('[aria-busy=true]')").await?;
            tab_reaches_everything(&clerk, page).await?;
        }
        Ok(())
    })
    .await;
}

async fn signs_in(clerk: &Clerk) -> anyhow::Result<()> {
    tabs_to(clerk, "[name=login]").await?;
    types(clerk, "halyna").await?;
    clerk.page().key(Key::Tab).await?;
    types(clerk, PASSWORD).await?;
    clerk.page().key(Key::Enter).await?;
    clerk.page().find("nav [aria-current=page]").await?;
    // The first Tab of a page offers to skip the navigation.
    clerk.opens("orders").await?;
    clerk.page().find("tr[data-order='9002']").await?;
    clerk.runs("document.activeElement.blur();").await?;
    tabs_to(clerk, ".skip").await?;
    clerk.page().key(Key::Enter).await?;
    clerk.page().wait_until("document.activeElement?.matches('main h1')").await
}

/// Enter opens the dialog, it keeps the focus inside, Escape ends it and gives the focus back.
async fn asks_the_bank(world: &World, clerk: &Clerk) -> anyhow::Result<()> {
    let button = "tr[data-order='9002'] [data-action=payment-status]";
    tabs_to(clerk, button).await?;
    clerk.page().key(Key::Enter).await?;
    clerk.sees_in("dialog[open]", "“Awaiting payment” → “Paid”").await?;
    assert_eq!(world.ledger.standing("9002")?.0, "CAPTURED");
    tabs_to(clerk, "dialog[open] [data-action=check]").await?;
    clerk.page().key(Key::Enter).await?;
    clerk.sees_in("dialog[open]", "Nothing has changed").await?;
    tab_reaches_everything(clerk, "dialog[open]").await?;
    clerk.page().key(Key::Escape).await?;
    clerk.page().wait_until("!deep('dialog[open]')").await?;
    clerk.page().wait_until(&format!("document.activeElement?.matches({})", json!(button))).await
}

/// One of two books, by arrows, digits and Enter.
async fn gives_back(world: &World, clerk: &Clerk) -> anyhow::Result<()> {
    let page = clerk.page();
    tabs_to(clerk, "tr[data-order='9001'] .number").await?;
    page.key(Key::Enter).await?;
    clerk.sees_in("main h1", "Order 9001").await?;
    page.wait_until("document.activeElement?.matches('main h1')").await?;
    tabs_to(clerk, "[data-action=refund]").await?;
    page.key(Key::Enter).await?;
    tabs_to(clerk, "dialog[open] [name=way]:checked").await?;
    page.key(Key::Down).await?;
    page.wait_until("deep('dialog[open] [value=lines]').checked").await?;
    tabs_to(clerk, "dialog[open] [data-line=book] [name=quantity]").await?;
    types(clerk, "1").await?;
    clerk.sees_in("dialog[open] [data-total]", "459.00").await?;
    tab_reaches_everything(clerk, "dialog[open]").await?;
    tabs_to(clerk, "dialog[open] [data-action=next]").await?;
    page.key(Key::Enter).await?;
    clerk.sees_in("dialog[open] h2", "Refund ₴459.00?").await?;
    // Nothing is confirmed by an Enter too many: the focus is on the question, not on its answer.
    page.key(Key::Enter).await?;
    assert_eq!(world.ledger.refund_rows("9001")?, []);
    tabs_to(clerk, "dialog[open] [data-action=refund-online]").await?;
    page.key(Key::Enter).await?;
    clerk.sees_the_refund("SUCCESS").await?;
    tabs_to(clerk, "dialog[open] .dialog-foot .button").await?;
    page.key(Key::Enter).await?;
    page.wait_until("!deep('dialog[open]')").await?;
    assert_eq!(world.ledger.standing("9001")?, ("PARTIALLY_REFUNDED".to_owned(), 45_900));
    assert_eq!(world.ledger.refund_rows("9001")?.len(), 1);
    Ok(())
}

/// Presses Tab until the focus is there, and looks whether it is seen.
async fn tabs_to(clerk: &Clerk, selector: &str) -> anyhow::Result<()> {
    let there = format!("document.activeElement?.matches({})", json!(selector));
    for _ in 0..80 {
        if clerk.page().holds(&there).await? {
            return clerk.page().wait_until(SEEN).await;
        }
        clerk.page().key(Key::Tab).await?;
    }
    anyhow::bail!("80 presses of Tab do not lead to {selector}: {}", clerk.page().describe().await)
}

async fn types(clerk: &Clerk, text: &str) -> anyhow::Result<()> {
    let keys = text.chars().fold(KeyActions::new("typed".to_owned()), |keys, value| {
        keys.then(KeyAction::Down { value }).then(KeyAction::Up { value })
    });
    Ok(clerk.page().client().perform_actions(keys).await?)
}

/// Whether the focused element shows it, itself or by what stands for it.
const SEEN: &str = "[document.activeElement, document.activeElement?.nextElementSibling].some((one) => one && \
    getComputedStyle(one).outlineStyle !== 'none' && parseFloat(getComputedStyle(one).outlineWidth) >= 2)";

/// As many presses of Tab as there are places to stop: each must have had a focus that is seen.
async fn tab_reaches_everything(clerk: &Clerk, what: &str) -> anyhow::Result<()> {
    let watch = format!(
        "const root = deep('dialog[open]') ?? document; \
         const all = [...root.querySelectorAll('a[href], button, input, select, summary, pre[tabindex]')] \
           .filter((one) => one.checkVisibility() && !one.disabled && one.tabIndex >= 0 \
             && (one.type !== 'radio' || one.checked)); \
         window.reached = new Set(); window.unseen = []; \
         if (!window.watches) document.addEventListener('focusin', () => {{ \
           const one = document.activeElement; window.reached.add(one); \
           if (!({SEEN})) window.unseen.push(one.outerHTML.slice(0, 160)); }}); \
         window.watches = true; window.wanted = all; return all.length;"
    );
    let count = clerk.runs(&watch).await?.as_u64().unwrap_or_default();
    anyhow::ensure!(count > 0, "{what}: nothing to stop at");
    // A radio is one stop of its group, and the page's own parts between the last and the first are some more.
    let presses = usize::try_from(count)? + 12;
    let tabs = (0..presses).fold(KeyActions::new("tabs".to_owned()), |keys, _| {
        let value = char::from(Key::Tab);
        keys.then(KeyAction::Down { value }).then(KeyAction::Up { value })
    });
    clerk.page().client().perform_actions(tabs).await?;
    let missed = "const gone = (one) => !one.isConnected || !one.checkVisibility(); \
        return [window.wanted.filter((one) => !gone(one) && !window.reached.has(one)).map((one) => one.outerHTML.slice(0, 160)), \
                [...new Set(window.unseen)]];";
    assert_eq!(clerk.runs(missed).await?, json!([[], []]), "{what}");
    Ok(())
}
