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
use crate::settlement::{Entry, Malformed, Movement, SettlementRow};

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
    let movement = match record.meaning() {
        Meaning::Captured => return None,
        Meaning::Collected => Movement::Payment,
        Meaning::Refunded => Movement::Refund,
        Meaning::ChargebackAnnounced | Meaning::Chargeback | Meaning::ChargebackReturned => {
            Movement::Chargeback
        }
        Meaning::CollectionCorrected | Meaning::Reversal | Meaning::ReversalReturned => Movement::Reversal,
        Meaning::RefundCorrected | Meaning::Unknown => Movement::Other(record.code()),
    };
    let raw = masked(record);
    let Some(delivered) = &record.delivered else {
        let hash = Sha256::digest(raw.as_bytes()).to_vec();
        return Some(Err(Malformed { reason: "the record names no sum".to_owned(), raw, hash }));
    };
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
        movement,
        amount_minor: amount,
        currency: delivered.currency_code.clone(),
        commission_minor: amount - net,
        net_minor: net,
        provider_id: Some(provider_id(record)),
        operation_id: by_another_hand(record).map(|_| record.first_payment_id()),
        rrn: None,
        order_hint: None,
        merchant_id: Some(record.merchant_id.clone()),
        mark: Some(record.code()),
        day: record.date_collected.as_deref().and_then(|day| Date::strptime("%Y%m%d", day).ok()),
        raw,
    }))
}

/// The ledger's id of the movement: what another hand moves has none at the platform, and is named as answers are read.
fn provider_id(record: &WxRecord) -> String {
    by_another_hand(record).map_or_else(
        || record.payment_id(),
        |status| taken_back_id(&record.first_payment_id(), status.as_str()),
    )
}

/// The status that a payment has after another hand moved its money.
fn by_another_hand(record: &WxRecord) -> Option<PaymentStatus> {
    match record.meaning() {
        Meaning::ChargebackAnnounced | Meaning::Chargeback | Meaning::ChargebackReturned => {
            Some(PaymentStatus::Chargebacked)
        }
        Meaning::Reversal | Meaning::ReversalReturned => Some(PaymentStatus::Reversed),
        Meaning::CollectionCorrected => Some(PaymentStatus::RejectedCapture),
        Meaning::Captured
        | Meaning::Collected
        | Meaning::Refunded
        | Meaning::RefundCorrected
        | Meaning::Unknown => None,
    }
}

/// Only what is named here, so nothing personal can slip in.
fn masked(record: &WxRecord) -> String {
    let mut raw = format!("code={}; payment={}", record.code(), record.payment_id());
    let sum = |sum: &AmountOfMoney| format!("{} {}", sum.amount, sum.currency_code);
    let texts = [
        ("reference", record.merchant_reference.clone()),
        ("delivered", record.delivered.as_ref().map(sum)),
        ("due", record.due.as_ref().map(sum)),
        ("collected", record.date_collected.clone()),
        ("status", record.payment_status.map(|status| status.to_string())),
        ("original", record.original_reference.clone()),
        ("reason", record.reason.clone()),
    ];
    for (name, text) in texts {
        if let Some(text) = text {
            // Writing to a string cannot fail.
            let _ = write!(raw, "; {name}={}", text.chars().take(128).collect::<String>());
        }
    }
    raw
}
