//! The bank's answers and notifications as JSON. Written field by field from the documents and on purpose without
//! the client's types: if both shared code, both could be wrong together.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde_json::{Map, Value, json};

use super::dates;
use super::operation::{Instrument, Operation, OperationStatus};
use super::order::{Order, TryMode};

/// The answer to create-order.
pub(crate) fn created(order: &Order, origin: &str) -> Value {
    let mut body = shared(order, origin);
    body.insert("nbuQrCode".to_owned(), order.request.wants_qr.then(|| qr_link(order)).into());
    body.into()
}

/// The answer to operations.
pub(crate) fn operations(order: &Order, origin: &str, merchant_name: &str) -> Value {
    let mut body = shared(order, origin);
    let list: Vec<Value> =
        order.operations.iter().map(|one| operation(order, one, origin, merchant_name)).collect();
    body.insert("notificationUrl".to_owned(), json!(order.request.notification_url));
    body.insert("operations".to_owned(), list.into());
    body.into()
}

/// A notification; `of` is the operation it is about (none: a cancelled order).
pub(crate) fn notification(
    order: &Order,
    of: Option<&Operation>,
    origin: &str,
    merchant_name: &str,
) -> Value {
    let mut body = shared(order, origin);
    let about = of.map_or_else(|| json!({}), |one| operation(order, one, origin, merchant_name));
    body.insert("notificationUrl".to_owned(), json!(order.request.notification_url));
    body.insert("notificationEncryption".to_owned(), order.request.notification_encryption.into());
    body.insert("hppDirectType".to_owned(), json!(order.request.direct_type));
    body.insert("tryMode".to_owned(), order.request.try_mode.unwrap_or(TryMode::OneTry).wire().into());
    body.insert("operation".to_owned(), about);
    body.into()
}

/// The same message as if nothing had been decided yet: for answers and notifications that lag behind.
pub(crate) fn still_pending(mut body: Value) -> Value {
    let pend = |operation: &mut Value| {
        if let Some(operation) = operation.as_object_mut().filter(|fields| !fields.is_empty()) {
            operation.insert("status".to_owned(), OperationStatus::Pending.wire().into());
            operation.insert("transactionResponseInfo".to_owned(), json!({}));
            for name in ["approvalCode", "rrn", "receiptUrl", "processingDateTime", "errorDetails"] {
                operation.remove(name);
            }
        }
    };
    if let Some(fields) = body.as_object_mut() {
        fields.insert("orderStatus".to_owned(), "PENDING".into());
        fields.get_mut("operation").map(pend);
        if let Some(list) = fields.get_mut("operations").and_then(Value::as_array_mut) {
            list.iter_mut().for_each(pend);
        }
    }
    body
}

