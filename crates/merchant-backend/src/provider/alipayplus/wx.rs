//! Worldline's daily settlement file ("WX") as rows of a register. The notice of a capture is no row; a dispute, a
//! reversal or a correction is one that a person has to see.

use std::fmt::Write;
use std::io::{self, Read};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use jiff::civil::Date;
use sha2::{Digest, Sha256};
use worldline_connect::wx::{Meaning, WxError, WxReader, WxRecord};
use worldline_connect::{ALIPAY_PLUS, AmountOfMoney, PaymentStatus};

use super::answer::taken_back_id;
use super::reference;
use crate::settlement::{Entry, Malformed, Movement, SettlementRow};

/// Rows are found by their ids, and databases find nothing that is a page long.
const LONGEST_ID: usize = 128;

/// Larger sums are no payments; files that hold them could make totals overflow.
const LARGEST: u64 = 1_000_000_000_000;

/// The rows of a file, one after another.
#[derive(Debug)]
pub struct WxRows<R: Read> {
    records: WxReader<Counted<R>>,
    read: Arc<AtomicU64>,
    number: u64,
}

/// Counts what was read of the file as it lies there, packed or not.
#[derive(Debug)]
struct Counted<R> {
    input: R,
    read: Arc<AtomicU64>,
}

impl<R: Read> WxRows<R> {
    /// Reads `input` as far as it is asked for rows.
    pub fn new(input: R) -> Self {
        let read = Arc::new(AtomicU64::new(0));
        let records = WxReader::new(Counted { input, read: Arc::clone(&read) });
        Self { records, read, number: 0 }
    }

    fn entry(&mut self, row: Result<SettlementRow, Malformed>) -> Entry {
        self.number += 1;
        Entry { number: self.number, line: self.number, ends_at: self.read.load(Ordering::Relaxed), row }
    }
}

impl<R: Read> Iterator for WxRows<R> {
    type Item = io::Result<Entry>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            match self.records.next()? {
                Ok(record) => {
                    if let Some(row) = row(&record) {
                        return Some(Ok(self.entry(row)));
                    }
                }
                Err(error @ (WxError::Missing { .. } | WxError::NotWhole { .. })) => {
                    let reason = error.to_string();
                    let hash = Sha256::digest(reason.as_bytes()).to_vec();
                    return Some(Ok(self.entry(Err(Malformed { reason, raw: "***".to_owned(), hash }))));
                }
                Err(WxError::Read(cause)) => return Some(Err(cause)),
                Err(torn @ (WxError::NotXml { .. } | WxError::Count { .. })) => {
                    return Some(Err(io::Error::new(io::ErrorKind::InvalidData, torn)));
                }
            }
        }
    }
}

impl<R: Read> Read for Counted<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.input.read(buffer)?;
        self.read.fetch_add(u64::try_from(read).unwrap_or(0), Ordering::Relaxed);
        Ok(read)
    }
}

