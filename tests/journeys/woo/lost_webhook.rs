//! No webhook arrives, and the customer does not come back: the shop asks by itself.

use anyhow::ensure;

use super::shop_journey;
use crate::support::{Card, eventually};

#[tokio::test]
async fn a_payment_nobody_told_of_is_found_by_the_schedule() {
    shop_journey(async |shop| {
        let Some(secret) = shop.at.webhook_secret.clone() else {
            eprintln!("left out: the shop's description has no webhookSecret to put back");
            return Ok(());
        };
        let staff = shop.staff().await?;
        staff.sets_up("webhook_secret", "another secret than the backend has").await?;
        let found = async {
            let customer = shop.customer().await?;
            customer.goes_to_the_bank().await?;
            let order = shop.newest_order().await?;
            customer.buyer().pays_with(Card::Succeeds).await?;
            customer.buyer().is_told_by_the_bank().await?;
            shop.payments(order, 1).await?;
            let mut looks = 0;
            // A real shop's first look is a minute later.
            while staff.status(order).await? != "processing" {
                looks += 1;
                ensure!(looks < 12, "the schedule did not find the payment");
                let _ = eventually("the schedule runs", async || {
                    shop.time_passes().await?;
                    ensure!(staff.status(order).await? == "processing", "not yet");
                    Ok(Some(()))
                })
                .await;
            }
            anyhow::Ok(())
        }
        .await;
        staff.sets_up("webhook_secret", &secret).await?;
        found
    })
    .await;
}
