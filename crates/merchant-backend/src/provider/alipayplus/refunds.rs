//! Refunds at the platform: sent once under a key of their own, looked for by their reference ever after.

use worldline_connect::{AmountOfMoney, Client, CreateRefund, Error, IdempotenceKey, Refund};

use super::answer::refund_status;
use serde_json::json;

use super::{ask_error, code, reference};
use crate::payments::refund::RefundFact;
use crate::provider::{AskError, OperationStatus, RefundOrder, RefundQuestion, RefundSent, RefundTold};

/// Sends a refund.
pub(super) async fn send(client: &Client, order: &RefundOrder) -> RefundSent {
    let Ok(key) = IdempotenceKey::new(order.merchant_request_id.clone()) else {
        return RefundSent::Answered(RefundTold::not_sent());
    };
    let wish = CreateRefund::of(AmountOfMoney::from(order.amount), reference::of(&order.merchant_request_id));
    match client.refund(&order.operation_id, &wish, &key).await {
        Ok(taken) => RefundSent::Answered(told(&taken.answer)),
        Err(error) if error.outcome_unknown() => RefundSent::Unclear(error.to_string()),
        Err(Error::RefundDeclined(declined)) => {
            let refund = &declined.result;
            let why = declined.refusal.code().unwrap_or(refund.status.as_str()).to_owned();
            let raw = json!({"refund": refund.id, "status": refund.status.as_str(), "code": why});
            let told = RefundTold { fact: RefundFact::Refused(why), raw: Some(raw.to_string()) };
            RefundSent::Answered(told)
        }
        Err(error) => {
            tracing::warn!(%error, "Worldline did not take a refund");
            RefundSent::Answered(match error.refusal() {
                Some(_) => RefundTold::refused(code(&error), &error.to_string()),
                None => RefundTold::not_sent(),
            })
        }
    }
}

/// Looks for a refund.
pub(super) async fn find(client: &Client, question: &RefundQuestion) -> Result<Option<RefundTold>, AskError> {
    let found = client.find_refunds(&reference::of(&question.merchant_request_id)).await;
    found.map(|refunds| refunds.first().map(told)).map_err(|error| ask_error(&error))
}

fn told(refund: &Refund) -> RefundTold {
    let fact = match refund_status(&refund.status) {
        OperationStatus::Success => RefundFact::Done,
        OperationStatus::Failed(word) => RefundFact::Refused(word),
        OperationStatus::Undecided(_) => RefundFact::Taken,
    };
    let raw = json!({"refund": refund.id, "status": refund.status.as_str()});
    RefundTold { fact, raw: Some(raw.to_string()) }
}
