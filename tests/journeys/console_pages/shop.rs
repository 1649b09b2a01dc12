//! A shop on a working day: payments of every kind, refunds, a register, colleagues. What the pages are looked at with.

use anyhow::Context;
use serde_json::{Value, json};

use crate::support::{World, eventually};

/// What it sells: in Ukrainian, in English, for how much.
const GOODS: [(&str, &str, i64); 5] = [
    ("Кава «Зерно», 1 кг", "Coffee beans, 1 kg", 79_900),
    ("Френч-прес 600 мл", "French press, 600 ml", 129_900),
    ("Кавомолка ручна", "Hand grinder", 349_900),
    ("Шоколад 85 %", "Chocolate, 85%", 20_445),
    ("Набір для чаю", "Tea set for two", 105_000),
];

/// Fills the world with a day. The newest order is 1051.
pub(super) async fn opens(world: &World, language: &str) -> anyhow::Result<()> {
    world.leaves_undecided("one buyer is at the bank");
    for (login, role) in [("olena", "admin"), ("bohdan", "refunder"), ("iryna", "operator")] {
        world.makes_an_account(login, role).await?;
    }
    world.sells("1041", &basket(language, &[(0, 2)])).await?;
    world.sells("1042", &basket(language, &[(1, 1), (2, 1)])).await?;
    world.sells("1044", &basket(language, &[(4, 1)])).await?;
    imports(world).await?;
    gives_back(world, "1042", json!({"lines": [{"id": "1", "quantity": 1}], "reason": returned(language)}))
        .await?;
    gives_back(world, "1044", json!({"offline": true})).await?;

    refused(world, "1043", &basket(language, &[(2, 1)])).await?;
    paid_twice(world, "1045", &basket(language, &[(0, 1), (3, 2)])).await?;
    by_a_wallet(world, "1046", language).await?;
    world.sells("1047", &basket(language, &[(3, 4)])).await?;
    world.sells("1048", &basket(language, &[(2, 1), (0, 1)])).await?;
    let token = world.puts("1049", &basket(language, &[(1, 2)])).await?;
    world.begins_to_pay("1049", &token).await?;
    world.puts("1050", &basket(language, &[(0, 1)])).await?;
    world.sells("1051", &basket(language, &[(2, 2), (1, 2)])).await.map(drop)
}

fn basket(language: &str, goods: &[(usize, i64)]) -> Value {
    let name = |at: usize| if language == "uk" { GOODS[at].0 } else { GOODS[at].1 };
    let lines: Vec<_> = goods
        .iter()
        .map(|(at, quantity)| json!({"id": at.to_string(), "name": name(*at), "quantity": quantity, "unitMinor": GOODS[*at].2}))
        .collect();
    let minor: i64 = goods.iter().map(|(at, quantity)| GOODS[*at].2 * quantity).sum();
    json!({
        "amount": {"minor": minor, "currency": "UAH"},
        "description": goods.iter().map(|(at, _)| name(*at)).collect::<Vec<_>>().join(", "),
        "lines": lines,
        "shippingMinor": 0,
        "customerId": "c-196",
        "locale": language,
    })
}

fn returned(language: &str) -> &'static str {
    if language == "uk" { "Розбите скло" } else { "The glass was broken" }
}

async fn gives_back(world: &World, order: &str, wish: Value) -> anyhow::Result<()> {
    let address = format!("{}/v1/orders/{order}/refunds", world.at.backend);
    let request = world.ledger.http().post(address).bearer_auth(world.ledger.key());
    request.header("Idempotency-Key", "of-the-shop").json(&wish).send().await?.error_for_status()?;
    eventually("the refund is done", async || {
        Ok(world.ledger.refund_rows(order)?.iter().any(|row| row.state == "SUCCESS").then_some(()))
    })
    .await
}

async fn refused(world: &World, order: &str, basket: &Value) -> anyhow::Result<()> {
    let token = world.puts(order, basket).await?;
    let attempt = world.begins_to_pay(order, &token).await?;
    world.bank.ends(&attempt.merchant_request_id, json!({"status": "FAIL"})).await?;
    world.ledger.waits_for(order, "REJECTED").await.map(drop)
}

async fn paid_twice(world: &World, order: &str, basket: &Value) -> anyhow::Result<()> {
    refused(world, order, basket).await?;
    let first = world.ledger.only_attempt(order)?;
    let token = world.puts(order, basket).await?;
    let second = world.opens_a_session(order, &token, 2).await?;
    for attempt in [&second, &first] {
        world.bank.completes(&attempt.merchant_request_id).await?;
    }
    eventually(
        "it is paid twice",
        async || Ok((world.ledger.anomalies(order)? == ["repeated"]).then_some(())),
    )
    .await
}

/// By Alipay+, whose refunds wait for settlement.
async fn by_a_wallet(world: &World, order: &str, language: &str) -> anyhow::Result<()> {
    let mut basket = basket(language, &[(3, 1)]);
    basket["amount"]["currency"] = json!("EUR");
    let token = world.puts(order, &basket).await?;
    let session = world.ledger.http().post(format!("{}/v1/payment-sessions", world.at.backend));
    let session = session.bearer_auth(token).header("Idempotency-Key", "by-a-wallet");
    session.json(&json!({"product": "alipayplus"})).send().await?.error_for_status()?;
    let payment = world.aggregator.only_payment().await?;
    world.aggregator.becomes(payment["payment"]["id"].as_str().context("an id")?, "CAPTURED").await?;
    world.ledger.waits_for(order, "CAPTURED").await.map(drop)
}

/// The bank's register of today, one row of which belongs to nothing.
async fn imports(world: &World) -> anyhow::Result<()> {
    let register = reqwest::get(format!("{}/sandbox/register?unknownRow=1", world.at.bank)).await?;
    let register = register.error_for_status()?.text().await?;
    let address = format!("{}/v1/settlements?name=register-27.csv", world.at.backend);
    let request = world.ledger.http().post(address).bearer_auth(world.ledger.key());
    request.body(register).send().await?.error_for_status()?;
    Ok(())
}
