//! Paid: by card, by card with 3-D Secure, in Ukrainian; and what is then true at the bank and in the ledger.

use crate::support::{Card, PAID, Settings, journey};

#[tokio::test]
async fn a_buyer_pays_by_card_and_is_told_so() {
    journey(Settings::default(), async |world| {
        let buyer = world.buyer().await?;
        let order = buyer.places_an_order().await?;
        buyer.hears("button", "1,089.90").await?;
        buyer.pays_and_comes_back(Card::Succeeds).await?;
        buyer.sees(PAID).await?;
        buyer.hears("heading", PAID).await?;

        let captured = world.ledger.is_captured_once(&order).await?;
        assert_eq!(captured.amount.minor(), 108_990);
        assert_eq!(world.bank.order_count().await?, 1);
        assert_eq!(world.bank.payment_count().await?, 1);
        // The session is read and then tidied away: a shared link or a bookmark carries nothing.
        assert!(!buyer.page().url().await?.contains("alliancepay_session"));
        Ok(())
    })
    .await;
}

#[tokio::test]
async fn a_buyer_proves_who_they_are_by_3d_secure() {
    journey(Settings::default(), async |world| {
        let buyer = world.buyer().await?;
        let order = buyer.places_an_order().await?;
        buyer.presses_pay().await?;
        buyer.pays_with(Card::ThreeDSecure).await?;
        buyer.confirms_with("1234").await?;
        buyer.comes_back().await?;
        buyer.sees(PAID).await?;
        world.ledger.is_captured_once(&order).await?;
        Ok(())
    })
    .await;
}

#[tokio::test]
async fn a_buyer_pays_from_a_bank_account() {
    journey(Settings::default(), async |world| {
        let buyer = world.buyer().await?;
        let order = buyer.places_an_order().await?;
        buyer.chooses("From a bank account").await?;
        buyer.presses_pay().await?;
        buyer.page().press("[data-bank=MONO_BANK]").await?;
        buyer.comes_back().await?;
        buyer.sees(PAID).await?;
        let captured = world.ledger.is_captured_once(&order).await?;
        assert_eq!(captured.attempts[0].product, checkout_api::Product::A2a);
        Ok(())
    })
    .await;
}

#[tokio::test]
async fn a_ukrainian_buyer_reads_ukrainian_at_the_shop_and_at_the_bank() {
    journey(Settings::default(), async |world| {
        let buyer = world.buyer().await?;
        let order = buyer.places_an_order_in("uk").await?;
        buyer.hears("button", "1\u{a0}089,90").await?;
        buyer.presses_pay().await?;
        buyer.is_at_the_bank().await?;
        assert!(buyer.page().holds("document.documentElement.lang === 'uk'").await?);
        buyer.pays_with(Card::Succeeds).await?;
        buyer.comes_back().await?;
        buyer.sees("Оплачено").await?;
        world.ledger.is_captured_once(&order).await?;
        Ok(())
    })
    .await;
}
