//! Alipay+ beside the bank: on this device, by phone while the tab is closed, declined, late, lost, settled, forged. What
//! the buyer and the staff see is held against the ledger and the aggregator's own truth.

use anyhow::{Context, ensure};
use checkout_api::{Anomaly, PaymentState, Product, RefundState, ShopOrder};
use hmac::{Hmac, Mac as _};
use serde_json::{Value, json};
use sha2::Sha256;

use crate::support::{Buyer, Card, DECLINED, PAID, Profile, Settings, World, eventually, fault, journey};

const TWO_DAYS: u64 = 2 * 24 * 60;

#[tokio::test]
async fn a_buyer_pays_with_a_wallet_on_this_device() {
    journey(Settings::with_alipay_plus(), async |world| {
        let buyer = world.buyer().await?;
        let order = buyer.places_an_order_in_euro().await?;
        buyer.hears("button", "26.20").await?;
        let page = buyer.goes_to_the_wallets().await?;
        assert!(page.starts_with(&world.at.bank), "{page}");
        assert!(buyer.sees_now("26.20").await?, "the wallets' page names the sum");
        buyer.page().press("[data-wallet=GCASH]").await?;
        buyer.comes_back().await?;
        buyer.sees(PAID).await?;
        let address = buyer.page().url().await?;
        assert!(
            ["alliancepay_session", "REF=", "RETURNMAC"].iter().all(|word| !address.contains(word)),
            "{address}"
        );

        let captured = world.ledger.is_captured_once(&order).await?;
        assert_eq!((captured.amount.minor(), captured.amount.currency()), (2_620, money::Currency::Eur));
        assert_eq!(captured.attempts[0].product, Product::AlipayPlus);
        assert_eq!(captured.operations[0].instrument.as_deref(), Some("GCASH"));
        let payment = world.aggregator.only_payment().await?;
        assert_eq!(payment["status"], "CAPTURED");
        assert_eq!(captured.attempts[0].bank_order.as_deref(), payment["payment"]["id"].as_str());
        assert_eq!(world.bank.order_count().await?, 0);
        Ok(())
    })
    .await;
}

#[tokio::test]
async fn the_phone_pays_while_the_tab_is_closed_and_the_address_alone_tells_it_elsewhere() {
    journey(Settings::with_alipay_plus(), async |world| {
        let desk = world.buyer().await?;
        let order = desk.places_an_order_in_euro().await?;
        let page = desk.goes_to_the_wallets().await?;
        desk.page().find("figure.scan img").await?;
        desk.page().client().close_window().await?;

        // What the code leads to, in the phone's browser.
        let phone = world.buyer_with(&Profile::default().window(390, 844)).await?;
        let address = page.split('?').next().context("an address")?;
        phone.page().goto(&format!("{address}?on=phone")).await?;
        phone.page().press("[data-wallet=DANA]").await?;
        phone.sees("Go back to the screen you scanned").await?;
        let captured = world.ledger.is_captured_once(&order).await?;
        assert_eq!(captured.operations[0].instrument.as_deref(), Some("DANA"));

        let payment = world.aggregator.only_payment().await?;
        let elsewhere = world.buyer().await?;
        elsewhere.page().goto(payment["returnUrl"].as_str().context("a return URL")?).await?;
        elsewhere.sees(PAID).await?;
        elsewhere.sees(&order).await?;
        world.ledger.only_attempt(&order)?;
        Ok(())
    })
    .await;
}

#[tokio::test]
async fn a_buyer_who_reads_ukrainian_scans_the_wallets_page_and_the_desktop_tells_the_result() {
    journey(Settings::with_alipay_plus(), async |world| {
        let desktop = world.buyer().await?;
        let order = desktop.places_an_order_at("lang=uk&currency=EUR").await?;
        desktop.chooses("Alipay+").await?;
        desktop.asks_for_the_code().await?;
        desktop.sees("Відскануйте код телефоном").await?;
        world.ledger.only_attempt(&order)?;

        // The code holds the wallets' page, and the phone's camera opens it.
        let phone = world.buyer_with(&Profile::default().window(412, 900)).await?;
        phone.page().goto(&desktop.page_of_the_code().await?).await?;
        phone.page().press("[data-wallet=GCASH]").await?;

        desktop.sees("Оплачено").await?;
        assert!(desktop.page().url().await?.starts_with(&world.at.shop), "the desktop never left");
        let captured = world.ledger.is_captured_once(&order).await?;
        assert_eq!(captured.attempts[0].product, Product::AlipayPlus);
        Ok(())
    })
    .await;
}

