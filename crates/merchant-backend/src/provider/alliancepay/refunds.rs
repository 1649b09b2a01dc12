//! Refunds at AlliancePay: sent once, looked for ever after.

use alliancepay::{Client, Error, Operation as BankOperation, OperationStatus, Refund as BankRefund};

use super::{ask_error, code, comment, masked, reason};
use crate::payments::refund::RefundFact;
use crate::provider::{AskError, RefundOrder, RefundQuestion, RefundSent, RefundTold};

/// Sends a refund.
pub(super) async fn send(client: &Client, order: &RefundOrder) -> RefundSent {
    let mut refund =
        BankRefund::new(order.merchant_request_id.clone(), order.operation_id.clone(), order.amount);
    refund.notification_url = Some(order.notification_url.clone());
    refund.merchant_comment = Some(comment::write(&order.order, &order.merchant_request_id));
    match client.refund(&refund).await {
        Ok(operation) => RefundSent::Answered(told(&operation)),
        Err(error) if error.outcome_unknown() || error.is_duplicate() => {
            RefundSent::Unclear(error.to_string())
        }
        Err(error) => {
            tracing::warn!(%error, "the bank did not take a refund");
            RefundSent::Answered(refused(&error))
        }
    }
}

/// Looks for a refund.
pub(super) async fn find(client: &Client, question: &RefundQuestion) -> Result<Option<RefundTold>, AskError> {
    let found = client.find_refund(&question.merchant_request_id).await;
    found.map(|operation| operation.as_ref().map(told)).map_err(|error| ask_error(&error))
}

/// What the bank's movement says of the refund. Words it may invent decide nothing.
fn told(operation: &BankOperation) -> RefundTold {
    let fact = match &operation.status {
        OperationStatus::Success => RefundFact::Done,
        OperationStatus::Fail | OperationStatus::ThreeDsModeError => RefundFact::Refused(reason(operation)),
        OperationStatus::Pending | OperationStatus::Required3ds | OperationStatus::Unrecognized(_) => {
            RefundFact::Taken
        }
    };
    RefundTold { fact, raw: Some(masked(operation).to_string()) }
}

/// By the bank's code; ours where the bank was not reached.
fn refused(error: &Error) -> RefundTold {
    if error.bank_error().is_some() {
        RefundTold::refused(code(error), &error.to_string())
    } else {
        RefundTold::not_sent()
    }
}
