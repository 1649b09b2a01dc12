//! A payment of the platform as the ledger reads it: the order's word, and movements of money.

use serde_json::json;
use worldline_connect::{ALIPAY_PLUS, Payment, PaymentStatus, Refund, RefundStatus};

use super::{changed_at, reference};
use crate::provider::{Answer, Operation, OperationKind, OperationStatus, OrderWord};

/// The word for the one movement that brings money.
const SALE: &str = "SALE";
const REFUND: &str = "REFUND";

/// Whether the platform has refunds of it to tell about.
pub(super) fn has_refunds(payment: &Payment) -> bool {
    let output = &payment.payment_output;
    [output.amount_refunded, output.amount_refund_requested].into_iter().flatten().any(|minor| minor > 0)
        || payment.status == PaymentStatus::Refunded
}

/// The whole answer.
pub(super) fn read(payment: &Payment, refunds: &[Refund], merchant_id: &str) -> Answer {
    let standing = Standing::of(&payment.status);
    let mut operations = Vec::new();
    if let Some(status) = standing.capture {
        operations.push(capture(payment, status));
    }
    operations.extend(refunds.iter().map(|refund| give_back(payment, refund)));
    if let Some((id, status)) = standing.taken {
        operations.push(taken_back(payment, &id, status));
    }
    let reference = payment.payment_output.references.merchant_reference.as_deref().unwrap_or_default();
    Answer {
        bank_order: payment.id.clone(),
        bank_reference: None,
        // The call is the merchant's own: another merchant's payment is not found by it.
        merchant_id: merchant_id.to_owned(),
        merchant_request_id: reference::request_id(reference),
        order: standing.order,
        operations,
        raw: raw(payment, refunds),
    }
}

/// A refund's id begins with the 20 characters of its payment's merchant and order.
pub(super) fn payment_of_refund(refund: &str) -> Option<String> {
    let order = refund.get(..20).filter(|order| order.bytes().all(|byte| byte.is_ascii_digit()))?;
    Some(format!("{order}0000100001"))
}

/// Such a movement has no id at the platform: it is named by its payment and the status that tells of it.
pub(super) fn taken_back_id(payment: &str, status: &str) -> String {
    format!("{payment}#{status}")
}

/// What a refund's status means for the money.
pub(super) fn refund_status(status: &RefundStatus) -> OperationStatus {
    match status {
        RefundStatus::Refunded => OperationStatus::Success,
        RefundStatus::Rejected | RefundStatus::RejectedCapture | RefundStatus::Cancelled => {
            OperationStatus::Failed(status.as_str().to_owned())
        }
        RefundStatus::Created
        | RefundStatus::PendingApproval
        | RefundStatus::RefundRequested
        | RefundStatus::Captured
        | RefundStatus::Unrecognized(_) => OperationStatus::Undecided(status.as_str().to_owned()),
    }
}

/// What a payment's status means for the money.
struct Standing {
    order: OrderWord,
    capture: Option<OperationStatus>,
    /// Another hand than the merchant's takes the money: the status that names the movement, and how it stands.
    taken: Option<(PaymentStatus, OperationStatus)>,
}

impl Standing {
    fn of(status: &PaymentStatus) -> Self {
        let stands = |order, capture| Self { order, capture, taken: None };
        let came = Some(OperationStatus::Success);
        let word = || status.as_str().to_owned();
        let failed = Some(OperationStatus::Failed(word()));
        match status {
            PaymentStatus::Captured => stands(OrderWord::Succeeded, came),
            PaymentStatus::Paid | PaymentStatus::Refunded => stands(OrderWord::Settled, came),
            PaymentStatus::Rejected => stands(OrderWord::Failed, failed),
            PaymentStatus::Cancelled => stands(OrderWord::Cancelled, failed),
            // The money is there. The dispute is the movement that may take it, and is named as that one will be.
            PaymentStatus::ChargebackNotification => Self {
                taken: Some((PaymentStatus::Chargebacked, OperationStatus::Undecided(word()))),
                ..stands(OrderWord::Alarming(word()), came)
            },
            // The merchant had the money and has it no more. It is no refund: the buyer was promised none.
            PaymentStatus::Reversed | PaymentStatus::Chargebacked => Self {
                taken: Some((status.clone(), OperationStatus::Success)),
                ..stands(OrderWord::Succeeded, came)
            },
            // Nobody collected anything. Where it was called captured before, that money is missing now.
            PaymentStatus::RejectedCapture => Self {
                taken: Some((status.clone(), OperationStatus::Success)),
                ..stands(OrderWord::Failed, failed)
            },
            // The buyer has done their part, and somebody at the platform has to decide.
            PaymentStatus::PendingFraudApproval => {
                stands(OrderWord::Alarming(word()), Some(OperationStatus::Undecided(word())))
            }
            PaymentStatus::Created
            | PaymentStatus::Redirected
            | PaymentStatus::PendingPayment
            | PaymentStatus::AccountVerified
            | PaymentStatus::PendingApproval
            | PaymentStatus::PendingCompletion
            | PaymentStatus::PendingCapture
            | PaymentStatus::AuthorizationRequested
            | PaymentStatus::CaptureRequested => stands(OrderWord::Open, None),
            PaymentStatus::Unrecognized(word) => stands(OrderWord::Unknown(word.clone()), None),
        }
    }
}