/// The wallet says no, the card says yes; returns both sessions' attempts, the wallet's first.
async fn declined_then_paid_by_card(world: &World, buyer: &Buyer) -> anyhow::Result<ShopOrder> {
    let order = buyer.places_an_order_in_euro().await?;
    buyer.goes_to_the_wallets().await?;
    buyer.page().press("[data-action=decline]").await?;
    buyer.comes_back().await?;
    buyer.sees(DECLINED).await?;
    ensure!(!buyer.sees_now(PAID).await?, "declined and paid at once");
    world.ledger.waits_for(&order, "REJECTED").await?;

    buyer.page().goto(&pay_page(&buyer.page().url().await?)).await?;
    buyer.presses_pay().await?;
    buyer.pays_with(Card::Succeeds).await?;
    buyer.comes_back().await?;
    buyer.sees(PAID).await?;
    world.ledger.is_captured_once(&order).await
}

/// The shop's page to pay the same order, from its page to come back to.
fn pay_page(return_page: &str) -> String {
    return_page.replace("/return?", "/pay?")
}

#[tokio::test]
async fn a_buyer_whose_wallet_says_no_pays_by_card() {
    journey(Settings::with_alipay_plus(), async |world| {
        let buyer = world.buyer().await?;
        let order = declined_then_paid_by_card(world, &buyer).await?;
        let ways: Vec<_> =
            order.attempts.iter().map(|one| (one.product.clone(), one.state.clone())).collect();
        let expected =
            [(Product::AlipayPlus, PaymentState::Rejected), (Product::Card, PaymentState::Captured)];
        assert_eq!(ways, expected);
        assert_eq!(world.aggregator.only_payment().await?["status"], "REJECTED");
        assert_eq!(world.bank.payment_count().await?, 1);
        Ok(())
    })
    .await;
}

#[tokio::test]
async fn money_that_comes_by_the_wallet_after_the_card_paid_names_the_refund_of_now_and_the_one_that_waits() {
    journey(Settings::with_alipay_plus(), async |world| {
        let buyer = world.buyer().await?;
        let order = declined_then_paid_by_card(world, &buyer).await?;
        let name = order.order.as_str();
        let payment = world.aggregator.only_payment().await?;
        world.aggregator.becomes(payment["payment"]["id"].as_str().context("an id")?, "CAPTURED").await?;

        let twice = eventually("the second payment is known", async || {
            let now = world.ledger.order(name).await?;
            Ok((now.anomalies == [Anomaly::Repeated]).then_some(now))
        })
        .await?;
        let (wallet, card) = (&twice.attempts[0], &twice.attempts[1]);
        assert_eq!((&wallet.state, &card.state), (&PaymentState::Captured, &PaymentState::Captured));
        assert_eq!(wallet.refund_hindrance.as_deref(), Some("waits_for_settlement"));
        assert_eq!(card.refund_hindrance, None);
        assert!(card.refundable.is_some_and(|sum| sum.minor() == 2_620));
        // The buyer is told the truth and offered no third payment; staff read which refund is possible when.
        buyer.page().client().refresh().await?;
        buyer.sees(PAID).await?;
        assert!(!buyer.can_pay_now().await?);
        let clerk = world.clerk("taras", "refunder").await?;
        clerk.opens(&format!("orders/{name}")).await?;
        clerk.presses(&["[data-action=refund]"]).await?;
        clerk.sees("only after settlement").await?;

        let early = world.refuses_a_refund(name, wallet.session.as_str()).await?;
        assert_eq!(early["code"], "waits_for_settlement");
        world.refunds(name, card.session.as_str()).await?;
        let done = eventually("one payment is left", async || {
            let now = world.ledger.order(name).await?;
            Ok(now.anomalies.is_empty().then_some(now))
        })
        .await?;
        assert_eq!((done.attempts[1].state.clone(), done.refunds.len()), (PaymentState::Refunded, 1));
        assert_eq!(done.state, PaymentState::Captured, "the order stands by the wallet's money");
        Ok(())
    })
    .await;
}

