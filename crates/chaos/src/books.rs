//! What bank and aggregator hold to be true, in one shape: by our id of the request that made the order.

use std::collections::HashMap;

use serde_json::Value;

/// What they have of one request of ours.
#[derive(Debug, Default, Clone)]
pub(crate) struct BankOrder {
    /// In the bank's words.
    pub(crate) status: String,
    pub(crate) payments: Vec<u64>,
    /// Successful refunds: the request id of each and its sum.
    pub(crate) refunds: Vec<(String, u64)>,
    pub(crate) pending: bool,
    /// The money was collected.
    pub(crate) settled: bool,
}

impl BankOrder {
    /// Whether money came, went back, or may yet.
    pub(crate) fn moves_money(&self) -> bool {
        self.pending || !self.payments.is_empty() || !self.refunds.is_empty()
    }
}

/// The bank's orders. Sums are in the order's currency.
pub(crate) fn of_bank(truth: &Value) -> HashMap<String, BankOrder> {
    let mut books = HashMap::new();
    for order in list(&truth["orders"]) {
        let mut one = BankOrder { status: text(&order["orderStatus"]), ..BankOrder::default() };
        for operation in list(&order["operations"]) {
            let minor = operation["sourceAmount"].as_u64().or(operation["coinAmount"].as_u64());
            let minor = minor.unwrap_or_default();
            match (operation["type"].as_str(), operation["status"].as_str()) {
                (Some("REFUND"), Some("SUCCESS")) => {
                    one.refunds.push((text(&operation["merchantRequestId"]), minor));
                }
                (Some(_), Some("SUCCESS")) => one.payments.push(minor),
                (_, Some("PENDING")) => one.pending = true,
                (_, _) => {}
            }
        }
        books.insert(text(&order["merchantRequestId"]), one);
    }
    books
}

/// The aggregator's payments.
pub(crate) fn of_aggregator(truth: &Value) -> HashMap<String, BankOrder> {
    let mut books = HashMap::new();
    for payment in list(&truth["payments"]) {
        let mut one = BankOrder::default();
        let minor = payment["payment"]["paymentOutput"]["amountOfMoney"]["amount"].as_u64();
        let word = payment["status"].as_str().unwrap_or_default();
        match word {
            "CAPTURED" => one.payments.extend(minor),
            "PAID" | "REFUNDED" => {
                one.payments.extend(minor);
                one.settled = true;
            }
            _ => {}
        }
        let told = match word {
            "REJECTED" => "FAIL",
            "CANCELLED" => "CANCELED",
            other => other,
        };
        told.clone_into(&mut one.status);
        for refund in list(&payment["refunds"]) {
            let minor = refund["refundOutput"]["amountOfMoney"]["amount"].as_u64().unwrap_or_default();
            match refund["status"].as_str() {
                Some("REFUNDED") => {
                    let reference = text(&refund["refundOutput"]["references"]["merchantReference"]);
                    one.refunds.push((request_id(&reference), minor));
                }
                Some("REFUND_REQUESTED") => one.pending = true,
                _ => {}
            }
        }
        books.insert(request_id(&text(&payment["merchantReference"])), one);
    }
    books
}

/// Our ids travel there as the same 128 bits in base 36.
fn request_id(reference: &str) -> String {
    let Ok(bits) = u128::from_str_radix(reference, 36) else { return reference.to_owned() };
    let hex = format!("{bits:032x}");
    let parts = [0..8, 8..12, 12..16, 16..20, 20..32].map(|part| &hex[part]);
    parts.join("-")
}

fn list(value: &Value) -> impl Iterator<Item = &Value> {
    value.as_array().into_iter().flatten()
}

fn text(value: &Value) -> String {
    value.as_str().unwrap_or_default().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_request_is_read_back_from_its_reference() {
        assert_eq!(request_id("0"), "00000000-0000-0000-0000-000000000000");
        assert_eq!(request_id("f5lxx1zz5pnorynqglhzmsp33"), "ffffffff-ffff-ffff-ffff-ffffffffffff");
    }
}
