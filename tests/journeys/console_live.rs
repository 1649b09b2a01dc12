//! The list follows what happens, without a reload: orders come, are paid, are given back; the backend goes and comes
//! again. Nothing jumps and no focus is lost.

use serde_json::json;

use crate::support::{Settings, journey};

const STATUS: &str = "tr[data-order='5001'] [data-action=payment-status]";

#[tokio::test]
async fn the_list_and_the_overview_follow_what_happens_without_a_reload() {
    journey(Settings::default(), async |world| {
        let clerk = world.clerk("viktor", "viewer").await?;
        clerk.opens("orders").await?;
        clerk.sees("There are no orders yet").await?;
        clerk.sees_in(".live", "Live").await?;
        // Gone with a reload.
        clerk.runs("window.stays = true;").await?;

        let token = world.puts_books("5001").await?;
        clerk.presses(&["[data-action=show-new] button"]).await?;
        clerk.page().find("tr[data-order='5001']").await?;
        // Nobody has begun to pay it by AlliancePay: its cell is empty.
        assert!(!clerk.has(STATUS).await?);
        assert_eq!(world.ledger.orders_where("TRUE")?, ["5001"]);

        let attempt = world.begins_to_pay("5001", &token).await?;
        clerk.sees_in(STATUS, "Awaiting payment").await?;
        clerk.sees_in("tr[data-order='5001']", "No callback from AlliancePay").await?;
        clerk.runs("deep(\"tr[data-order='5001'] [data-action=payment-status]\").focus();").await?;
        world.bank.completes(&attempt.merchant_request_id).await?;
        clerk.sees_in(STATUS, "Paid").await?;
        clerk.page().wait_until("!deep(\"tr[data-order='5001'] .no-callback\")").await?;
        assert!(clerk.page().holds("document.activeElement.dataset.action === 'payment-status'").await?);
        assert_eq!(world.ledger.standing("5001")?.0, "CAPTURED");
        assert!(world.ledger.notified_at("5001")?.is_some());

        // A narrowed list is told only what it lets through.
        clerk.opens("orders?state=REFUNDED").await?;
        clerk.sees("Nothing matches").await?;
        world.sells_books("5002").await?;
        let refund = format!("{}/v1/orders/5001/refunds", world.at.backend);
        let refund = world.ledger.http().post(refund).bearer_auth(world.ledger.key());
        let refund = refund.header("Idempotency-Key", "by-the-shop").json(&json!({"offline": true}));
        refund.send().await?.error_for_status()?;
        clerk.sees_in("[data-action=show-new]", "Show new: 1").await?;
        clerk.presses(&["[data-action=show-new] button"]).await?;
        clerk.sees_in("tr[data-order='5001']", "Refunded").await?;
        assert!(!clerk.has("tr[data-order='5002']").await?);
        assert_eq!(world.ledger.orders_where("state = 'REFUNDED'")?, ["5001"]);

        // The backend goes: the page says so, keeps what it had, and takes up where it was.
        world.kills_the_backend().await?;
        clerk.sees_in(".live", "Connection lost").await?;
        clerk.page().find("tr[data-order='5001']").await?;
        world.starts_the_backend_again().await?;
        clerk.sees_in(".live", "Live").await?;
        clerk.opens("orders").await?;
        clerk.page().find("tr[data-order='5002']").await?;
        world.puts_books("5003").await?;
        clerk.sees_in("[data-action=show-new]", "Show new: 1").await?;

        clerk.opens("overview").await?;
        clerk.sees_in("[data-tile=captured]", "2 payments").await?;
        clerk.sees_in("[data-tile=captured]", "2,179.80").await?;
        clerk.sees_in("[data-tile=captured]", "₴1,089.90 refunded").await?;
        assert!(clerk.page().holds("window.stays").await?, "the page was loaded anew");
        Ok(())
    })
    .await;
}
