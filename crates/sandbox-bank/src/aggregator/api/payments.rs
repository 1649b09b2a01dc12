//! Payments: made, asked about, found.

use axum::body::Bytes;
use axum::extract::{Path, Query, State};
use axum::http::HeaderMap;
use axum::response::Response;
use jiff::SignedDuration;
use serde::Deserialize;
use serde_json::{Value, json};

use super::call::{self, Answer, InCall};
use crate::aggregator::messages;
use crate::aggregator::payment::{Ordered, Status};
use crate::aggregator::trouble::Trouble;
use crate::bank::Bank;
use crate::bank::faults::{Call, Kind};
use crate::shared::Shared;

/// Orders of the aggregator count from here, as its documentation's example does.
const FIRST_ORDER: u64 = 1_000_015_778;
const PENDING_MS: i64 = 5_000;

pub(super) async fn create(
    State(shared): State<Shared>,
    Path(merchant): Path<String>,
    headers: HeaderMap,
    body: Bytes,
) -> Response {
    let body = call::read(&body);
    let name = body.as_ref().ok().and_then(|body| body.pointer("/order/references/merchantReference"));
    let name = name.and_then(Value::as_str).unwrap_or_default().to_owned();
    call::once(shared, Call::CreateOrder, "payments", name, &headers, move |shared, begun| {
        let ordered = Ordered::read(&body?)?;
        let (expired, pending) = (begun.take(Kind::Expired), begun.take(Kind::Pending));
        shared.with(|bank| {
            let now = bank.clock.now();
            let order = FIRST_ORDER + u64::try_from(bank.aggregator.payments.len()).unwrap_or(0);
            let declined = ordered.is_declined_at_once();
            let mut payment = ordered.into_payment(&merchant, order, now);
            if expired.is_some() {
                payment.expires = now;
            }
            payment.slow_wallet =
                pending.map(|fault| SignedDuration::from_millis(fault.ms.unwrap_or(PENDING_MS)));
            let first = if declined { Status::Rejected } else { Status::Redirected };
            let id = bank.keep_payment(payment, first, now);
            let made = created(bank, &id)?;
            if declined { Err(Trouble::declined("paymentResult", made)) } else { Ok((201, made)) }
        })
    })
    .await
}

pub(super) async fn one(State(shared): State<Shared>, Path((_, id)): Path<(String, String)>) -> Response {
    call::ask(shared, Call::Operations, id.clone(), |shared, begun| {
        let stale = begun.take(Kind::Pending).is_some();
        shared.with(|bank| {
            let payment = bank.aggregator.payments.iter().find(|payment| payment.id == id);
            let payment = payment.ok_or_else(|| Trouble::unknown("UNKNOWN_PAYMENT_ID"))?;
            let shown =
                if stale { messages::as_of(payment, Status::Redirected) } else { messages::payment(payment) };
            Ok((200, shown))
        })
    })
    .await
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Filter {
    #[serde(default)]
    merchant_reference: Option<String>,
    #[serde(default)]
    offset: usize,
    #[serde(default = "ten")]
    limit: usize,
}

const fn ten() -> usize {
    10
}

pub(super) async fn find(State(shared): State<Shared>, Query(filter): Query<Filter>) -> Response {
    let name = filter.merchant_reference.clone().unwrap_or_default();
    call::ask(shared, Call::Operations, name, |shared: &Shared, _: &InCall| -> Answer {
        shared.with(|bank| {
            let wanted = filter.merchant_reference.as_deref();
            let found: Vec<Value> = bank
                .aggregator
                .payments
                .iter()
                .filter(|payment| wanted.is_none_or(|wanted| payment.reference == wanted))
                .map(messages::payment)
                .collect();
            let limit = filter.limit.min(100);
            let shown: Vec<&Value> = found.iter().skip(filter.offset).take(limit).collect();
            Ok((200, json!({"payments": shown, "totalCount": found.len(), "offset": filter.offset, "limit": limit})))
        })
    })
    .await
}

/// Only the Alipay+ side can cancel.
pub(super) async fn cancel(State(shared): State<Shared>, Path((_, id)): Path<(String, String)>) -> Response {
    call::ask(shared, Call::Operations, id.clone(), |shared, _| {
        let known = shared.look(|bank| bank.aggregator.payments.iter().any(|payment| payment.id == id));
        let refused = if known {
            Trouble::not_possible("PAYMENT_CANNOT_BE_CANCELLED")
        } else {
            Trouble::unknown("UNKNOWN_PAYMENT_ID")
        };
        Err(refused)
    })
    .await
}

fn created(bank: &Bank, id: &str) -> Result<Value, Trouble> {
    let payment = bank.aggregator.payment(id).ok_or_else(Trouble::server)?;
    Ok(messages::created(payment, &bank.origin))
}
