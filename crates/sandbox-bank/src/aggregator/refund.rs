//! Refunds: only of what is PAID, together never more than was paid, and cancellable while requested.

use jiff::{SignedDuration, Timestamp};
use serde_json::Value;

use super::payment::{Payment, Status};
use super::trouble::Trouble;
use crate::bank::clock::later;

/// How long a refund stays REFUND_REQUESTED, before the pace.
pub(crate) const DONE_AFTER: SignedDuration = SignedDuration::from_mins(1);

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum RefundStatus {
    Requested,
    Refunded,
    Rejected,
    Cancelled,
}

impl RefundStatus {
    pub(crate) fn wire(self) -> (&'static str, &'static str, u32) {
        match self {
            Self::Requested => ("REFUND_REQUESTED", "PENDING_CONNECT_OR_3RD_PARTY", 800),
            Self::Refunded => ("REFUNDED", "REFUNDED", 1800),
            Self::Rejected => ("REJECTED", "UNSUCCESSFUL", 100),
            Self::Cancelled => ("CANCELLED", "UNSUCCESSFUL", 400),
        }
    }
}

#[derive(Debug, Clone)]
pub(crate) struct Refund {
    pub(crate) id: String,
    pub(crate) number: usize,
    pub(crate) amount: i64,
    pub(crate) reference: String,
    pub(crate) status: RefundStatus,
    pub(crate) changed: Timestamp,
    pub(crate) done_at: Option<Timestamp>,
}

impl Refund {
    pub(crate) fn is_done(&self) -> bool {
        self.status == RefundStatus::Refunded
    }

    pub(crate) fn is_requested(&self) -> bool {
        self.status == RefundStatus::Requested
    }

    /// Ends the refund; a second end changes nothing.
    pub(crate) fn end(&mut self, status: RefundStatus, now: Timestamp) -> bool {
        if !self.is_requested() {
            return false;
        }
        (self.status, self.changed, self.done_at) = (status, now, None);
        true
    }
}

impl Payment {
    /// Takes a refund, or says why not. A sum of 16.00 is made and declined.
    pub(crate) fn refund(
        &mut self,
        body: &Value,
        takes: SignedDuration,
        now: Timestamp,
    ) -> Result<&Refund, Trouble> {
        if self.status != Status::Paid {
            return Err(Trouble::not_possible("REFUND_NOT_POSSIBLE_BEFORE_PAID"));
        }
        let amount = match body.pointer("/amountOfMoney/amount") {
            None => self.remaining(),
            Some(amount) => amount.as_i64().unwrap_or(0),
        };
        let currency = body.pointer("/amountOfMoney/currencyCode").and_then(Value::as_str);
        if amount <= 0 || amount > self.remaining() {
            return Err(Trouble::field("amountOfMoney.amount", "AMOUNT_EXCEEDS_REFUNDABLE"));
        }
        if currency.is_some_and(|currency| currency != self.currency) {
            return Err(Trouble::field("amountOfMoney.currencyCode", "CURRENCY_MISMATCH"));
        }
        let reference = body.pointer("/refundReferences/merchantReference").and_then(Value::as_str);
        if reference.is_some_and(|reference| reference.chars().count() > 30) {
            return Err(Trouble::field("refundReferences.merchantReference", "VALUE_TOO_LONG"));
        }
        let declined = amount == 1_600;
        let number = self.refunds.len() + 1;
        self.refunds.push(Refund {
            // The effort of a refund counts down, as the platform's reports show it.
            id: format!("{}-{number:0>4}00001", self.additional_reference()),
            number,
            amount,
            reference: reference.unwrap_or_default().to_owned(),
            status: if declined { RefundStatus::Rejected } else { RefundStatus::Requested },
            changed: now,
            done_at: (!declined).then(|| later(now, takes)),
        });
        self.refunds.last().ok_or_else(Trouble::server)
    }
}