#[tokio::test]
async fn a_lost_webhook_is_made_good_by_asking() {
    journey(Settings::with_alipay_plus(), async |world| {
        world.bank.breaks(fault("notification", "lost")).await?;
        let buyer = world.buyer().await?;
        let order = buyer.places_an_order_in_euro().await?;
        buyer.goes_to_the_wallets().await?;
        buyer.page().press("[data-wallet=TNG]").await?;
        buyer.comes_back().await?;
        buyer.sees(PAID).await?;
        world.ledger.is_captured_once(&order).await?;
        let payment = world.aggregator.only_payment().await?;
        assert_eq!(payment["webhooks"][0]["state"], "lost");
        assert!(payment["webhooks"].as_array().is_some_and(|all| all.len() == 1), "{payment}");
        Ok(())
    })
    .await;
}

#[tokio::test]
async fn money_is_refunded_once_the_settlement_file_has_made_it_paid() {
    journey(Settings::with_alipay_plus(), async |world| {
        let buyer = world.buyer().await?;
        let order = buyer.places_an_order_in_euro().await?;
        buyer.goes_to_the_wallets().await?;
        buyer.page().press("[data-wallet=GCASH]").await?;
        buyer.comes_back().await?;
        buyer.sees(PAID).await?;
        world.ledger.is_captured_once(&order).await?;

        let clerk = world.clerk("taras", "refunder").await?;
        clerk.opens("orders").await?;
        clerk.sees_in(&format!("tr[data-order='{order}']"), "€26.20").await?;
        clerk.opens(&format!("orders/{order}")).await?;
        clerk.sees("only after settlement").await?;
        // Whose payment it is, from which wallet, and when its money comes.
        for words in ["Alipay+", "GCASH", "not yet: usually within days", "Callback received at"] {
            clerk.sees_in("[data-section=payment]", words).await?;
        }
        assert!(!clerk.has("[data-action=refund]").await?);
        assert_eq!(world.ledger.refund_rows(&order)?, []);

        // The aggregator collects, nobody is told, and the shop imports the day's file.
        world.bank.breaks(fault("notification", "lost")).await?;
        world.aggregator.clock_moves(TWO_DAYS).await?;
        eventually("the aggregator has collected it", async || {
            Ok((world.aggregator.only_payment().await?["status"] == "PAID").then_some(()))
        })
        .await?;
        let told = world.imports(world.aggregator.settlement_file().await?).await?;
        assert_eq!((&told["matched"], &told["unmatched"]), (&json!(1), &json!(0)));
        assert_eq!(world.ledger.order(&order).await?.state, PaymentState::Paid);

        eventually("the aggregator has said that it gives money back now", async || {
            Ok(world.ledger.order(&order).await?.refundable.at_bank.then_some(()))
        })
        .await?;
        clerk.opens("settlement").await?;
        clerk.opens(&format!("orders/{order}")).await?;
        clerk.sees_in(".title", "Paid, settled").await?;
        clerk.page().wait_until("!deep('[data-section=payment]').innerText.includes('not yet')").await?;
        clerk.sees_in("[data-section=payment]", "Settled (PAID)").await?;
        assert_eq!(world.ledger.standing(&order)?, ("PAID".to_owned(), 0));
        clerk.will_refund("10").await?;
        clerk.presses(&["[data-action=refund-online]"]).await?;
        eventually("the refund is with the aggregator", async || {
            let payment = world.aggregator.only_payment().await?;
            Ok(payment["refunds"].as_array().is_some_and(|all| all.len() == 1).then_some(()))
        })
        .await?;
        world.aggregator.clock_moves(1).await?;
        clerk.sees_the_refund("SUCCESS").await?;
        let after = world.ledger.order(&order).await?;
        assert_eq!((after.state, after.refunded.minor()), (PaymentState::PartiallyRefunded, 1_000));
        assert_eq!(after.refunds[0].state, RefundState::Success);
        let refund = &world.aggregator.only_payment().await?["refunds"][0];
        assert_eq!(
            (&refund["status"], &refund["refundOutput"]["amountOfMoney"]["amount"]),
            (&json!("REFUNDED"), &json!(1_000))
        );
        Ok(())
    })
    .await;
}

