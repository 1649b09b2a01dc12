//! The daily register: what the bank pays out for a day, as a delimited file. Written from the bank's truth, with
//! switches that bend it.

use jiff::Timestamp;
use serde::Deserialize;

use super::operation::{Operation, OperationKind};
use super::order::Order;
use super::{Bank, dates};

const HEADING: [&str; 13] = [
    "merchantAliasId",
    "merchantId",
    "operationId",
    "ecomOperationId",
    "rrn",
    "STAN",
    "type",
    "transactionDateTime",
    "coinAmount",
    "currency",
    "merchantCommission",
    "netAmount",
    "merchantComment",
];
/// Tenths of a percent that the bank keeps of a payment.
const COMMISSION_PER_MILLE: i64 = 15;

/// What register is wished for.
#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub(crate) struct Wish {
    /// A day in Kyiv; none: all of them.
    date: Option<String>,
    wrong_sum: usize,
    unknown_row: usize,
    /// Columns to leave empty, separated by commas.
    without: String,
    decimals: Decimals,
    separator: Separator,
}

#[derive(Debug, Default, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
enum Decimals {
    #[default]
    Kopecks,
    Comma,
    Point,
}

#[derive(Debug, Default, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
enum Separator {
    #[default]
    Semicolon,
    Comma,
}

impl Bank {
    pub(crate) fn register(&self, wish: &Wish) -> String {
        let mut file = wish.line(&HEADING.map(str::to_owned));
        let mut to_bend = wish.wrong_sum;
        for order in &self.orders {
            for operation in order.operations.iter().filter(|one| one.succeeded()) {
                let time = dates::dashed(operation.modified);
                if wish.date.as_ref().is_some_and(|day| !time.starts_with(day.as_str())) {
                    continue;
                }
                let bent = to_bend > 0 && operation.is_payment();
                to_bend -= usize::from(bent);
                file.push_str(&wish.line(&row(order, operation, time, bent, wish)));
            }
        }
        for number in 1..=wish.unknown_row {
            file.push_str(&wish.line(&unknown(number, self.clock.now(), wish)));
        }
        file
    }
}

fn row(order: &Order, operation: &Operation, time: String, bent: bool, wish: &Wish) -> [String; 13] {
    let kopecks = i64::try_from(operation.coin_amount).unwrap_or(i64::MAX) + i64::from(bent);
    let (sum, commission) = match operation.kind {
        OperationKind::Purchase | OperationKind::AccountToAccount => (kopecks, commission(kopecks)),
        OperationKind::Refund => (-kopecks, 0),
    };
    let comment = operation.merchant_comment.as_ref().or(order.request.merchant_comment.as_ref());
    let id = operation.ecom_operation_id.clone();
    [
        "SANDBOX-1".to_owned(),
        order.request.merchant_id.clone(),
        operation.operation_id.clone().unwrap_or_default(),
        id.clone(),
        // What the bank writes where there is none.
        operation.rrn.clone().unwrap_or_else(|| "-1".to_owned()),
        stan(&id),
        operation.kind.wire().to_owned(),
        time,
        wish.sum(sum),
        "980".to_owned(),
        wish.sum(commission),
        wish.sum(sum - commission),
        comment.cloned().unwrap_or_default(),
    ]
}

fn unknown(number: usize, now: Timestamp, wish: &Wish) -> [String; 13] {
    let sum = 10_000;
    [
        "SANDBOX-1".to_owned(),
        String::new(),
        format!("unknown-{number}"),
        String::new(),
        format!("999{number:09}"),
        format!("{number:06}"),
        OperationKind::Purchase.wire().to_owned(),
        dates::dashed(now),
        wish.sum(sum),
        "980".to_owned(),
        wish.sum(commission(sum)),
        wish.sum(sum - commission(sum)),
        format!("Order unknown-{number}"),
    ]
}

/// Half a kopeck is a whole one.
fn commission(kopecks: i64) -> i64 {
    (kopecks * COMMISSION_PER_MILLE + 500) / 1000
}

/// Six digits out of the operation's id.
fn stan(id: &str) -> String {
    let sum = id.bytes().fold(0_u32, |sum, byte| (sum * 31 + u32::from(byte)) % 1_000_000);
    format!("{sum:06}")
}

impl Wish {
    fn sum(&self, kopecks: i64) -> String {
        let sign = if kopecks < 0 { "-" } else { "" };
        let (whole, rest) = (kopecks.unsigned_abs() / 100, kopecks.unsigned_abs() % 100);
        match self.decimals {
            Decimals::Kopecks => kopecks.to_string(),
            Decimals::Comma => format!("{sign}{whole},{rest:02}"),
            Decimals::Point => format!("{sign}{whole}.{rest:02}"),
        }
    }

    fn line(&self, values: &[String; 13]) -> String {
        let without: Vec<&str> = self.without.split(',').collect();
        let is_heading = values[0] == HEADING[0];
        let separator = match self.separator {
            Separator::Semicolon => ';',
            Separator::Comma => ',',
        };
        let mut line = String::new();
        for (index, (value, column)) in values.iter().zip(HEADING).enumerate() {
            if index > 0 {
                line.push(separator);
            }
            if is_heading || !without.contains(&column) {
                line.push_str(&quoted(value, separator));
            }
        }
        line.push_str("\r\n");
        line
    }
}

fn quoted(value: &str, separator: char) -> String {
    if value.contains([separator, '"', '\r', '\n']) {
        format!("\"{}\"", value.replace('"', "\"\""))
    } else {
        value.to_owned()
    }
}
