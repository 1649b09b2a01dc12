//! The bank fails in the middle: its answer is lost, its token dies, it answers 500. The buyer pays all the same,
//! once.

use crate::support::{Card, PAID, Settings, WIDGET_BUTTON, World, fault, journey};

#[tokio::test]
async fn a_lost_answer_is_asked_for_again_and_the_bank_repeats_it() {
    journey(impatient(), async |world| {
        world.bank.breaks(fault("create-order", "answer-lost")).await?;
        world.bank.breaks(fault("create-order", "duplicate-replayed")).await?;
        let order = a_buyer_pays(world).await?;
        world.ledger.only_attempt(&order)?;
        assert_eq!(world.bank.order_count().await?, 1);
        Ok(())
    })
    .await;
}

#[tokio::test]
async fn a_lost_answer_that_the_bank_will_not_repeat_leads_to_a_new_attempt() {
    journey(impatient(), async |world| {
        world.bank.breaks(fault("create-order", "answer-lost")).await?;
        world.bank.breaks(fault("create-order", "duplicate-refused")).await?;
        let buyer = world.buyer().await?;
        let order = buyer.places_an_order().await?;
        buyer.pays_and_comes_back(Card::Succeeds).await?;
        buyer.sees(PAID).await?;

        world.ledger.waits_for(&order, "CAPTURED").await?;
        let attempts = world.ledger.attempts(&order)?;
        assert_eq!(attempts.len(), 2, "{attempts:?}");
        let whole = world.ledger.order(&order).await?;
        assert_eq!(whole.attempts[0].anomalies, [checkout_api::Anomaly::Unreachable]);
        assert_eq!(world.bank.payment_count().await?, 1);
        world.leaves_undecided(
            "nobody has the page of the unreachable attempt; only its notification could decide it",
        );
        Ok(())
    })
    .await;
}

#[tokio::test]
async fn a_bank_token_killed_before_the_order_is_renewed_unseen() {
    journey(Settings::default(), async |world| {
        world.bank.breaks(fault("create-order", "token-killed")).await?;
        let order = a_buyer_pays(world).await?;
        world.ledger.only_attempt(&order)?;
        assert_eq!(world.bank.order_count().await?, 1);
        Ok(())
    })
    .await;
}

#[tokio::test]
async fn a_bank_token_killed_before_the_question_is_renewed_unseen() {
    journey(Settings::hints_only(), async |world| {
        world.bank.breaks(fault("operations", "token-killed")).await?;
        a_buyer_pays(world).await?;
        Ok(())
    })
    .await;
}

#[tokio::test]
async fn an_error_500_of_the_bank_is_not_the_end_of_the_payment() {
    journey(impatient(), async |world| {
        world.bank.breaks(fault("create-order", "http500")).await?;
        world.bank.breaks(fault("operations", "http500")).await?;
        a_buyer_pays(world).await?;
        assert_eq!(world.bank.payment_count().await?, 1);
        Ok(())
    })
    .await;
}

#[tokio::test]
async fn a_bank_slower_than_we_wait_is_asked_again_and_makes_one_order() {
    journey(impatient(), async |world| {
        world.bank.breaks_for(fault("create-order", "slow"), 5_000).await?;
        world.bank.breaks(fault("create-order", "duplicate-replayed")).await?;
        a_buyer_pays(world).await?;
        assert_eq!(world.bank.order_count().await?, 1);
        Ok(())
    })
    .await;
}

#[tokio::test]
async fn a_bank_that_is_down_for_a_while_is_told_to_the_buyer_who_pays_once_it_is_back() {
    journey(impatient(), async |world| {
        world.bank.breaks_often(fault("create-order", "http500"), 1_000).await?;
        let buyer = world.buyer().await?;
        let order = buyer.places_an_order().await?;
        buyer.presses_pay().await?;
        buyer.page().wait_until("/taking longer|busy|could not reach/i.test(deepText())").await?;
        assert!(!buyer.sees_now(PAID).await?);
        world.bank.works_again().await?;
        // It goes on by itself, or offers its button again.
        buyer.page().wait_until(&format!("deep('[name=pan]') || {WIDGET_BUTTON}")).await?;
        if !buyer.page().has("[name=pan]").await? {
            buyer.presses_pay().await?;
        }
        buyer.pays_with(Card::Succeeds).await?;
        buyer.comes_back().await?;
        buyer.sees(PAID).await?;
        world.ledger.waits_for(&order, "CAPTURED").await?;
        assert_eq!(world.bank.order_count().await?, 1);
        world.leaves_undecided(
            "an attempt whose answer was an error may be kept as one nobody has the page of",
        );
        Ok(())
    })
    .await;
}

fn impatient() -> Settings {
    Settings { bank_timeout: "2s", ..Settings::default() }
}

async fn a_buyer_pays(world: &World) -> anyhow::Result<String> {
    let buyer = world.buyer().await?;
    let order = buyer.places_an_order().await?;
    buyer.pays_and_comes_back(Card::Succeeds).await?;
    buyer.sees(PAID).await?;
    world.ledger.is_captured_once(&order).await?;
    Ok(order)
}
