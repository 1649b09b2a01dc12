//! Which page an order shows: decided by its state alone, so that Back, reload and a second tab are harmless.

use axum::extract::{Path, Query, State};
use axum::response::{IntoResponse as _, Redirect, Response};
use jiff::SignedDuration;
use serde::Deserialize;

use super::layout::Frame;
use super::texts::Language;
use super::{account, card, message, status as status_page, three_ds};
use crate::bank::cards::FormError;
use crate::bank::clock::Pace;
use crate::bank::operation::{Operation, OperationStatus};
use crate::bank::order::{Order, OrderStatus, PayType, StatusPage};
use crate::shared::Shared;

const TIMER: SignedDuration = SignedDuration::from_secs(60);
const PENDING_REFRESH_SECONDS: u32 = 1;

#[derive(Debug, Deserialize)]
pub(crate) struct Visit {
    #[serde(default)]
    hpp_id: String,
    lang: Option<String>,
}

/// What a page needs of the bank, taken in one look.
pub(crate) struct Seen {
    pub order: Order,
    pub merchant: String,
    pub language: Language,
    pub expired: bool,
    pace: Pace,
}

/// What the form that was just sent has to hear.
pub(crate) enum Word<'a> {
    Nothing,
    Form(&'a [FormError]),
    WrongCode,
}

pub(crate) async fn pay(State(shared): State<Shared>, Query(visit): Query<Visit>) -> Response {
    match see(&shared, &visit.hpp_id, visit.lang.as_deref()) {
        Some(seen) => form(&seen, &Word::Nothing),
        None => unknown(visit.lang.as_deref()),
    }
}

pub(crate) async fn status(State(shared): State<Shared>, Query(visit): Query<Visit>) -> Response {
    let Some(seen) = see(&shared, &visit.hpp_id, visit.lang.as_deref()) else {
        return unknown(visit.lang.as_deref());
    };
    let order = &seen.order;
    let mut frame = seen.frame("/status");
    if !order.status.is_final() {
        if !seen.processing() {
            return form(&seen, &Word::Nothing);
        }
        frame.refresh = Some((PENDING_REFRESH_SECONDS, seen.address("/status")));
        return status_page::page(&frame, order);
    }
    match order.request.status_page {
        StatusPage::MerchantPage => return Redirect::to(return_url(order)).into_response(),
        StatusPage::Timer => {
            let seconds = u32::try_from(seen.pace.wait(TIMER).as_secs()).unwrap_or(1).max(1);
            frame.refresh = Some((seconds, return_url(order).to_owned()));
        }
        StatusPage::Staying => {}
    }
    status_page::page(&frame, order)
}

/// What `receiptUrl` leads to.
pub(crate) async fn receipt(
    State(shared): State<Shared>,
    Path((ecom_operation_id, operation_id)): Path<(String, String)>,
) -> Response {
    let found = shared.look(|bank| {
        let found = bank.operation_of_receipt(&ecom_operation_id, &operation_id);
        found.map(|(order, operation)| (order.hpp_order_id.clone(), operation.clone()))
    });
    let seen = found.and_then(|(order, operation)| Some((see(&shared, &order, None)?, operation)));
    seen.map_or_else(
        || unknown(None),
        |(seen, operation)| status_page::receipt_page(&seen.frame("/status"), &operation),
    )
}

/// The page to fill in, or where the order stands if there is nothing to fill in.
pub(crate) fn form(seen: &Seen, word: &Word<'_>) -> Response {
    let (order, frame) = (&seen.order, seen.frame("/pay"));
    if seen.expired {
        return message::expired(&frame, order);
    }
    if order.status.is_final() || seen.processing() {
        return Redirect::to(&seen.address("/status")).into_response();
    }
    if order.status == OrderStatus::Required3ds {
        return three_ds::page(&frame, order, matches!(word, Word::WrongCode));
    }
    let declined = order.operations.last().is_some_and(|operation| operation.status == OperationStatus::Fail);
    let errors = match word {
        Word::Form(errors) => errors,
        Word::Nothing | Word::WrongCode => &[][..],
    };
    match order.request.pay_type {
        PayType::Purchase => card::page(&frame, order, errors, declined && errors.is_empty()),
        PayType::A2a => account::page(&frame, order, declined),
    }
}

pub(crate) fn see(shared: &Shared, hpp_order_id: &str, language: Option<&str>) -> Option<Seen> {
    shared.with(|bank| {
        let order = bank.order(hpp_order_id)?.clone();
        Some(Seen {
            language: Language::pick(language, &order.request.language),
            expired: order.expired(bank.clock.now()),
            merchant: bank.merchant.name.clone(),
            pace: bank.pace,
            order,
        })
    })
}

pub(crate) fn unknown(language: Option<&str>) -> Response {
    message::unknown(Language::pick(language, "uk"), "")
}

/// Failed, cancelled and untouched orders go back to `failUrl`; the rest, still pending included, to `successUrl`.
pub(crate) fn return_url(order: &Order) -> &str {
    let underway = order.operations.iter().any(Operation::may_have_moved_money);
    match order.status {
        OrderStatus::Success | OrderStatus::PartialRefund => &order.request.success_url,
        OrderStatus::Pending | OrderStatus::Required3ds if underway => &order.request.success_url,
        OrderStatus::Pending | OrderStatus::Required3ds | OrderStatus::Fail | OrderStatus::Canceled => {
            &order.request.fail_url
        }
    }
}

impl Seen {
    fn frame(&self, path: &'static str) -> Frame<'_> {
        Frame {
            language: self.language,
            merchant: &self.merchant,
            order: Some(&self.order),
            path,
            refresh: None,
        }
    }

    pub(crate) fn address(&self, path: &str) -> String {
        format!("{path}?hpp_id={}&lang={}", self.order.hpp_order_id, self.language.code())
    }

    fn processing(&self) -> bool {
        let pending = |one: &Operation| one.is_payment() && one.status == OperationStatus::Pending;
        self.order.operations.iter().any(pending)
    }
}