/// One operation, as in `operations[]` and in a notification.
pub(crate) fn operation(order: &Order, operation: &Operation, origin: &str, merchant_name: &str) -> Value {
    let mut body = Map::new();
    let mut put = |name: &str, value: Value| body.insert(name.to_owned(), value);
    put("type", operation.kind.wire().into());
    put("status", operation.status.wire().into());
    put("ecomOperationId", json!(operation.ecom_operation_id));
    put("hppOrderId", json!(order.hpp_order_id));
    put("merchantId", json!(order.request.merchant_id));
    put("merchantName", merchant_name.into());
    put("creatorSystem", "HPP".into());
    put("processingMerchantId", "SANDBOX00000001".into());
    put("processingTerminalId", "SBX00001".into());
    put("productType", "ECOM".into());
    put("coinAmount", operation.coin_amount.into());
    put("transactionCurrency", "980".into());
    put("merchantCommission", 0.into());
    put("transactionType", operation.kind.transaction_type().into());
    put("transactionResponseInfo", response_info(operation));
    put("creationDateTime", dates::dashed(operation.created).into());
    put("modificationDateTime", dates::dashed(operation.modified).into());
    put("notificationEncryption", operation.notification_encryption.into());
    put("notificationSignature", false.into());
    put("bankCode", "ALLIANCE".into());
    put("senderCustomerId", order.request.customer.get("senderCustomerId").cloned().unwrap_or_default());
    match &operation.instrument {
        Instrument::Card { mask, system } => {
            put("paymentServiceType", "CARD".into());
            put("paymentSystem", (*system).into());
            put("cardNumberMask", json!(mask));
        }
        Instrument::Account { bank } => {
            put("paymentServiceType", "ACCOUNT".into());
            put("senderBankCode", json!(bank));
            put("repeatedPayment", operation.repeated.into());
        }
    }
    if operation.three_ds {
        put("threeDSMode", "MUST".into());
        put("statusThreeDs", if operation.succeeded() { "Y" } else { "N" }.into());
    }
    if operation.status == OperationStatus::Success || operation.status == OperationStatus::Fail {
        put("processingDateTime", dates::dotted(operation.modified).into());
    }
    let mut put_some =
        |name: &str, value: Option<Value>| value.map(|value| body.insert(name.to_owned(), value));
    put_some("operationId", operation.operation_id.as_deref().map(Value::from));
    put_some("receiptUrl", operation.receipt_url(origin).map(Value::from));
    put_some("merchantRequestId", operation.merchant_request_id.as_deref().map(Value::from));
    put_some("approvalCode", operation.approval_code.as_deref().map(Value::from));
    put_some("rrn", operation.rrn.as_deref().map(Value::from));
    put_some("errorDetails", operation.error_details.map(Value::from));
    put_some("notificationUrl", operation.notification_url.as_deref().map(Value::from));
    put_some("purpose", order.request.purpose.as_deref().map(Value::from));
    let comment = operation.merchant_comment.as_ref().or(order.request.merchant_comment.as_ref());
    put_some("merchantComment", comment.map(|text| json!(text)));
    if let Some(source) = &operation.source {
        put_some("sourceAmount", Some(source.amount.into()));
        put_some("sourceCurrencyCode", Some(source.currency.into()));
        put_some("conversionRate", Some(json!(source.rate)));
    }
    if let Some(original) = &operation.original {
        put_some("originalOperationId", Some(json!(original.operation_id)));
        put_some("originalCoinAmount", Some(original.coin_amount.into()));
        put_some("originalEcomOperationId", Some(json!(original.ecom_operation_id)));
        put_some("rrnOriginal", original.rrn.as_deref().map(Value::from));
    }
    body.into()
}

/// The sandbox's NBU QR text: shaped like the real one, naming an account that can't exist.
pub(crate) fn qr_link(order: &Order) -> String {
    let (kopecks, _) = super::conversion::charge(order.request.coin_amount, order.request.currency);
    let text = format!(
        "BCD\n002\n2\nUCT\n\nSANDBOX - DO NOT PAY\nUA000000000000000000000000000\nUAH{}.{:02}\n00000000\n\n\n{}\n",
        kopecks / 100,
        kopecks % 100,
        order.hpp_order_id
    );
    format!("https://bank.gov.ua/qr/{}", URL_SAFE_NO_PAD.encode(text))
}

fn shared(order: &Order, origin: &str) -> Map<String, Value> {
    let request = &order.request;
    let body = json!({
        "hppOrderId": order.hpp_order_id,
        "ecomOrderId": order.ecom_order_id,
        "merchantRequestId": request.merchant_request_id,
        "merchantId": request.merchant_id,
        "hppPayType": request.pay_type.wire(),
        "paymentMethods": request.payment_methods,
        "coinAmount": request.coin_amount,
        "orderStatus": order.status.wire(),
        "createDate": dates::dashed(order.created),
        "expiredOrderDate": dates::dashed(order.expires),
        "redirectUrl": order.page_url(origin),
        "statusUrl": order.status_url(origin),
    });
    body.as_object().cloned().unwrap_or_default()
}

/// Approved card operations say 0/00; account payments say nothing; a running one holds nulls.
fn response_info(operation: &Operation) -> Value {
    if let Some(refusal) = operation.refusal {
        return json!({
            "actionCode": refusal.action,
            "responseCode": refusal.response,
            "description": refusal.description,
        });
    }
    match (&operation.instrument, operation.status) {
        (Instrument::Card { .. }, OperationStatus::Success) => {
            json!({"actionCode": "0", "responseCode": "00", "description": "Approved"})
        }
        (Instrument::Account { .. }, _) => json!({}),
        (_, OperationStatus::Pending | OperationStatus::Required3ds | OperationStatus::Fail) => {
            json!({"actionCode": null, "responseCode": null, "description": null})
        }
    }
}
