//! Forgeries: whoever can type an address or send a request must not be able to make an order look paid.

use serde_json::json;

use crate::support::{AWAITING, Card, PAID, Settings, eventually, journey};

#[tokio::test]
async fn a_forged_return_url_shows_no_payment() {
    journey(Settings::default(), async |world| {
        world.leaves_undecided("the buyer only ever opened the card page");
        let buyer = world.buyer().await?;
        let order = buyer.places_an_order().await?;
        let pay_page = buyer.page().url().await?;
        buyer.presses_pay().await?;
        buyer.is_at_the_bank().await?;
        let session = world.ledger.only_attempt(&order)?.session;
        let return_page = pay_page.replace("/pay?", "/return?");

        // Somebody makes an address that says more than is true.
        for forged in [
            format!("{return_page}&alliancepay_session={session}&status=SUCCESS&orderStatus=SUCCESS"),
            format!("{return_page}&alliancepay_session=00000000000000000000000000000000&outcome=paid"),
            format!("{return_page}&alliancepay_session=%3Cb%3Epaid%3C/b%3E"),
        ] {
            buyer.page().goto(&forged).await?;
            // All of them lead to what the backend knows: nothing yet.
            buyer.waits_for_an_answer().await?;
            buyer.sees(AWAITING).await?;
            assert!(!buyer.sees_now(PAID).await?, "{forged}: {}", buyer.page().describe().await);
        }
        assert_eq!(world.ledger.only_attempt(&order)?.state, "REDIRECTED");
        Ok(())
    })
    .await;
}

#[tokio::test]
async fn a_paid_session_of_another_order_pays_for_nothing_here() {
    journey(Settings::default(), async |world| {
        let buyer = world.buyer().await?;
        let paid = buyer.places_an_order().await?;
        buyer.pays_and_comes_back(Card::Succeeds).await?;
        buyer.sees(PAID).await?;
        let session = world.ledger.only_attempt(&paid)?.session;

        let unpaid = buyer.places_an_order().await?;
        let pay_page = buyer.page().url().await?;
        for forged in [
            format!("{pay_page}&alliancepay_session={session}"),
            format!("{}&alliancepay_session={session}", pay_page.replace("/pay?", "/return?")),
        ] {
            buyer.page().goto(&forged).await?;
            // The widget asks about the session, ignores an answer that is of another order, and offers to pay.
            buyer.waits_for_an_answer().await?;
            buyer.hears("button", "Pay ₴1,089.90").await?;
            buyer.can_pay().await?;
            assert!(!buyer.sees_now(PAID).await?, "{forged}: {}", buyer.page().describe().await);
        }
        buyer.page().goto(&pay_page).await?;
        buyer.can_pay().await?;
        assert!(world.ledger.attempts(&unpaid)?.is_empty());
        Ok(())
    })
    .await;
}

#[tokio::test]
async fn a_forged_notification_changes_nothing() {
    journey(Settings::hints_only(), async |world| {
        world.leaves_undecided("the buyer only ever opened the card page");
        let buyer = world.buyer().await?;
        let order = buyer.places_an_order().await?;
        buyer.presses_pay().await?;
        buyer.is_at_the_bank().await?;
        let attempt = world.ledger.only_attempt(&order)?;
        let asked = world.bank.calls("operations").await?;
        let forged = json!({
            "hppOrderId": attempt.bank_order,
            "merchantRequestId": attempt.merchant_request_id,
            "orderStatus": "SUCCESS",
            "coinAmount": 108_990,
            "operation": {"type": "PURCHASE", "status": "SUCCESS", "coinAmount": 108_990, "operationId": "1"},
        });
        // A connection each: after an answer to a body not read to its end the backend may close it.
        let http = reqwest::Client::builder().pool_max_idle_per_host(0).build()?;
        let send = async |secret: &str, body: String| {
            let url = format!("{}/v1/notifications/{secret}", world.at.backend);
            let answer = http.post(url).header("content-type", "application/json").body(body).send().await?;
            anyhow::Ok(answer.status().as_u16())
        };
        assert_eq!(send("0123456789abcdef0123456789abcdef", forged.to_string()).await?, 404);
        // Even with the secret it is only a hint: the backend asks, and the bank knows of no payment.
        let secret = &attempt.notification_secret;
        assert_eq!(send(secret, forged.to_string()).await?, 200);
        eventually("the bank was asked", async || {
            Ok((world.bank.calls("operations").await? > asked).then_some(()))
        })
        .await?;
        assert_eq!(send(secret, "{\"operation\":".to_owned()).await?, 400);
        assert_eq!(send(secret, format!("{{\"a\":\"{}\"}}", "x".repeat(100_000))).await?, 413);

        assert_eq!(world.ledger.only_attempt(&order)?.state, "REDIRECTED");
        let status =
            http.get(format!("{}/pay/{}", world.at.backend, attempt.session)).send().await?.text().await?;
        assert!(!status.contains(PAID), "{status}");
        Ok(())
    })
    .await;
}