#[tokio::test]
async fn a_forged_webhook_changes_nothing() {
    journey(Settings { while_open: "10m", ..Settings::with_alipay_plus() }, async |world| {
        world.leaves_undecided("the buyer only ever opened the page of wallets");
        let buyer = world.buyer().await?;
        let order = buyer.places_an_order_in_euro().await?;
        buyer.goes_to_the_wallets().await?;
        let attempt = world.ledger.only_attempt(&order)?;
        let before = world.ledger.money()?;
        let lie = json!({
            "apiVersion": "v1", "id": "e-1", "merchantId": "20000", "type": "payment.captured",
            "payment": {
                "id": attempt.bank_order,
                "status": "CAPTURED",
                "statusOutput": {"statusCode": 800},
                "paymentOutput": {"amountOfMoney": {"amount": 2620, "currencyCode": "EUR"}, "amountCaptured": 2620},
            },
        })
        .to_string();
        let account = world.aggregator.account().await?;
        let word = |name: &str| account[name].as_str().unwrap_or_default().to_owned();
        let (key, secret) = (word("webhookKeyId"), word("webhookSecret"));
        let send = async |body: &str, key: &str, signature: &str| {
            let url = format!("{}/v1/notifications/alipayplus", world.at.backend);
            let post = world.ledger.http().post(url).header("X-GCS-KeyId", key);
            let answer = post.header("X-GCS-Signature", signature).body(body.to_owned()).send().await?;
            anyhow::Ok(answer.status().as_u16())
        };
        let signed = sign(&secret, &lie)?;
        assert_eq!(send(&lie, &key, &sign("a stranger's", &lie)?).await?, 400);
        assert_eq!(send(&lie, "another-key", &signed).await?, 400);
        // The same meaning in other bytes is not what was signed.
        let rewritten = serde_json::to_string_pretty(&serde_json::from_str::<Value>(&lie)?)?;
        assert_eq!(send(&rewritten, &key, &signed).await?, 400);
        assert_eq!(world.ledger.order(&order).await?.attempts[0].notified_at, None);

        // Signed by the platform's own key it is still only a reason to ask, and the answer is: nobody has paid.
        assert_eq!(send(&lie, &key, &signed).await?, 200);
        eventually("the aggregator was asked", async || {
            Ok(world.ledger.order(&order).await?.attempts[0].asked_at.is_some().then_some(()))
        })
        .await?;
        assert_eq!(world.ledger.money()?, before);
        let status = format!("{}/v1/payment-sessions/{}", world.at.backend, attempt.session);
        let told: Value = reqwest::get(status).await?.json().await?;
        assert_eq!((&told["state"], &told["outcome"]), (&json!("REDIRECTED"), &json!("awaiting")));
        buyer.page().goto(&format!("{}/pay/{}?lang=en", world.at.backend, attempt.session)).await?;
        buyer.sees(&order).await?;
        assert!(!buyer.sees_now(PAID).await?, "{}", buyer.page().describe().await);
        Ok(())
    })
    .await;
}

fn sign(secret: &str, body: &str) -> anyhow::Result<String> {
    use base64::Engine as _;
    let mut mac = Hmac::<Sha256>::new_from_slice(secret.as_bytes())?;
    mac.update(body.as_bytes());
    Ok(base64::engine::general_purpose::STANDARD.encode(mac.finalize().into_bytes()))
}

impl World {
    /// The shop gives a whole payment back.
    async fn refunds(&self, order: &str, session: &str) -> anyhow::Result<Value> {
        let answer = self.asks_to_refund(order, session).await?;
        let (status, body) = (answer.status(), answer.json::<Value>().await?);
        ensure!(status.is_success(), "the refund is answered with {status}: {body}");
        Ok(body)
    }

    /// The shop asks, and is told why not.
    async fn refuses_a_refund(&self, order: &str, session: &str) -> anyhow::Result<Value> {
        let answer = self.asks_to_refund(order, session).await?;
        ensure!(answer.status() == 409, "the refund is answered with {}", answer.status());
        Ok(answer.json().await?)
    }

    async fn asks_to_refund(&self, order: &str, session: &str) -> anyhow::Result<reqwest::Response> {
        let address = format!("{}/v1/orders/{order}/refunds", self.at.backend);
        let request = self.ledger.http().post(address).bearer_auth(self.ledger.key());
        let request = request.header("Idempotency-Key", format!("refund-of-{session}"));
        Ok(request.json(&json!({"session": session, "offline": false})).send().await?)
    }

    /// The shop imports a settlement file.
    async fn imports(&self, file: String) -> anyhow::Result<Value> {
        let address = format!("{}/v1/settlements", self.at.backend);
        let answer =
            self.ledger.http().post(address).bearer_auth(self.ledger.key()).body(file).send().await?;
        Ok(answer.error_for_status()?.json().await?)
    }
}
