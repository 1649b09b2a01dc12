//! Staff look at a payment before its callback came, after it, and when it was lost: the bank is asked, the order is
//! repaired, and the page says what it knows and from whom. The ledger's file says the same.

use crate::support::{Settings, fault, journey};

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
        let order = world.ledger.is_captured_once("1002").await?;
        let bank_order = order.attempts[0].bank_order.clone().unwrap_or_default();
        clerk.sees_in("[data-section=payment]", &bank_order).await?;
        clerk.sees_in("[data-section=payment]", &attempt.merchant_request_id).await?;
        clerk.sees_in("[data-section=operations]", "1,089.90").await?;
        clerk.presses(&["[data-what=captured] .raw summary"]).await?;
        clerk.sees_in("[data-what=captured] pre", "SUCCESS").await?;

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
