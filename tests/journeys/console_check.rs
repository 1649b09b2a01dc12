//! Staff look at a payment before its callback came, after it, and when it was lost: the bank is asked, the order is
//! repaired, and the page says what it knows and from whom. The ledger's file says the same.

use anyhow::ensure;
use serde_json::json;

use crate::support::{Clerk, Settings, World, fault, journey};

#[tokio::test]
async fn details_say_where_the_news_is_from_and_a_check_repairs_an_order_whose_callback_was_lost() {
    journey(Settings::hints_only(), async |world| {
        let token = world.puts_books("1002").await?;
        let attempt = world.begins_to_pay("1002", &token).await?;
        let clerk = world.clerk("olena", "operator").await?;
        clerk.opens("orders/1002").await?;
        clerk.sees("No callback from AlliancePay: asked from the bank at").await?;
        clerk.sees_in(".title", "Awaiting payment").await?;
        assert_eq!(world.ledger.standing("1002")?, ("REDIRECTED".to_owned(), 0));
        assert_eq!(world.ledger.notified_at("1002")?, None);

        world.bank.completes(&attempt.merchant_request_id).await?;
        clerk.sees("Callback received at").await?;
        clerk.sees_in(".title", "Paid").await?;
        assert_eq!(world.ledger.standing("1002")?.0, "CAPTURED");
        assert!(world.ledger.notified_at("1002")?.is_some());

        // Every id, and the message that came, with what is personal masked.
        every_fact_is_told_once(world, &clerk).await?;
        clerk.sees_in("[data-section=operations]", "1,089.90").await?;
        clerk.presses(&["[data-what=captured] .raw summary"]).await?;
        clerk.sees_in("[data-what=captured] pre", "SUCCESS").await?;

        a_decline_is_told_in_words(world, &clerk).await?;

        // The next callback is lost.
        world.bank.breaks(fault("notification", "lost")).await?;
        let token = world.puts_books("1001").await?;
        let attempt = world.begins_to_pay("1001", &token).await?;
        world.bank.completes(&attempt.merchant_request_id).await?;
        clerk.opens("orders").await?;
        let row = "tr[data-order='1001']";
        clerk.sees_in(row, "Awaiting payment").await?;
        clerk.sees_in(row, "No callback from AlliancePay").await?;
        assert_eq!(world.ledger.standing("1001")?.0, "REDIRECTED");

        // The dialog asks the bank by itself, and says what came of it.
        clerk.presses(&["tr[data-order='1001'] [data-action=payment-status]"]).await?;
        clerk.sees_in("dialog[open]", "“Awaiting payment” → “Paid”").await?;
        world.ledger.is_captured_once("1001").await?;
        clerk.presses(&["dialog[open] [data-action=check]"]).await?;
        clerk.sees_in("dialog[open]", "Nothing has changed: the state is “Paid”").await?;
        // The row learns it without a reload; that no callback came stays true.
        clerk.sees_in(row, "Paid").await?;
        clerk.sees_in(row, "No callback from AlliancePay").await?;
        assert_eq!(world.ledger.standing("1001")?.0, "CAPTURED");
        assert_eq!(world.ledger.notified_at("1001")?, None);
        let checks = world.ledger.deeds_of("staff:olena")?;
        let of_it = checks
            .iter()
            .filter(|(action, order)| action == "order_checked" && order.as_deref() == Some("1001"));
        assert_eq!(of_it.count(), 2, "the dialog's own question and the one by hand: {checks:?}");
        Ok(())
    })
    .await;
}

/// Each row of the payment block, against what the shop's server is told.
async fn every_fact_is_told_once(world: &World, clerk: &Clerk) -> anyhow::Result<()> {
    let order = world.ledger.is_captured_once("1002").await?;
    let (attempt, operation) = (&order.attempts[0], &order.operations[0]);
    let or_empty = |text: &Option<String>| text.clone().unwrap_or_default();
    for (name, value) in [
        ("State", "Paid".to_owned()),
        ("Provider", "AlliancePay".to_owned()),
        ("Pay type", "Card PURCHASE".to_owned()),
        ("Card or account", "41111111••••1111".to_owned()),
        ("hppOrderId", or_empty(&attempt.bank_order)),
        ("ecomOrderId", or_empty(&attempt.bank_reference)),
        ("merchantRequestId", attempt.merchant_request_id.clone()),
        ("merchantId", attempt.merchant_id.clone()),
        ("RRN", or_empty(&operation.rrn)),
        ("Status page at the bank", or_empty(&attempt.status_page)),
        ("Bank receipt", or_empty(&attempt.receipt)),
    ] {
        tells(clerk, name, &value).await?;
    }
    Ok(())
}

/// The reason in words, and as the bank writes it.
async fn a_decline_is_told_in_words(world: &World, clerk: &Clerk) -> anyhow::Result<()> {
    let token = world.puts_books("1003").await?;
    let declined = world.begins_to_pay("1003", &token).await?;
    world.bank.ends(&declined.merchant_request_id, json!({"status": "FAIL"})).await?;
    world.ledger.waits_for("1003", "REJECTED").await?;
    clerk.opens("orders/1003").await?;
    tells(clerk, "State", "Declined").await?;
    tells(clerk, "Decline reason", "Insufficient funds 1/16").await
}

/// One row of that name in the payment block holds the value, as words or as the address of its link.
async fn tells(clerk: &Clerk, name: &str, value: &str) -> anyhow::Result<()> {
    ensure!(!value.is_empty(), "nothing to look for at {name}");
    let (name, value) = (json!(name), json!(value));
    let row = format!(
        "deepAll('[data-section=payment] .facts > div').filter((row) => row.querySelector('dt').textContent === {name} \
           && (row.querySelector('dd').textContent.includes({value}) || row.querySelector('dd a')?.href === {value})).length === 1"
    );
    clerk.page().wait_until(&row).await
}