fn capture(payment: &Payment, status: OperationStatus) -> Operation {
    let output = &payment.payment_output;
    let ordered = output.amount_of_money.as_ref().map_or(0, |amount| amount.amount);
    // The collection may come in parts, and only then differs from what was ordered.
    let collected = if status == OperationStatus::Success {
        output.amount_paid.filter(|minor| *minor > 0).or(output.amount_captured)
    } else {
        None
    };
    let minor = collected.filter(|minor| *minor > 0).unwrap_or(ordered);
    let failed = matches!(status, OperationStatus::Failed(_));
    // The platform dates statuses, not movements: the first status we hear of dates the movement (`newest_of` keeps it).
    let changed = changed_at(payment.status_output.status_code_change_date_time.as_deref());
    Operation {
        id: payment.id.clone(),
        kind: OperationKind::Capture(SALE.to_owned()),
        status,
        amount_minor: minor,
        currency: currency(payment),
        charged_minor: minor,
        operation_id: Some(payment.id.clone()),
        merchant_request_id: None,
        gives_back: None,
        refundable: payment.status_output.is_refundable,
        rrn: None,
        instrument: output.redirect.wallet_used().map(str::to_owned),
        payment_service: Some("ALIPAY_PLUS".to_owned()),
        reason: failed.then(|| refusal_code(payment)),
        receipt: None,
        created_at: changed,
        modified_at: changed,
    }
}

fn give_back(payment: &Payment, refund: &Refund) -> Operation {
    let changed = changed_at(refund.status_output.status_code_change_date_time.as_deref());
    let minor = refund.refund_output.amount_of_money.as_ref().map_or(0, |amount| amount.amount);
    let status = refund_status(&refund.status);
    let reference = refund.refund_output.references.merchant_reference.as_deref();
    Operation {
        id: refund.id.clone(),
        kind: OperationKind::Refund(REFUND.to_owned()),
        reason: match &status {
            OperationStatus::Failed(word) => Some(word.clone()),
            OperationStatus::Success | OperationStatus::Undecided(_) => None,
        },
        status,
        merchant_request_id: reference.filter(|text| !text.is_empty()).map(reference::request_id),
        created_at: changed,
        modified_at: changed,
        ..went(payment, minor)
    }
}

/// `named` is the status that the movement has when it is done, whatever the payment's is now.
fn taken_back(payment: &Payment, named: &PaymentStatus, status: OperationStatus) -> Operation {
    let word = payment.status.as_str();
    let output = &payment.payment_output;
    let ordered = output.amount_of_money.as_ref().map_or(0, |amount| amount.amount);
    let minor = output.amount_reversed.filter(|minor| *minor > 0).unwrap_or(ordered);
    let changed = changed_at(payment.status_output.status_code_change_date_time.as_deref());
    Operation {
        id: taken_back_id(&payment.id, named.as_str()),
        kind: OperationKind::Other(word.to_owned()),
        status,
        created_at: changed,
        // A dispute is won, lost and raised again: the later status tells, in whatever order the answers come.
        modified_at: changed,
        ..went(payment, minor)
    }
}

/// A movement of money away from the merchant.
fn went(payment: &Payment, minor: i64) -> Operation {
    Operation {
        id: String::new(),
        kind: OperationKind::Refund(REFUND.to_owned()),
        status: OperationStatus::Success,
        amount_minor: minor,
        currency: currency(payment),
        charged_minor: minor,
        operation_id: None,
        merchant_request_id: None,
        gives_back: Some(payment.id.clone()),
        refundable: false,
        rrn: None,
        instrument: None,
        payment_service: None,
        reason: None,
        receipt: None,
        created_at: None,
        modified_at: None,
    }
}

fn currency(payment: &Payment) -> String {
    let amount = payment.payment_output.amount_of_money.as_ref();
    amount.map_or_else(String::new, |amount| amount.currency_code.clone())
}

/// Why a payment failed: the platform's code, or the number of its status.
pub(super) fn refusal_code(payment: &Payment) -> String {
    let status = &payment.status_output;
    let told = status.errors.first().and_then(|error| error.code.clone());
    told.or_else(|| status.status_code.map(|code| code.to_string()))
        .unwrap_or_else(|| payment.status.as_str().to_owned())
}

/// What the history keeps: only what is named here, so nothing personal can slip in.
fn raw(payment: &Payment, refunds: &[Refund]) -> String {
    let output = &payment.payment_output;
    let refunds: Vec<_> = refunds
        .iter()
        .map(|refund| {
            json!({
                "id": refund.id,
                "status": refund.status.as_str(),
                "amount": refund.refund_output.amount_of_money,
            })
        })
        .collect();
    json!({
        "id": payment.id,
        "status": payment.status.as_str(),
        "statusCode": payment.status_output.status_code,
        "isRefundable": payment.status_output.is_refundable,
        "paymentProductId": output.redirect.payment_product_id.unwrap_or(i64::from(ALIPAY_PLUS)),
        "walletUsed": output.redirect.wallet_used(),
        "amountOfMoney": output.amount_of_money,
        "amountPaid": output.amount_paid,
        "amountRefunded": output.amount_refunded,
        "merchantReference": output.references.merchant_reference,
        "refunds": refunds,
    })
    .to_string()
}
