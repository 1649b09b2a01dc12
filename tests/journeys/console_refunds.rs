//! Staff give money back: in parts until nothing is left, two at once, with the answer lost, refused, and offline. What
//! the page says is held against the ledger's file and the bank's own count of calls.

use anyhow::Context;

use crate::support::{Clerk, RefundRow, Settings, World, eventually, fault, journey};

/// The only refund of an order, by the file.
fn only_refund(world: &World, order: &str) -> anyhow::Result<RefundRow> {
    let rows = world.ledger.refund_rows(order)?;
    anyhow::ensure!(rows.len() == 1, "one refund expected: {rows:?}");
    rows.into_iter().next().context("a refund")
}

/// An order's state and how much of it went back, by the file.
fn stands(world: &World, order: &str) -> anyhow::Result<(String, i64)> {
    world.ledger.standing(order)
}

#[tokio::test]
async fn part_by_quantity_part_of_a_line_and_of_shipping_part_by_sum_then_the_rest_then_no_more() {
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
        assert_eq!(stands(world, "2001")?, ("PARTIALLY_REFUNDED".to_owned(), 45_900));

        parts_of_a_line_and_of_shipping(world, &clerk).await?;

        // A free sum; what is no sum, and more than there is, goes nowhere.
        clerk.presses(&["[data-action=refund]", "dialog[open] [value=sum]"]).await?;
        for (typed, told) in [
            ("558.91", "Too much: ₴558.90 is left"),
            ("-5", "An amount is a number such as"),
            ("1e2", "An amount is a number such as"),
            ("1,005", "An amount is a number such as"),
            ("99999999999999999999", "An amount is a number such as"),
            ("0", "Choose what to refund"),
        ] {
            clerk.page().fill("dialog[open] [name=amount]", typed).await?;
            clerk.presses(&["[data-action=next]"]).await?;
            clerk.sees_in("dialog[open]", told).await?;
            assert!(!clerk.has("[data-action=refund-online]").await?, "{typed} went on");
        }
        clerk.page().fill("dialog[open] [name=amount]", "100,50").await?;
        clerk.presses(&["[data-action=next]", "[data-action=refund-online]"]).await?;
        clerk.sees_the_refund("SUCCESS").await?;
        clerk.closes_the_dialog().await?;
        assert_eq!(stands(world, "2001")?, ("PARTIALLY_REFUNDED".to_owned(), 63_150));
        the_rest_by_a_sum(world, &clerk).await?;

        let rows = world.ledger.refund_rows("2001")?;
        let sums: Vec<_> = rows.iter().map(|row| (row.state.as_str(), row.minor, row.shipping)).collect();
        assert_eq!(
            sums,
            [
                ("SUCCESS", 45_900, 0),
                ("SUCCESS", 7_200, 3_110),
                ("SUCCESS", 10_050, 0),
                ("SUCCESS", 45_840, 0)
            ]
        );
        let lines = world.ledger.refund_lines("2001")?;
        assert_eq!(lines, [("book".to_owned(), 1, 45_900), ("mug".to_owned(), 0, 4_090)]);
        assert!(rows.iter().all(|row| !row.offline));
        assert_eq!(world.bank.calls("refund").await?, 4);
        Ok(())
    })
    .await;
}

/// Each field knows what of it is left, also when the dialog is opened again.
async fn parts_of_a_line_and_of_shipping(world: &World, clerk: &Clerk) -> anyhow::Result<()> {
    clerk.presses(&["[data-action=refund]", "dialog[open] [value=lines]"]).await?;
    clerk.sees_in("dialog[open] [data-line=book]", "Left: 1 pcs · ₴459.00").await?;
    clerk.page().fill("dialog[open] [data-line=mug] [name=line-sum]", "90.91").await?;
    clerk.sees_in("dialog[open] [data-line=mug] .mistake", "Too much: ₴90.90 is left").await?;
    clerk.page().fill("dialog[open] [data-line=mug] [name=line-sum]", "40,90").await?;
    clerk.page().fill("dialog[open] [name=shipping]", "81,01").await?;
    clerk.sees_in("dialog[open] .refund-lines", "Too much: ₴81.00 is left").await?;
    clerk.page().fill("dialog[open] [name=shipping]", "31,10").await?;
    clerk.sees_in("dialog[open] [data-total]", "₴72.00").await?;
    clerk.presses(&["[data-action=next]", "[data-action=refund-online]"]).await?;
    clerk.sees_the_refund("SUCCESS").await?;
    clerk.closes_the_dialog().await?;
    clerk.sees_in("[data-section=goods] [data-line=mug]", "Partially refunded").await?;
    assert_eq!(stands(world, "2001")?, ("PARTIALLY_REFUNDED".to_owned(), 53_100));

    clerk.presses(&["[data-action=refund]", "dialog[open] [value=lines]"]).await?;
    for (part, left) in [
        ("[data-line=book]", "Left: 1 pcs · ₴459.00"),
        ("[data-line=mug]", "Left: 1 pcs · ₴50.00"),
        (".refund-lines", "Left: ₴49.90"),
    ] {
        clerk.sees_in(&format!("dialog[open] {part}"), left).await?;
    }
    clerk.presses(&["dialog[open] .dialog-foot .button:not([data-action])"]).await?;
    clerk.page().wait_until("!deep('dialog[open]')").await
}

