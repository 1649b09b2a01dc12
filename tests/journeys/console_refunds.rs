//! Staff give money back: in parts until nothing is left, two at once, with the answer lost, refused, and offline.

use checkout_api::{PaymentState, RefundState};

use crate::support::{Settings, World, eventually, fault, journey};

/// How much went back, by the ledger.
async fn refunded(world: &World, order: &str) -> anyhow::Result<i64> {
    Ok(world.ledger.order(order).await?.refunded.minor())
}

#[tokio::test]
async fn part_by_quantity_part_by_sum_then_the_rest_then_no_more() {
    journey(Settings::default(), async |world| {
        world.sells_books("2001").await?;
        let clerk = world.clerk("taras", "refunder").await?;
        clerk.opens("orders/2001").await?;

        clerk.presses(&["[data-action=refund]", "dialog[open] [value=lines]"]).await?;
        clerk.page().fill("[data-line=book] [name=quantity]", "3").await?;
        clerk.sees_in("[data-line=book] .mistake", "Too many: 2 left").await?;
        clerk.page().fill("[data-line=book] [name=quantity]", "1").await?;
        clerk.sees_in("[data-total]", "459.00").await?;
        clerk.presses(&["[data-action=next]", "[data-action=refund-online]"]).await?;
        clerk.sees_the_refund("SUCCESS").await?;
        clerk.closes_the_dialog().await?;
        clerk.sees_in("[data-section=goods] [data-line=book]", "Partially refunded").await?;
        clerk.sees_in("[data-section=operations] [data-kind=REFUND]", "459.00").await?;
        assert_eq!(refunded(world, "2001").await?, 45_900);

        clerk.will_refund("100,50").await?;
        clerk.presses(&["[data-action=refund-online]"]).await?;
        clerk.sees_the_refund("SUCCESS").await?;
        clerk.closes_the_dialog().await?;
        assert_eq!(refunded(world, "2001").await?, 55_950);

        // Opened again, the dialog knows what remains.
        clerk.presses(&["[data-action=refund]"]).await?;
        clerk.sees_in("dialog[open] [data-total]", "530.40").await?;
        clerk.presses(&["[data-action=next]"]).await?;
        clerk.sees_in("dialog[open] h2", "Refund ₴530.40?").await?;
        clerk.presses(&["[data-action=refund-online]"]).await?;
        clerk.sees_the_refund("SUCCESS").await?;
        clerk.closes_the_dialog().await?;

        clerk.sees_in("[data-why-not]", "Everything has gone back").await?;
        clerk.sees_in(".title", "Refunded").await?;
        assert!(!clerk.has("[data-action=refund]").await?);
        let order = world.ledger.order("2001").await?;
        assert_eq!((order.state, order.refunded.minor()), (PaymentState::Refunded, 108_990));
        assert_eq!(world.bank.calls("refund").await?, 3);
        Ok(())
    })
    .await;
}

#[tokio::test]
async fn of_two_staff_who_refund_the_same_order_at_once_one_is_told() {
    journey(Settings::default(), async |world| {
        world.sells_books("2002").await?;
        let (one, other) = (world.clerk("taras", "refunder").await?, world.clerk("iryna", "refunder").await?);
        for clerk in [&one, &other] {
            clerk.opens("orders/2002").await?;
            clerk.will_refund("700").await?;
        }
        let press = ["[data-action=refund-online]"];
        futures_util::future::try_join(one.presses(&press), other.presses(&press)).await?;

        let won = "!!deep('[data-refund-state]')";
        let told = "deepText().includes('Somebody else has refunded a part')";
        for clerk in [&one, &other] {
            clerk.page().wait_until(&format!("{won} || {told}")).await?;
        }
        let winners = [one.page().holds(won).await?, other.page().holds(won).await?];
        assert_eq!(winners.iter().filter(|won| **won).count(), 1, "{winners:?}");
        let loser = if winners[0] { &other } else { &one };
        loser.sees("₴389.90 remains").await?;

        let refund = "the one refund is done";
        eventually(refund, async || Ok((refunded(world, "2002").await? == 70_000).then_some(()))).await?;
        assert_eq!(world.ledger.order("2002").await?.refunds.len(), 1);
        assert_eq!(world.bank.calls("refund").await?, 1);
        Ok(())
    })
    .await;
}

#[tokio::test]
async fn a_refund_whose_answer_is_lost_is_looked_for_and_never_sent_twice() {
    journey(Settings::default(), async |world| {
        world.sells_books("2003").await?;
        let clerk = world.clerk("taras", "refunder").await?;
        clerk.opens("orders/2003").await?;
        clerk.will_refund("10").await?;
        world.bank.breaks(fault("refund", "answer-lost")).await?;
        clerk.presses(&["[data-action=refund-online]"]).await?;
        clerk.sees_the_refund("SUCCESS").await?;
        clerk.sees("₴10.00 has been refunded").await?;
        assert_eq!(refunded(world, "2003").await?, 1_000);
        assert_eq!(world.bank.calls("refund").await?, 1);
        Ok(())
    })
    .await;
}

#[tokio::test]
async fn a_refund_that_the_bank_refuses_is_told_with_the_banks_reason() {
    journey(Settings::default(), async |world| {
        world.sells_books("2004").await?;
        let clerk = world.clerk("taras", "refunder").await?;
        clerk.opens("orders/2004").await?;
        // The bank's test terminals refuse this sum.
        clerk.will_refund("0.17").await?;
        clerk.presses(&["[data-action=refund-online]"]).await?;
        clerk.sees_the_refund("FAILED").await?;
        clerk.sees("The bank refused: The issuing bank is unavailable (9/11). No money went back.").await?;
        clerk.closes_the_dialog().await?;
        let order = world.ledger.order("2004").await?;
        assert_eq!(order.refunds[0].state, RefundState::Failed);
        assert_eq!((order.state, order.refunded.minor()), (PaymentState::Captured, 0));
        clerk.presses(&["[data-action=refund]"]).await?;
        clerk.sees_in("dialog[open] [data-total]", "1,089.90").await
    })
    .await;
}

#[tokio::test]
async fn an_offline_refund_makes_no_bank_request_and_says_so() {
    journey(Settings::default(), async |world| {
        world.sells_books("2005").await?;
        let clerk = world.clerk("taras", "refunder").await?;
        clerk.opens("orders/2005").await?;
        clerk.presses(&["[data-action=refund]", "dialog[open] [value=offline]"]).await?;
        clerk.page().fill("dialog[open] [name=reason]", "given back in cash").await?;
        clerk.presses(&["[data-action=next]"]).await?;
        clerk.sees("No request goes to the bank").await?;
        clerk.presses(&["[data-action=refund-offline]"]).await?;
        clerk.sees_the_refund("SUCCESS").await?;
        clerk.sees("No request went to the bank").await?;
        clerk.closes_the_dialog().await?;
        clerk.sees_in("[data-section=refunds]", "Refund offline").await?;
        clerk.sees_in("[data-section=refunds]", "given back in cash").await?;

        let order = world.ledger.order("2005").await?;
        assert!(order.refunds[0].offline);
        assert_eq!(order.refunds[0].by, "staff:taras");
        assert_eq!((order.state, order.refunded.minor()), (PaymentState::Refunded, 108_990));
        assert_eq!(world.bank.calls("refund").await?, 0);
        Ok(())
    })
    .await;
}
