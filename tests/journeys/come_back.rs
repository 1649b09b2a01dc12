//! Ways back from the bank other than its button: Back after paying, and another order in the same tab. Back before
//! paying and another browser are among `thirteen`.

use crate::support::{Card, PAID, Settings, eventually, journey};

#[tokio::test]
async fn back_after_paying_tells_of_the_payment_and_offers_no_second_one() {
    journey(Settings::default(), async |world| {
        let buyer = world.buyer().await?;
        let order = buyer.places_an_order().await?;
        buyer.presses_pay().await?;
        buyer.pays_with(Card::Succeeds).await?;
        buyer.is_told_by_the_bank().await?;
        eventually("the buyer is back at the shop", async || {
            if !buyer.page().url().await?.starts_with(&world.at.shop) {
                buyer.page().client().back().await?;
                return Ok(None);
            }
            Ok(Some(()))
        })
        .await?;
        buyer.sees(PAID).await?;
        assert!(!buyer.can_pay_now().await?, "{}", buyer.page().describe().await);
        world.ledger.is_captured_once(&order).await?;
        world.ledger.only_attempt(&order)?;
        Ok(())
    })
    .await;
}

#[tokio::test]
async fn a_second_order_in_the_same_tab_knows_nothing_of_the_first() {
    journey(Settings::default(), async |world| {
        world.leaves_undecided("the first order's card page stays open, and nobody comes back to it");
        let buyer = world.buyer().await?;
        let first = buyer.places_an_order().await?;
        buyer.presses_pay().await?;
        let first_page = buyer.is_at_the_bank().await?;

        let second = buyer.places_an_order().await?;
        buyer.hears("button", "Pay ₴1,089.90").await?;
        buyer.presses_pay().await?;
        assert_ne!(buyer.is_at_the_bank().await?, first_page);
        buyer.pays_with(Card::Succeeds).await?;
        buyer.comes_back().await?;
        buyer.sees(PAID).await?;
        buyer.sees(&second).await?;
        world.ledger.is_captured_once(&second).await?;
        assert_eq!(world.ledger.only_attempt(&first)?.state, "REDIRECTED");
        Ok(())
    })
    .await;
}
