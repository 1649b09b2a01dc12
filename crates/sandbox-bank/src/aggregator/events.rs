//! Webhook events: which are sent, what they carry, and what the fault switches make of them.

use jiff::{SignedDuration, Timestamp};
use serde_json::{Value, json};

use super::letters::Words;
use super::messages;
use super::payment::{Payment, Status};
use super::refund::Refund;
use crate::bank::Bank;
use crate::bank::clock::later;
use crate::bank::faults::{Call, Kind};

const DEFAULT_LATE: SignedDuration = SignedDuration::from_secs(5);
/// A message that overtakes another must be there first, even at a fast pace.
const APART: SignedDuration = SignedDuration::from_millis(300);

impl Bank {
    /// Announces that a payment changed.
    pub(super) fn announce_payment(&mut self, id: &str, now: Timestamp) {
        let Some(payment) = self.aggregator.payment(id) else { return };
        let quiet = matches!(payment.status, Status::Created | Status::Redirected);
        if quiet && !self.aggregator.endpoint.all {
            return;
        }
        self.announce_as(id, payment.status.word(), now);
    }

    /// Announces that more of a payment's money was collected.
    pub(super) fn announce_increment(&mut self, id: &str, now: Timestamp) {
        self.announce_as(id, "PAID_INCREMENT", now);
    }

    fn announce_as(&mut self, id: &str, kind: &str, now: Timestamp) {
        let Some(payment) = self.aggregator.payment(id) else { return };
        let object = messages::payment(payment);
        let words = self.words(payment, "payment", kind, &object, now);
        let stale = messages::as_of(payment, Status::Redirected);
        let stale = self.words(payment, "payment", Status::Redirected.word(), &stale, now);
        let names = [payment.id.clone(), payment.reference.clone()];
        self.post_event(words, stale, &names, now);
    }

    /// Announces that a refund changed.
    pub(super) fn announce_refund(&mut self, payment: &str, refund: &str, now: Timestamp) {
        let Some(payment) = self.aggregator.payment(payment) else { return };
        let Some(refund) = payment.refunds.iter().find(|one| one.id == refund) else { return };
        if refund.is_requested() && !self.aggregator.endpoint.all {
            return;
        }
        let words =
            self.words(payment, "refund", refund.status.wire().0, &messages::refund(refund, payment), now);
        let asked = messages::refund(
            &Refund { status: super::refund::RefundStatus::Requested, ..refund.clone() },
            payment,
        );
        let stale = self.words(payment, "refund", "REFUND_REQUESTED", &asked, now);
        let names =
            [payment.id.clone(), payment.reference.clone(), refund.id.clone(), refund.reference.clone()];
        self.post_event(words, stale, &names, now);
    }

    fn words(
        &self,
        payment: &Payment,
        object: &str,
        status: &str,
        value: &Value,
        now: Timestamp,
    ) -> Option<Words> {
        let url = self.aggregator.endpoint.url.clone()?;
        let kind = format!("{object}.{}", status.to_lowercase());
        let body = json!({
            "apiVersion": "v1",
            "id": uuid::Uuid::new_v4().to_string(),
            "created": now.strftime("%Y-%m-%dT%H:%M:%S.%3f+0000").to_string(),
            "merchantId": self.aggregator.account.merchant_id,
            "type": kind,
            object: value,
        });
        Some(Words { payment: payment.id.clone(), kind, url, body: body.to_string() })
    }

    fn post_event(&mut self, words: Option<Words>, stale: Option<Words>, names: &[String], now: Timestamp) {
        let (Some(words), Some(stale)) = (words, stale) else { return };
        let names: Vec<&str> = names.iter().map(String::as_str).collect();
        let mut fault = |kind| self.faults.take(Call::Notification, kind, &names);
        let pace = self.pace;
        let wait = |ms: Option<i64>| ms.map_or_else(|| pace.wait(DEFAULT_LATE), SignedDuration::from_millis);
        let letters = &mut self.aggregator.letters;
        if fault(Kind::Lost).is_some() {
            letters.lose(words, now);
            return;
        }
        let due = fault(Kind::Late).map_or(now, |fault| later(now, wait(fault.ms)));
        if fault(Kind::Twice).is_some() {
            letters.queue(words.clone(), due);
        } else if fault(Kind::Reordered).is_some() {
            letters.queue(stale, later(due, APART));
        } else if let Some(fault) = fault(Kind::Pending) {
            letters.queue(stale, due);
            letters.queue(words, later(due, wait(fault.ms).max(APART)));
            return;
        }
        letters.queue(words, due);
    }
}
