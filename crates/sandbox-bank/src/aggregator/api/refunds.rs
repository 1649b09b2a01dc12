//! Refunds: taken, asked about, cancelled while requested.

use axum::body::Bytes;
use axum::extract::{Path, Query, State};
use axum::http::HeaderMap;
use axum::response::Response;
use jiff::SignedDuration;
use serde::Deserialize;
use serde_json::{Value, json};

use super::call;
use crate::aggregator::messages;
use crate::aggregator::payment::Payment;
use crate::aggregator::refund::{DONE_AFTER, Refund, RefundStatus};
use crate::aggregator::trouble::Trouble;
use crate::bank::Bank;
use crate::bank::faults::{Call, Kind};
use crate::shared::Shared;

const PENDING_MS: i64 = 60_000;

pub(super) async fn create(
    State(shared): State<Shared>,
    Path((_, id)): Path<(String, String)>,
    headers: HeaderMap,
    body: Bytes,
) -> Response {
    let body = call::read(&body);
    let path = format!("refund {id}");
    call::once(shared, Call::Refund, &path, id.clone(), &headers, move |shared, begun| {
        let body = body?;
        let pending = begun.take(Kind::Pending);
        shared.with(|bank| {
            let (now, pace) = (bank.clock.now(), bank.pace);
            let takes = pending.map_or_else(
                || pace.wait(DONE_AFTER),
                |fault| SignedDuration::from_millis(fault.ms.unwrap_or(PENDING_MS)),
            );
            let payment = bank.aggregator.payments.iter_mut().find(|payment| payment.id == id);
            let payment = payment.ok_or_else(|| Trouble::unknown("UNKNOWN_PAYMENT_ID"))?;
            let refund = payment.refund(&body, takes, now)?.clone();
            let shown = messages::refund(&refund, payment);
            bank.announce_refund(&id, &refund.id, now);
            if refund.is_requested() {
                Ok((201, shown))
            } else {
                Err(Trouble::declined("refundResult", shown))
            }
        })
    })
    .await
}

pub(super) async fn of_payment(
    State(shared): State<Shared>,
    Path((_, id)): Path<(String, String)>,
) -> Response {
    call::ask(shared, Call::Operations, id.clone(), |shared, _| {
        shared.with(|bank| {
            let payment = bank.aggregator.payments.iter().find(|payment| payment.id == id);
            let payment = payment.ok_or_else(|| Trouble::unknown("UNKNOWN_PAYMENT_ID"))?;
            let refunds: Vec<Value> =
                payment.refunds.iter().map(|refund| messages::refund(refund, payment)).collect();
            Ok((200, json!({"refunds": refunds})))
        })
    })
    .await
}

pub(super) async fn one(State(shared): State<Shared>, Path((_, id)): Path<(String, String)>) -> Response {
    call::ask(shared, Call::Operations, id.clone(), |shared, _| {
        shared.with(|bank| {
            let (payment, refund) = named(bank, &id)?;
            Ok((200, messages::refund(refund, payment)))
        })
    })
    .await
}

pub(super) async fn cancel(State(shared): State<Shared>, Path((_, id)): Path<(String, String)>) -> Response {
    call::ask(shared, Call::Refund, id.clone(), |shared, _| {
        shared.with(|bank| {
            let now = bank.clock.now();
            let payment = named(bank, &id)?.0.id.clone();
            let ended = bank
                .aggregator
                .payments
                .iter_mut()
                .flat_map(|payment| &mut payment.refunds)
                .find(|refund| refund.id == id)
                .is_some_and(|refund| refund.end(RefundStatus::Cancelled, now));
            if !ended {
                return Err(Trouble::not_possible("REFUND_CANNOT_BE_CANCELLED"));
            }
            bank.announce_refund(&payment, &id, now);
            Ok((204, Value::Null))
        })
    })
    .await
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Filter {
    #[serde(default)]
    merchant_reference: String,
}

pub(super) async fn find(State(shared): State<Shared>, Query(filter): Query<Filter>) -> Response {
    let wanted = filter.merchant_reference;
    call::ask(shared, Call::Operations, wanted.clone(), |shared, _| {
        shared.with(|bank| {
            let payments = bank.aggregator.payments.iter();
            let refunds = payments.flat_map(|one| one.refunds.iter().map(move |refund| (one, refund)));
            let found: Vec<Value> = refunds
                .filter(|(_, refund)| refund.reference == wanted)
                .map(|(one, refund)| messages::refund(refund, one))
                .collect();
            Ok((200, json!({"refunds": found, "totalCount": found.len(), "offset": 0, "limit": 10})))
        })
    })
    .await
}

fn named<'a>(bank: &'a Bank, id: &str) -> Result<(&'a Payment, &'a Refund), Trouble> {
    bank.aggregator
        .payments
        .iter()
        .find_map(|payment| Some((payment, payment.refunds.iter().find(|refund| refund.id == id)?)))
        .ok_or_else(|| Trouble::unknown("UNKNOWN_REFUND_ID"))
}
