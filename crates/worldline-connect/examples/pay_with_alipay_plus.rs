//! Makes a payment by Alipay+, shows the wallet page's address, waits for the end, and gives the money back if it can.
//!
//! ```sh
//! cargo run -p sandbox-bank &
//! cargo run -p worldline-connect --example pay_with_alipay_plus -- 10.99
//! ```
//!
//! Without settings it takes the sandbox's account, which the sandbox hands out to anybody. `CONNECT_API`,
//! `CONNECT_MERCHANT_ID`, `CONNECT_API_KEY_ID` and `CONNECT_SECRET_API_KEY` name an account at Worldline.

use std::env;
use std::error::Error;
use std::time::Duration;

use money::{Amount, Currency};
use serde_json::Value;
use worldline_connect::{
    AmountOfMoney, Client, ClientConfig, CreatePayment, CreateRefund, IdempotenceKey, Payment, PaymentStatus,
    Secret, Timeouts,
};

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let sum = env::args().nth(1).ok_or("usage: pay_with_alipay_plus SUM")?;
    let amount = AmountOfMoney::from(Amount::parse_decimal(&sum, Currency::Eur)?);
    let client = client().await?;
    client.test_connection().await?;

    // A shop stores reference and key before the call: with them a lost answer is found again.
    let reference: String = uuid::Uuid::new_v4().simple().to_string().chars().take(30).collect();
    let key = IdempotenceKey::new(uuid::Uuid::new_v4().to_string())?;
    let wish = CreatePayment::new(amount, "DE", reference, "https://shop.example/thanks");
    let created = match client.create_payment(&wish, &key).await {
        Err(error) if error.outcome_unknown() => client.create_payment(&wish, &key).await?,
        answered => answered?,
    };
    println!("pay here: {}", created.answer.redirect_url().ok_or("no wallet page")?);

    let payment = end_of(&client, &created.answer.payment.id).await?;
    println!("it ended {}, wallet {:?}", payment.status, payment.payment_output.redirect.wallet_used());
    if payment.status_output.is_refundable {
        let key = IdempotenceKey::new(uuid::Uuid::new_v4().to_string())?;
        let refund = client.refund(&payment.id, &CreateRefund::default(), &key).await?.answer;
        println!("the refund {} is {}", refund.id, refund.status);
    } else {
        println!("it cannot be given back now: Alipay+ gives back only what is PAID");
    }
    Ok(())
}

/// Asks for five minutes at most. Not ended by then means: not known yet.
async fn end_of(client: &Client, id: &str) -> Result<Payment, Box<dyn Error>> {
    for _ in 0..150 {
        let payment = client.payment(id).await?;
        let waits = matches!(
            payment.status,
            PaymentStatus::Created | PaymentStatus::Redirected | PaymentStatus::PendingPayment
        );
        if !waits {
            return Ok(payment);
        }
        tokio::time::sleep(Duration::from_secs(2)).await;
    }
    Err("the payment has not ended yet; ask again later".into())
}

async fn client() -> Result<Client, Box<dyn Error>> {
    let api_url: url::Url = env::var("CONNECT_API").as_deref().unwrap_or("http://127.0.0.1:8081").parse()?;
    let (merchant_id, api_key_id, secret) = if let Ok(secret) = env::var("CONNECT_SECRET_API_KEY") {
        (env::var("CONNECT_MERCHANT_ID")?, env::var("CONNECT_API_KEY_ID")?, secret)
    } else {
        let account: Value = reqwest::get(api_url.join("/sandbox/aggregator")?).await?.json().await?;
        let text = |name: &str| account[name].as_str().unwrap_or_default().to_owned();
        (text("merchantId"), text("apiKeyId"), text("secretApiKey"))
    };
    let secret_api_key = Secret::new(secret);
    let timeouts = Timeouts::default();
    Ok(Client::new(ClientConfig { api_url, merchant_id, api_key_id, secret_api_key, timeouts })?)
}
