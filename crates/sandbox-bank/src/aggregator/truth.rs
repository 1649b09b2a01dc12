//! What the sandbox shows of the aggregator: everything it knows, for tests to hold the merchant's side against.

use serde_json::{Value, json};

use super::messages;
use super::payment::Payment;
use crate::bank::Bank;

impl Bank {
    pub(crate) fn aggregator_truth(&self) -> Value {
        let payments: Vec<Value> =
            self.aggregator.payments.iter().map(|payment| self.payment_truth(payment)).collect();
        json!({
            "now": self.clock.now().to_string(),
            "payments": payments,
            "calls": self.aggregator.calls.all,
        })
    }

    pub(crate) fn payment_truth(&self, payment: &Payment) -> Value {
        let history: Vec<Value> = payment
            .history
            .iter()
            .map(|(at, status)| json!({"at": at.to_string(), "status": status.word()}))
            .collect();
        let refunds: Vec<Value> =
            payment.refunds.iter().map(|refund| messages::refund(refund, payment)).collect();
        let webhooks: Vec<Value> = self
            .aggregator
            .letters
            .of(&payment.id)
            .map(|letter| {
                let tries: Vec<Value> = letter
                    .tries
                    .iter()
                    .map(|one| json!({"at": one.at.to_string(), "http": one.http}))
                    .collect();
                json!({"type": letter.kind, "state": letter.state.word(), "due": letter.due.to_string(), "tries": tries})
            })
            .collect();
        json!({
            "payment": messages::payment(payment),
            "status": payment.status.word(),
            "merchantReference": payment.reference,
            "country": payment.country,
            "page": payment.page_url(&self.origin),
            "returnUrl": payment.back_url(),
            "expires": payment.expires.to_string(),
            "history": history,
            "refunds": refunds,
            "webhooks": webhooks,
            "calls": self.aggregator.calls.by_request.get(&payment.reference),
        })
    }
}
