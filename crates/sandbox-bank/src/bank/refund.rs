//! Refunds: what may be given back, the PENDING answer, and how it ends.

use jiff::{SignedDuration, Timestamp};
use serde_json::{Map, Value};
use uuid::Uuid;

use super::clock::later;
use super::faults::{Call, Kind};
use super::fields::Fields;
use super::operation::{Operation, OperationKind, OperationStatus, Original, Settling};
use super::order::{Order, OrderStatus};
use super::refusal::{self, Refusal};
use super::{Bank, cards, dates, messages, order_check};

const SETTLING: SignedDuration = SignedDuration::from_secs(5);
const LONG_PENDING: SignedDuration = SignedDuration::from_secs(60);
/// How far a refund's `date` may be from the bank's clock; the documents name the error, not the limit.
const CLOCK_TOLERANCE: SignedDuration = SignedDuration::from_mins(15);

#[derive(Debug)]
struct RefundRequest {
    merchant_request_id: String,
    merchant_id: String,
    operation_id: String,
    coin_amount: u64,
    date: String,
    notification_url: Option<String>,
    notification_encryption: bool,
    merchant_comment: Option<String>,
}

impl Bank {
    /// The plain text of the answer to refund; the caller encrypts it.
    pub(crate) fn refund(&mut self, service_code: &str, body: &Map<String, Value>) -> Result<Value, Refusal> {
        let now = self.clock.now();
        let request = check(body).map_err(refusal::validation)?;
        let terminal =
            self.merchant.by_merchant_id(&request.merchant_id).ok_or_else(refusal::merchant_not_found)?;
        if terminal.service_code != service_code {
            return Err(refusal::terminal_not_found());
        }
        if let Some((order, earlier)) = self.operation_of_request(&request.merchant_request_id) {
            let ids = [order.hpp_order_id.clone(), request.merchant_request_id.clone()];
            let answer = messages::operation(order, earlier, &self.origin, &self.merchant.name);
            let replay =
                self.faults.take(Call::Refund, Kind::DuplicateReplayed, &ids.each_ref().map(String::as_str));
            return replay.map(|_| answer).ok_or_else(|| refusal::duplicate("merchantRequestId"));
        }
        // The reader's clock is real time, whatever `/sandbox/clock` has added to ours.
        let in_time = dates::parse_dashed(&request.date).is_some_and(|date| {
            [now, Timestamp::now()].iter().any(|clock| date.duration_since(*clock).abs() <= CLOCK_TOLERANCE)
        });
        let order = self
            .orders
            .iter_mut()
            .find(|order| {
                order.request.merchant_id == request.merchant_id
                    && order.operations.iter().any(|one| is_payment_called(one, &request.operation_id))
            })
            .ok_or_else(refusal::operation_not_found)?;
        let paid = order
            .operations
            .iter()
            .find(|one| is_payment_called(one, &request.operation_id))
            .ok_or_else(refusal::operation_not_found)?;
        if !paid.succeeded() {
            return Err(refusal::refund_status());
        }
        if request.coin_amount > remaining(order, paid) {
            return Err(refusal::refund_amount());
        }

        let hpp_order_id = order.hpp_order_id.clone();
        let ids = [hpp_order_id.as_str(), request.merchant_request_id.as_str()];
        let wait = match self.faults.take(Call::Refund, Kind::Pending, &ids) {
            Some(fault) => fault.ms.map_or(LONG_PENDING, SignedDuration::from_millis),
            None => self.pace.wait(SETTLING),
        };
        let refusal = match cards::refund_by_amount(request.coin_amount) {
            Some(false) => Some(cards::REFUSED_REFUND),
            Some(true) | None => None,
        };
        let mut refund = pending_refund(paid, request, now);
        if in_time {
            refund.settling = Some(Settling { at: later(now, wait), refusal });
        } else {
            refund.finish(Some(cards::REFUSED_REFUND), now);
            refund.error_details = Some("b_security_time_in_request_not_correct");
        }
        let answer = messages::operation(order, &refund, &self.origin, &self.merchant.name);
        order.operations.push(refund);
        Ok(answer)
    }

    /// The operation that carries a merchant's own request id: refunds do, payments on the hosted page don't.
    pub(crate) fn operation_of_request(&self, merchant_request_id: &str) -> Option<(&Order, &Operation)> {
        self.find_operation(|one| one.merchant_request_id.as_deref() == Some(merchant_request_id))
    }

    pub(crate) fn operation_called(&self, operation_id: &str) -> Option<(&Order, &Operation)> {
        self.find_operation(|one| one.operation_id.as_deref() == Some(operation_id))
    }

