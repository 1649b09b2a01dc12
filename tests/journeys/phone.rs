//! Paying on the phone while the desktop waits, and several ways to pay.

use crate::support::{Card, PAID, Profile, Settings, journey};

#[tokio::test]
async fn a_buyer_at_a_desktop_pays_on_the_phone_and_the_desktop_tells_the_result() {
    journey(Settings::default(), async |world| {
        let desktop = world.buyer().await?;
        let order = desktop.places_an_order().await?;
        desktop.can_pay().await?;
        assert_eq!(world.bank.order_count().await?, 0, "nothing is opened before it is pressed");
        desktop.asks_for_the_code().await?;
        desktop.sees("Scan the code with your phone").await?;
        desktop
            .page()
            .wait_until(
                "deep('img.code').src.startsWith(deep('alliancepay-checkout').getAttribute('backend'))",
            )
            .await?;

        // The code holds the payment page's address, and the phone's camera opens it.
        world.ledger.only_attempt(&order)?;
        let phone = world.buyer_with(&Profile::default().window(412, 900)).await?;
        phone.page().goto(&desktop.page_of_the_code().await?).await?;
        phone.pays_with(Card::Succeeds).await?;
        phone.is_told_by_the_bank().await?;

        desktop.sees(PAID).await?;
        assert!(desktop.page().url().await?.starts_with(&world.at.shop), "the desktop never left");
        world.ledger.is_captured_once(&order).await?;
        world.ledger.only_attempt(&order)?;
        Ok(())
    })
    .await;
}

#[tokio::test]
async fn who_changes_their_mind_pays_here_by_the_same_session() {
    journey(Settings::default(), async |world| {
        let buyer = world.buyer().await?;
        let order = buyer.places_an_order().await?;
        buyer.page().press("button.phone").await?;
        buyer.sees("Scan the code").await?;
        buyer.pays_and_comes_back(Card::Succeeds).await?;
        buyer.sees(PAID).await?;
        world.ledger.is_captured_once(&order).await?;
        assert_eq!(world.bank.order_count().await?, 1);
        Ok(())
    })
    .await;
}

#[tokio::test]
async fn a_phone_is_not_offered_itself() {
    journey(Settings::default(), async |world| {
        let phone = world.buyer_with(&Profile::default().window(520, 900)).await?;
        phone.places_an_order().await?;
        phone.can_pay().await?;
        assert!(phone.page().holds("!deep('button.phone').checkVisibility()").await?);
        Ok(())
    })
    .await;
}

#[tokio::test]
async fn a_payment_begun_keeps_its_way_and_the_buyer_is_told_so() {
    journey(Settings::default(), async |world| {
        let buyer = world.buyer().await?;
        let order = buyer.places_an_order().await?;
        buyer.can_pay().await?;
        buyer.chooses("From a bank account").await?;
        buyer.chooses("Card").await?;
        buyer.presses_pay().await?;
        buyer.is_at_the_bank().await?;
        buyer.page().client().back().await?;
        buyer.sees("You have already begun to pay").await?;
        assert!(buyer.page().holds("!deep('fieldset.ways').checkVisibility()").await?);

        // A page loaded anew sends the very same request: nothing is begun a second time.
        buyer.page().client().refresh().await?;
        buyer.sees("You have already begun to pay").await?;
        buyer.pays_and_comes_back(Card::Succeeds).await?;
        buyer.sees(PAID).await?;
        world.ledger.is_captured_once(&order).await?;
        assert_eq!(world.bank.order_count().await?, 1);
        Ok(())
    })
    .await;
}
