//! What needs a person: paid twice, less than asked for, a page that nobody has, a bank that does not answer. The console
//! names each, offers what can be done, and never takes "not known" for paid or failed.

use serde_json::json;

use crate::support::{Clerk, Settings, World, eventually, fault, journey};

#[tokio::test]
async fn what_is_odd_or_in_doubt_is_named_found_and_mended() {
    let settings = Settings { bank_timeout: "1s", ..Settings::hints_only() };
    journey(settings, async |world| {
        paid_twice(world, "6001").await?;
        paid_too_little(world, "6002").await?;
        lost_its_page(world, "6003").await?;
        world.leaves_undecided("nobody has the page of the unreachable attempt");
        let token = world.puts_books("6004").await?;
        let open = world.begins_to_pay("6004", &token).await?;

        let clerk = world.clerk("taras", "refunder").await?;
        clerk.opens("overview").await?;
        for words in ["Paid twice 1", "Underpaid 1", "Page lost 1"] {
            clerk.sees_in("[data-tile=anomalies]", words).await?;
        }
        clerk.presses(&["[data-tile=anomalies] a"]).await?;
        clerk.page().wait_until("deepAll('tr[data-order]').length === 3").await?;
        clerk.sees_in("tr[data-order='6001']", "Paid twice").await?;
        clerk.sees_in("tr[data-order='6002']", "Underpaid").await?;
        clerk.sees_in("tr[data-order='6003']", "Page lost").await?;
        assert_eq!(world.ledger.anomalies("6004")?, Vec::<String>::new());

        the_bank_says_nothing(world, &clerk).await?;
        the_second_payment_goes_back(world, &clerk).await?;
        clerk.opens("orders/6002").await?;
        clerk.sees_in("[data-section=payment]", "Less came than the order asks for").await?;
        clerk.opens("orders/6003").await?;
        clerk.sees_in("[data-section=payment]", "whose page nobody has").await?;
        world.bank.completes(&open.merchant_request_id).await?;
        world.ledger.waits_for("6004", "CAPTURED").await.map(drop)
    })
    .await;
}

/// The card is refused, the next one pays, and then the first one's money comes after all.
async fn paid_twice(world: &World, order: &str) -> anyhow::Result<()> {
    let token = world.puts_books(order).await?;
    let first = world.begins_to_pay(order, &token).await?;
    world.bank.ends(&first.merchant_request_id, json!({"status": "FAIL"})).await?;
    world.ledger.waits_for(order, "REJECTED").await?;
    let second = world.opens_a_session(order, &token, 2).await?;
    world.bank.completes(&second.merchant_request_id).await?;
    world.ledger.waits_for(order, "CAPTURED").await?;
    world.bank.completes(&first.merchant_request_id).await?;
    is_odd(world, order, "repeated").await
}

async fn paid_too_little(world: &World, order: &str) -> anyhow::Result<()> {
    let token = world.puts_books(order).await?;
    let attempt = world.begins_to_pay(order, &token).await?;
    world.bank.ends(&attempt.merchant_request_id, json!({"coinAmount": 50_000})).await?;
    is_odd(world, order, "underpaid").await
}

/// The bank's answer is lost, and asked again it says only that it knows the request.
async fn lost_its_page(world: &World, order: &str) -> anyhow::Result<()> {
    world.bank.breaks(fault("create-order", "answer-lost")).await?;
    world.bank.breaks(fault("create-order", "duplicate-refused")).await?;
    let token = world.puts_books(order).await?;
    let second = world.opens_a_session(order, &token, 1).await?;
    world.bank.completes(&second.merchant_request_id).await?;
    world.ledger.waits_for(order, "CAPTURED").await?;
    is_odd(world, order, "unreachable").await
}

async fn is_odd(world: &World, order: &str, anomaly: &str) -> anyhow::Result<()> {
    let what = format!("{order} is {anomaly}");
    eventually(&what, async || Ok((world.ledger.anomalies(order)? == [anomaly]).then_some(()))).await
}

/// Not known yet is neither paid nor failed, on the page and in the file; and a refused question is said.
async fn the_bank_says_nothing(world: &World, clerk: &Clerk) -> anyhow::Result<()> {
    let before = world.ledger.money()?;
    world.bank.breaks_often(fault("operations", "http500"), 50).await?;
    clerk.opens("orders/6004").await?;
    clerk.sees_in("[data-section=payment]", "and the bank does not answer now").await?;
    clerk.sees_in(".title", "Awaiting payment").await?;
    clerk.presses(&["[data-action=update]"]).await?;
    clerk.sees_in(".result", "The bank does not answer now. Try again in a minute").await?;
    assert_eq!(world.ledger.money()?, before);
    assert_eq!(world.ledger.standing("6004")?.0, "REDIRECTED");
    world.bank.works_again().await?;
    clerk.presses(&["[data-action=update]"]).await?;
    clerk.sees_in(".result", "Nothing has changed: the state is “Awaiting payment”").await?;
    assert_eq!(world.ledger.standing("6004")?.0, "REDIRECTED");
    Ok(())
}

/// The dialog asks which payment; with it the order is in order again, and stands by the one that stayed.
async fn the_second_payment_goes_back(world: &World, clerk: &Clerk) -> anyhow::Result<()> {
    clerk.opens("orders/6001").await?;
    clerk.sees_in("[data-section=payment]", "The buyer paid twice. Refund one of the payments.").await?;
    clerk.presses(&[".attempts summary"]).await?;
    clerk.presses(&["[data-action=refund]"]).await?;
    let other = world.ledger.attempts("6001")?.pop().map(|attempt| attempt.session).unwrap_or_default();
    clerk.chooses("dialog[open] [name=payment]", &other).await?;
    clerk.sees_in("dialog[open] [data-total]", "1,089.90").await?;
    assert!(!clerk.has("dialog[open] [value=lines]").await?, "the items belong to the payment that stays");
    clerk.presses(&["[data-action=next]", "[data-action=refund-online]"]).await?;
    clerk.sees_the_refund("SUCCESS").await?;
    clerk.closes_the_dialog().await?;
    clerk.page().wait_until("!deep('.title').innerText.includes('Paid twice')").await?;
    clerk.sees_in(".title", "Paid").await?;
    assert_eq!(world.ledger.anomalies("6001")?, Vec::<String>::new());
    let states: Vec<_> = world.ledger.attempts("6001")?.into_iter().map(|attempt| attempt.state).collect();
    assert_eq!(states, ["CAPTURED", "REFUNDED"]);
    assert_eq!(world.ledger.refund_rows("6001")?.len(), 1);
    assert_eq!(world.ledger.standing("6001")?.0, "CAPTURED");
    Ok(())
}
