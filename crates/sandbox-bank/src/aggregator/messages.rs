//! The platform's objects as JSON, written from the documents.

use jiff::Timestamp;
use serde_json::{Value, json};

use super::payment::{Payment, Status};
use super::products::ALIPAY_PLUS;
use super::refund::Refund;

pub(crate) fn payment(payment: &Payment) -> Value {
    as_of(payment, payment.status)
}

/// The payment as it was at an earlier status: what a stale answer or a late message shows.
pub(crate) fn as_of(payment: &Payment, status: Status) -> Value {
    let (word, category, code) = status.wire();
    let (refunded, requested) = payment.refunded();
    let paid = matches!(status, Status::Paid | Status::Refunded | Status::ChargebackNotification);
    let came = paid || status == Status::Captured;
    let mut output = json!({
        "amountOfMoney": {"amount": payment.amount, "currencyCode": payment.currency},
        "references": {
            "merchantReference": payment.reference,
            "paymentReference": payment.order.to_string(),
        },
        "paymentMethod": "redirect",
        "redirectPaymentMethodSpecificOutput": {"paymentProductId": ALIPAY_PLUS},
        "amountPaid": if paid { payment.collected } else { 0 },
        "amountCaptured": if came { payment.amount } else { 0 },
        "amountRefundRequested": requested,
        "amountRefunded": refunded,
    });
    if let Some(wallet) = payment.wallet.filter(|_| status.is_decided()) {
        output["redirectPaymentMethodSpecificOutput"]["paymentProduct866SpecificOutput"] =
            json!({"walletUsed": wallet});
    }
    let mut status_output = json!({
        "isAuthorized": came,
        "isCancellable": false,
        "isRefundable": status == Status::Paid && payment.is_refundable(),
        "isRetriable": false,
        "statusCategory": category,
        "statusCodeChangeDateTime": stamp(payment.changed),
    });
    if code > 0 {
        status_output["statusCode"] = json!(code);
    }
    json!({"id": payment.id, "paymentOutput": output, "status": word, "statusOutput": status_output})
}

pub(crate) fn created(payment_of: &Payment, origin: &str) -> Value {
    let mut message = json!({
        "creationOutput": {
            "additionalReference": payment_of.additional_reference(),
            "externalReference": payment_of.id,
        },
        "payment": payment(payment_of),
    });
    if payment_of.status == Status::Redirected {
        message["merchantAction"] = json!({
            "actionType": "REDIRECT",
            "redirectData": {"RETURNMAC": payment_of.return_mac, "redirectURL": payment_of.page_url(origin)},
            "showData": [],
        });
    }
    message
}

pub(crate) fn refund(refund: &Refund, payment: &Payment) -> Value {
    let (word, category, code) = refund.status.wire();
    json!({
        "id": refund.id,
        "refundOutput": {
            "amountOfMoney": {"amount": refund.amount, "currencyCode": payment.currency},
            "amountPaid": payment.amount,
            "references": {"merchantReference": refund.reference, "paymentReference": "0"},
            "paymentMethod": "eWallet",
            "eWalletRefundMethodSpecificOutput": {"paymentProductId": ALIPAY_PLUS},
        },
        "status": word,
        "statusOutput": {
            "isCancellable": refund.is_requested(),
            "statusCategory": category,
            "statusCode": code,
            "statusCodeChangeDateTime": stamp(refund.changed),
        },
    })
}

fn stamp(time: Timestamp) -> String {
    time.strftime("%Y%m%d%H%M%S").to_string()
}
