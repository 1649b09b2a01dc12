//! Refunds at the platform: sent once under a key of their own, looked for by their reference ever after.

use worldline_connect::{AmountOfMoney, Client, CreateRefund, Error, IdempotenceKey, Refund};

use super::answer::refund_status;
use super::{ask_error, code, reference};
use crate::payments::refund::{NOT_SENT, RefundFact};
use crate::provider::{AskError, OperationStatus, RefundOrder, RefundQuestion, RefundSent};

/// Sends a refund.
pub(super) async fn send(client: &Client, order: &RefundOrder) -> RefundSent {
    let Ok(key) = IdempotenceKey::new(order.merchant_request_id.clone()) else {
        return RefundSent::Answered(RefundFact::Refused(NOT_SENT.to_owned()));
    };
    let wish = CreateRefund::of(AmountOfMoney::from(order.amount), reference::of(&order.merchant_request_id));
    match client.refund(&order.operation_id, &wish, &key).await {
        Ok(taken) => RefundSent::Answered(fact(&taken.answer)),
        Err(error) if error.outcome_unknown() => RefundSent::Unclear(error.to_string()),
        Err(Error::RefundDeclined(declined)) => {
            let why = declined.refusal.code().unwrap_or(declined.result.status.as_str());
            RefundSent::Answered(RefundFact::Refused(why.to_owned()))
        }
        Err(error) => {
            tracing::warn!(%error, "Worldline did not take a refund");
            let why = if error.refusal().is_some() { code(&error) } else { NOT_SENT.to_owned() };
            RefundSent::Answered(RefundFact::Refused(why))
        }
    }
}

/// Looks for a refund.
pub(super) async fn find(client: &Client, question: &RefundQuestion) -> Result<Option<RefundFact>, AskError> {
    let found = client.find_refunds(&reference::of(&question.merchant_request_id)).await;
    found.map(|refunds| refunds.first().map(fact)).map_err(|error| ask_error(&error))
}

fn fact(refund: &Refund) -> RefundFact {
    match refund_status(&refund.status) {
        OperationStatus::Success => RefundFact::Done,
        OperationStatus::Failed(word) => RefundFact::Refused(word),
        OperationStatus::Undecided(_) => RefundFact::Taken,
    }
}
