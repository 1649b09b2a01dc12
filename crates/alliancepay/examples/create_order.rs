//! Makes an order and says where to pay it.
//!
//! ```sh
//! cargo run -p sandbox-bank &
//! cargo run -p alliancepay --example create_order -- 129.05
//! ```

mod terminal;

use std::error::Error;

use alliancepay::{Amount, CreateOrder, Currency, CustomerData, PayType, PaymentMethod};

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let sum = std::env::args().nth(1).unwrap_or_else(|| "129.05".to_owned());
    let amount = Amount::parse_decimal(&sum, Currency::Uah)?;
    let client = terminal::client().await?;

    // A shop stores this handle before the call: if the answer is lost, it is all that is left of the attempt.
    let handle = uuid::Uuid::new_v4().to_string();
    let mut order = CreateOrder::new(
        handle,
        PayType::Purchase,
        amount,
        "https://shop.example/paid",
        "https://shop.example/not-paid",
        CustomerData::new("customer-1").name("Олена", "Зразок"),
    );
    order.payment_methods = vec![PaymentMethod::Card, PaymentMethod::ApplePay, PaymentMethod::GooglePay];
    order.purpose = Some("Замовлення 1".to_owned());
    order.merchant_comment = Some("order 1 attempt 1".to_owned());

    match client.create_order(&order).await {
        Ok(created) => {
            println!("order {}: pay {amount} at {}", created.hpp_order_id, created.redirect_url);
            println!("then: cargo run -p alliancepay --example refund -- {} {sum}", created.hpp_order_id);
            Ok(())
        }
        // The order may exist, but nobody knows its page: it expires unpaid. Make another one, never pay blindly.
        Err(error) if error.outcome_unknown() => Err(format!("nobody can know: {error}").into()),
        Err(error) => Err(error.into()),
    }
}
