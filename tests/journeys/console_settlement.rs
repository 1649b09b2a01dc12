//! Staff import the bank's register: what matched is settled, and the same file again changes nothing.

use anyhow::{Context, ensure};
use serde_json::json;

use crate::support::{Clerk, Settings, World, journey};

#[tokio::test]
async fn a_register_imported_twice_settles_each_payment_once() {
    journey(Settings::default(), async |world| {
        world.sells_books("4001").await?;
        world.sells_books("4002").await?;
        let register = world.at.bank.clone() + "/sandbox/register?unknownRow=1";
        let register = reqwest::get(register).await?.error_for_status()?.text().await?;

        let clerk = world.clerk("oksana", "operator").await?;
        clerk.opens("settlement").await?;
        imports(&clerk, world, &register).await?;
        clerk
            .sees_in("[data-import]", "3 rows, 2 matched, 0 already known, 1 unmatched, 0 mismatched")
            .await?;
        // Its name is text, whatever it says.
        clerk.sees_in("[data-section=registers] .table", REGISTER).await?;
        clerk.sees_in("[data-section=days] .answer", "Most on").await?;
        for order in ["4001", "4002"] {
            assert_eq!(world.ledger.standing(order)?, ("PAID".to_owned(), 0));
        }
        let once = world.ledger.settlement_rows()?;
        assert_eq!(once.len(), 3, "{once:?}");
        // Thirty days, each once, today last.
        let days =
            "return deepAll('[data-section=days] tbody th').map((day) => day.innerText || day.textContent);";
        let days = clerk.runs(days).await?;
        let days = days.as_array().context("days")?;
        let distinct: std::collections::HashSet<_> = days.iter().map(ToString::to_string).collect();
        assert_eq!((days.len(), distinct.len()), (30, 30), "{days:?}");
        let report =
            "return (await (await fetch(deep('a[download^=transactions]').href)).text()).includes('4001');";
        assert_eq!(clerk.runs(report).await?, json!(true));

        imports(&clerk, world, &register).await?;
        clerk.sees_in("[data-import]", "imported before: nothing has changed").await?;
        assert_eq!(world.ledger.settlement_rows()?, once);

        // What belongs to nothing is what opens first.
        clerk.presses(&["[data-section=registers] a"]).await?;
        clerk.sees_in("table", "No such operation").await?;
        clerk.presses(&["[name=kind][value=matched]"]).await?;
        clerk.sees_in("table", "4001").await?;
        assert!(!clerk.has("main img").await?);
        clerk.opens("orders/4001").await?;
        clerk.sees_in(".title", "Paid, settled").await
    })
    .await;
}

#[tokio::test]
async fn a_day_with_a_decline_an_open_order_and_a_row_of_another_sum_is_told_as_it_is() {
    let settings = Settings::hints_only();
    journey(settings, async |world| {
        world.sells_books("4101").await?;
        let token = world.puts_books("4102").await?;
        let declined = world.begins_to_pay("4102", &token).await?;
        world.bank.ends(&declined.merchant_request_id, json!({"status": "FAIL"})).await?;
        world.ledger.waits_for("4102", "REJECTED").await?;
        world.leaves_undecided("its buyer has only opened the bank's page");
        let token = world.puts_books("4103").await?;
        world.begins_to_pay("4103", &token).await?;

        let clerk = world.clerk("oksana", "operator").await?;
        clerk.opens("overview").await?;
        for (tile, words) in [
            ("success", "50%"),
            ("success", "1 of 2 attempts"),
            ("waiting", "1"),
            ("waiting", "Oldest: "),
            ("waiting", "4103"),
            ("captured", "1 payments"),
        ] {
            clerk.sees_in(&format!("[data-tile={tile}]"), words).await?;
        }
        clerk.sees_in(".figures .meter", "Insufficient funds 1/16").await?;
        clerk.sees_in(".figures", "When do buyers pay in UAH?").await?;

        // A kopeck more than the bank took: the order stays as it is, and the row says what differs.
        let register = world.at.bank.clone() + "/sandbox/register?wrongSum=1";
        let register = reqwest::get(register).await?.error_for_status()?.text().await?;
        clerk.opens("settlement").await?;
        clerk.runs(NOTES_PROGRESS).await?;
        imports(&clerk, world, &register).await?;
        clerk
            .sees_in("[data-import]", "1 rows, 0 matched, 0 already known, 0 unmatched, 1 mismatched")
            .await?;
        let told = clerk.runs("return window.progress;").await?;
        let told = told.as_array().context("what was told")?;
        for words in ["Uploading ", "Comparing with the orders"] {
            ensure!(told.iter().any(|one| one.as_str().is_some_and(|one| one.contains(words))), "{told:?}");
        }
        ensure!(!clerk.has("progress").await?, "it is over");
        assert_eq!(world.ledger.standing("4101")?, ("CAPTURED".to_owned(), 0));

        clerk.presses(&["[data-section=registers] a"]).await?;
        clerk.page().wait_until("deep('[name=kind][value=mismatched]').checked").await?;
        for words in ["4101", "Another sum", "1,089.91"] {
            clerk.sees_in("table", words).await?;
        }
        clerk.opens("orders/4101").await?;
        clerk.sees_in("[data-section=timeline]", "A register row differs").await
    })
    .await;
}

/// What is said while a file is on its way is gone in a moment: it is written down as it comes.
const NOTES_PROGRESS: &str = "window.progress = []; new MutationObserver(() => { \
    const said = deep('[data-section=import] progress')?.parentElement.innerText; \
    if (said && window.progress.at(-1) !== said) window.progress.push(said); \
  }).observe(document.body, {subtree: true, childList: true, characterData: true, attributes: true});";

/// A name that a careless page would draw.
const REGISTER: &str = "=1+1 <img src=x>.csv";

/// Chooses the file as a person does.
async fn imports(clerk: &Clerk, world: &World, register: &str) -> anyhow::Result<()> {
    let file = world.keeps_a_file(REGISTER, register)?;
    let path = file.to_str().context("the folder's name")?;
    ensure!(!register.is_empty(), "the bank's register is empty");
    let field = clerk.page().find("[name=register]").await?;
    field.send_keys(path).await.context("choosing the file")
}