/// Opened again, the dialog knows what remains. A sum names no line, and yet every line is given back.
async fn the_rest_by_a_sum(world: &World, clerk: &Clerk) -> anyhow::Result<()> {
    clerk.presses(&["[data-action=refund]"]).await?;
    clerk.sees_in("dialog[open] [data-total]", "458.40").await?;
    clerk.presses(&["dialog[open] [value=sum]"]).await?;
    clerk.page().fill("dialog[open] [name=amount]", "458.40").await?;
    clerk.presses(&["[data-action=next]"]).await?;
    clerk.sees_in("dialog[open] h2", "Refund ₴458.40?").await?;
    clerk.presses(&["[data-action=refund-online]"]).await?;
    clerk.sees_the_refund("SUCCESS").await?;
    clerk.closes_the_dialog().await?;

    clerk.sees_in("[data-why-not]", "Everything has gone back").await?;
    clerk.sees_in(".title", "Refunded").await?;
    for line in ["book", "mug"] {
        clerk.sees_in(&format!("[data-section=goods] [data-line={line}]"), "Refunded").await?;
    }
    assert!(!clerk.has("[data-action=refund]").await?);
    assert_eq!(stands(world, "2001")?, ("REFUNDED".to_owned(), 108_990));
    Ok(())
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
        let (winner, loser) = if winners[0] { ("staff:taras", &other) } else { ("staff:iryna", &one) };
        loser.sees("₴389.90 remains").await?;

        eventually("the one refund is done", async || Ok((stands(world, "2002")?.1 == 70_000).then_some(())))
            .await?;
        let row = only_refund(world, "2002")?;
        assert_eq!((row.state.as_str(), row.minor, row.by.as_str()), ("SUCCESS", 70_000, winner));
        assert_eq!(world.bank.calls("refund").await?, 1);
        Ok(())
    })
    .await;
}

#[tokio::test]
async fn a_refund_without_an_answer_refused_or_recorded_only_is_told_as_it_is() {
    journey(Settings::default(), async |world| {
        for order in ["2003", "2004", "2005"] {
            world.sells_books(order).await?;
        }
        let clerk = world.clerk("taras", "refunder").await?;
        its_answer_is_lost(world, &clerk).await?;
        the_bank_refuses_it(world, &clerk).await?;
        it_is_recorded_only(world, &clerk).await
    })
    .await;
}

/// It is looked for, and never sent twice.
async fn its_answer_is_lost(world: &World, clerk: &Clerk) -> anyhow::Result<()> {
    clerk.opens("orders/2003").await?;
    clerk.will_refund("10").await?;
    world.bank.breaks(fault("refund", "answer-lost")).await?;
    clerk.presses(&["[data-action=refund-online]"]).await?;
    clerk.sees_the_refund("SUCCESS").await?;
    clerk.sees("₴10.00 has been refunded").await?;
    assert_eq!(stands(world, "2003")?, ("PARTIALLY_REFUNDED".to_owned(), 1_000));
    assert_eq!(only_refund(world, "2003")?.state, "SUCCESS");
    assert_eq!(world.bank.calls("refund").await?, 1);
    Ok(())
}

/// With its reason; nothing went back, and all of it may go back still.
async fn the_bank_refuses_it(world: &World, clerk: &Clerk) -> anyhow::Result<()> {
    clerk.opens("orders/2004").await?;
    // The bank's test terminals refuse this sum.
    clerk.will_refund("0.17").await?;
    clerk.presses(&["[data-action=refund-online]"]).await?;
    clerk.sees_the_refund("FAILED").await?;
    clerk.sees("The bank refused: The issuing bank is unavailable (9/11). No money went back.").await?;
    clerk.closes_the_dialog().await?;
    let row = only_refund(world, "2004")?;
    assert_eq!((row.state.as_str(), row.code.as_deref()), ("FAILED", Some("9/11")));
    assert_eq!(stands(world, "2004")?, ("CAPTURED".to_owned(), 0));
    clerk.presses(&["[data-action=refund]"]).await?;
    clerk.sees_in("dialog[open] [data-total]", "1,089.90").await
}

/// No request goes to the bank, and the page says so.
async fn it_is_recorded_only(world: &World, clerk: &Clerk) -> anyhow::Result<()> {
    let calls = world.bank.calls("refund").await?;
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

    let row = only_refund(world, "2005")?;
    assert_eq!((row.offline, row.by.as_str(), row.minor), (true, "staff:taras", 108_990));
    assert_eq!(row.reason.as_deref(), Some("given back in cash"));
    assert_eq!(stands(world, "2005")?, ("REFUNDED".to_owned(), 108_990));
    assert_eq!(world.bank.calls("refund").await?, calls, "the bank was not asked to refund");
    Ok(())
}