    /// Both ids: a refund carries its payment's.
    pub(crate) fn operation_of_receipt(
        &self,
        ecom_operation_id: &str,
        operation_id: &str,
    ) -> Option<(&Order, &Operation)> {
        self.find_operation(|one| {
            one.ecom_operation_id == ecom_operation_id && one.operation_id.as_deref() == Some(operation_id)
        })
    }

    pub(super) fn conclude_refund(&mut self, hpp_order_id: &str, ecom_operation_id: &str, now: Timestamp) {
        let Some(order) = self.orders.iter_mut().find(|order| order.hpp_order_id == hpp_order_id) else {
            return;
        };
        let succeeded = |one: &&Operation| one.succeeded();
        let paid: u64 = order
            .operations
            .iter()
            .filter(|one| one.is_payment())
            .filter(succeeded)
            .map(|one| one.coin_amount)
            .sum();
        let back: u64 = order
            .operations
            .iter()
            .filter(|one| !one.is_payment())
            .filter(succeeded)
            .map(|one| one.coin_amount)
            .sum();
        // No status for "all of it" is documented; the bank's own plugins see SUCCESS then.
        order.status =
            if back > 0 && back < paid { OrderStatus::PartialRefund } else { OrderStatus::Success };
        self.announce(hpp_order_id, Some(ecom_operation_id), now);
    }

    fn find_operation(&self, fits: impl Fn(&Operation) -> bool) -> Option<(&Order, &Operation)> {
        self.orders
            .iter()
            .find_map(|order| order.operations.iter().find(|one| fits(one)).map(|found| (order, found)))
    }
}

fn is_payment_called(operation: &Operation, operation_id: &str) -> bool {
    operation.is_payment() && operation.operation_id.as_deref() == Some(operation_id)
}

/// What is left of a payment once refunds done and under way are counted.
fn remaining(order: &Order, paid: &Operation) -> u64 {
    let given_back: u64 = order
        .operations
        .iter()
        .filter(|one| one.original.as_ref().is_some_and(|of| of.ecom_operation_id == paid.ecom_operation_id))
        .filter(|one| one.may_have_moved_money())
        .map(|one| one.coin_amount)
        .sum();
    paid.coin_amount.saturating_sub(given_back)
}

fn pending_refund(paid: &Operation, request: RefundRequest, now: Timestamp) -> Operation {
    Operation {
        kind: OperationKind::Refund,
        status: OperationStatus::Pending,
        operation_id: paid.operation_id.clone(),
        ecom_operation_id: Uuid::new_v4().to_string(),
        merchant_request_id: Some(request.merchant_request_id),
        coin_amount: request.coin_amount,
        source: None,
        created: now,
        modified: now,
        instrument: paid.instrument.clone(),
        three_ds: false,
        refusal: None,
        approval_code: None,
        rrn: None,
        error_details: None,
        settling: None,
        original: Some(Original {
            operation_id: paid.operation_id.clone(),
            ecom_operation_id: paid.ecom_operation_id.clone(),
            coin_amount: paid.coin_amount,
            rrn: paid.rrn.clone(),
        }),
        notification_url: request.notification_url,
        notification_encryption: request.notification_encryption,
        merchant_comment: request.merchant_comment,
        repeated: false,
    }
}

fn check(body: &Map<String, Value>) -> Result<RefundRequest, Vec<String>> {
    let mut fields = Fields::of(body, "");
    let request = RefundRequest {
        merchant_request_id: fields.required("merchantRequestId", 36),
        merchant_id: fields.required("merchantId", 36),
        operation_id: fields.required("operationId", 64),
        coin_amount: coin_amount(&mut fields, body),
        date: fields.required("date", 64),
        notification_url: fields.checked("notificationUrl", 255, "must be a URL", order_check::is_url),
        notification_encryption: fields.flag("notificationEncryption"),
        merchant_comment: fields.checked(
            "merchantComment",
            255,
            "contains characters that are not allowed",
            order_check::is_comment,
        ),
    };
    if fields.errors.is_empty() { Ok(request) } else { Err(fields.errors) }
}

/// The documents say string, the SDKs send a number: both are taken.
fn coin_amount(fields: &mut Fields<'_>, body: &Map<String, Value>) -> u64 {
    let value = body.get("coinAmount");
    let amount = value.and_then(|value| value.as_u64().or_else(|| value.as_str()?.parse().ok()));
    let amount = amount.filter(|amount| *amount > 0);
    if amount.is_none() {
        fields.wrong("coinAmount", "must be a positive whole number");
    }
    amount.unwrap_or_default()
}
