//! Gives back a sum of an order that was paid, and waits for the end of it.
//!
//! ```sh
//! cargo run -p alliancepay --example refund -- ORDER 25.00
//! ```

mod terminal;

use std::error::Error;
use std::time::Duration;

use alliancepay::{Amount, Client, Currency, Operation, OperationStatus, OperationType, Refund};

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = std::env::args().skip(1);
    let (Some(order), Some(sum)) = (arguments.next(), arguments.next()) else {
        return Err("usage: refund ORDER SUM".into());
    };
    let sum = Amount::parse_decimal(&sum, Currency::Uah)?;
    let client = terminal::client().await?;

    let operations = client.operations(&order).await?.operations;
    let paid = operations.iter().find(|operation| is_paid(operation)).ok_or("the order is not paid")?;
    let number = paid.operation_id.clone().ok_or("the bank gave the payment no number")?;

    // A shop stores the refund with this handle before the call.
    let refund = Refund::new(uuid::Uuid::new_v4().to_string(), number, sum);
    match client.refund(&refund).await {
        Ok(answer) => println!("the bank took the refund: {}", answer.status),
        Err(error) if error.outcome_unknown() => println!("looking for it, because {error}"),
        Err(error) => return Err(error.into()),
    }
    println!("the refund ended: {}", end_of(&client, &refund).await?);
    Ok(())
}

const fn is_paid(operation: &Operation) -> bool {
    matches!(operation.kind, OperationType::Purchase | OperationType::AccountToAccount)
        && matches!(operation.status, OperationStatus::Success)
}

/// Asks until the refund has ended; gives up after a minute, when it is still not known.
async fn end_of(client: &Client, refund: &Refund) -> Result<OperationStatus, Box<dyn Error>> {
    for _ in 0..30 {
        tokio::time::sleep(Duration::from_secs(2)).await;
        let status = client.find_refund(&refund.merchant_request_id).await?.map(|found| found.status);
        if let Some(ended @ (OperationStatus::Success | OperationStatus::Fail)) = status {
            return Ok(ended);
        }
    }
    Err("the refund has not ended yet; ask again later".into())
}