/// Nothing for what moves no money, and for other products of the same contract.
fn row(record: &WxRecord) -> Option<Result<SettlementRow, Malformed>> {
    if record.product.is_some_and(|product| product != i64::from(ALIPAY_PLUS)) {
        return None;
    }
    let (movement, by_another_hand) = movement(record)?;
    let raw = masked(record);
    let malformed = |reason: &str| {
        let hash = Sha256::digest(raw.as_bytes()).to_vec();
        Some(Err(Malformed { reason: reason.to_owned(), raw: raw.clone(), hash }))
    };
    let Some(delivered) = &record.delivered else { return malformed("the record names no sum") };
    let ids = [&record.payment_id(), &record.code(), &record.merchant_id, &delivered.currency_code];
    if ids.into_iter().any(|id| !is_an_id(id)) {
        return malformed("the record's ids are longer than any id is, or no plain text");
    }
    if [Some(delivered), record.due.as_ref()].into_iter().flatten().any(is_too_large) {
        return malformed("a sum is larger than any payment");
    }
    let signed = |minor: i64| match record.category.as_str() {
        "-" => -minor,
        // A notice: the sum is in the masked row, none of it has moved.
        "X" => 0,
        _ => minor,
    };
    let amount = signed(delivered.amount);
    // What is owed in another currency tells no commission.
    let owed = record.due.as_ref().filter(|due| due.currency_code == delivered.currency_code);
    let net = owed.map_or(amount, |due| signed(due.amount));
    Some(Ok(SettlementRow {
        amount_minor: amount,
        currency: delivered.currency_code.clone(),
        commission_minor: amount - net,
        net_minor: net,
        // What another hand moves has no id at the platform, and is named as answers are read.
        provider_id: Some(by_another_hand.as_ref().map_or_else(
            || record.payment_id(),
            |status| taken_back_id(&record.first_payment_id(), status.as_str()),
        )),
        operation_id: if movement == Movement::Refund {
            record.original_payment.clone().filter(|id| is_an_id(id))
        } else {
            by_another_hand.map(|_| record.first_payment_id())
        },
        movement,
        rrn: None,
        order_hint: record
            .merchant_reference
            .as_deref()
            .map(reference::request_id)
            .or_else(|| record.merchant_order.clone())
            .filter(|hint| is_an_id(hint)),
        merchant_id: Some(record.merchant_id.clone()),
        mark: Some(record.code()),
        day: record.date_collected.as_deref().and_then(|day| Date::strptime("%Y%m%d", day).ok()),
        raw,
    }))
}

/// Whether a database can keep and find it.
fn is_an_id(text: &str) -> bool {
    text.len() <= LONGEST_ID && !text.chars().any(char::is_control)
}

fn is_too_large(sum: &AmountOfMoney) -> bool {
    sum.amount.unsigned_abs() > LARGEST
}

/// What a record is to a register, and the status that its payment has where another hand moved the money. Nothing for
/// what moves none.
fn movement(record: &WxRecord) -> Option<(Movement, Option<PaymentStatus>)> {
    Some(match record.meaning() {
        Meaning::Captured => return None,
        Meaning::Collected => (Movement::Payment, None),
        Meaning::Refunded => (Movement::Refund, None),
        Meaning::ChargebackAnnounced | Meaning::Chargeback | Meaning::ChargebackReturned => {
            (Movement::Chargeback, Some(PaymentStatus::Chargebacked))
        }
        Meaning::CollectionCorrected => (Movement::Reversal, Some(PaymentStatus::RejectedCapture)),
        Meaning::Reversal | Meaning::ReversalReturned => (Movement::Reversal, Some(PaymentStatus::Reversed)),
        Meaning::RefundCorrected | Meaning::Unknown => (Movement::Other(record.code()), None),
    })
}

/// Only what is named here, so nothing personal can slip in.
fn masked(record: &WxRecord) -> String {
    let plain =
        |text: &str| text.chars().filter(|letter| !letter.is_control()).take(LONGEST_ID).collect::<String>();
    let mut raw = format!("code={}; payment={}", plain(&record.code()), plain(&record.payment_id()));
    let sum = |sum: &AmountOfMoney| format!("{} {}", sum.amount, sum.currency_code);
    let texts = [
        ("reference", record.merchant_reference.clone()),
        ("delivered", record.delivered.as_ref().map(sum)),
        ("due", record.due.as_ref().map(sum)),
        ("collected", record.date_collected.clone()),
        ("status", record.payment_status.map(|status| status.to_string())),
        ("original", record.original_payment.clone().or_else(|| record.original_reference.clone())),
        ("reason", record.reason.clone()),
    ];
    for (name, text) in texts {
        if let Some(text) = text {
            // Writing to a string cannot fail.
            let _ = write!(raw, "; {name}={}", plain(&text));
        }
    }
    raw
}
