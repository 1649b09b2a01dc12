//! Staff look at a payment whose callback was lost, or has not come yet: the bank is asked, the order is repaired, and
//! the page says so.

use crate::support::{Settings, fault, journey};

#[tokio::test]
async fn a_check_repairs_an_order_whose_callback_was_lost() {
    journey(Settings::hints_only(), async |world| {
        world.bank.breaks(fault("notification", "lost")).await?;
        let token = world.puts_books("1001").await?;
        let attempt = world.begins_to_pay("1001", &token).await?;
        world.bank.completes(&attempt.merchant_request_id).await?;

        let clerk = world.clerk("olena", "operator").await?;
        let row = "tr[data-order='1001']";
        clerk.sees_in(row, "Awaiting payment").await?;
        clerk.sees_in(row, "No callback from AlliancePay").await?;
        assert_eq!(world.ledger.only_attempt("1001")?.state, "REDIRECTED");

        // The dialog asks the bank by itself, and says what came of it.
        clerk.presses(&["tr[data-order='1001'] [data-action=payment-status]"]).await?;
        clerk.sees_in("dialog[open]", "“Awaiting payment” → “Paid”").await?;
        world.ledger.is_captured_once("1001").await?;
        clerk.presses(&["dialog[open] [data-action=check]"]).await?;
        clerk.sees_in("dialog[open]", "Nothing has changed: the state is “Paid”").await?;
        // The row learns it without a reload; that no callback came stays true.
        clerk.sees_in(row, "Paid").await?;
        clerk.sees_in(row, "No callback from AlliancePay").await?;
        assert_eq!(world.ledger.order("1001").await?.attempts[0].notified_at, None);
        Ok(())
    })
    .await;
}

#[tokio::test]
async fn the_details_say_where_the_news_is_from_before_and_after_the_callback() {
    journey(Settings::hints_only(), async |world| {
        let token = world.puts_books("1002").await?;
        let attempt = world.begins_to_pay("1002", &token).await?;
        let clerk = world.clerk("olena", "operator").await?;
        clerk.opens("orders/1002").await?;
        clerk.sees("No callback from AlliancePay: asked from the bank at").await?;
        clerk.sees_in(".title", "Awaiting payment").await?;

        world.bank.completes(&attempt.merchant_request_id).await?;
        clerk.sees("Callback received at").await?;
        clerk.sees_in(".title", "Paid").await?;
        let order = world.ledger.is_captured_once("1002").await?;
        assert!(order.attempts[0].notified_at.is_some());

        // Every id, and the message that came, with what is personal masked.
        let bank_order = order.attempts[0].bank_order.clone().unwrap_or_default();
        clerk.sees_in("[data-section=payment]", &bank_order).await?;
        clerk.sees_in("[data-section=payment]", &attempt.merchant_request_id).await?;
        clerk.sees_in("[data-section=operations]", "1,089.90").await?;
        clerk.presses(&["[data-what=captured] .raw summary"]).await?;
        clerk.sees_in("[data-what=captured] pre", "SUCCESS").await?;
        Ok(())
    })
    .await;
}
