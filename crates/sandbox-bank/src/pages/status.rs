//! The status page: how it ended, and the way back to the shop. The timer kind goes back by itself.

use axum::http::StatusCode;
use axum::response::Response;
use maud::{Markup, html};

use super::layout::{Frame, back};
use crate::bank::operation::{Instrument, Operation};
use crate::bank::order::{Order, OrderStatus, StatusPage};

/// An order with an answer, or with an attempt that is still being processed.
pub(crate) fn page(frame: &Frame<'_>, order: &Order) -> Response {
    let language = frame.language;
    let (class, heading, lead) = match order.status {
        OrderStatus::Success | OrderStatus::PartialRefund => {
            ("good", language.paid_heading(), language.paid_lead())
        }
        OrderStatus::Fail => ("bad", language.declined_heading(), language.declined_lead()),
        OrderStatus::Canceled => ("plain", language.cancelled_heading(), language.cancelled_lead()),
        OrderStatus::Pending | OrderStatus::Required3ds => {
            ("wait", language.pending_heading(), language.pending_lead())
        }
    };
    let leaves = order.status.is_final() && order.request.status_page == StatusPage::Timer;
    let last = order.operations.iter().rev().find(|operation| operation.is_payment());
    let main = html! {
        section.outcome.(class) data-status=(order.status.wire()) {
            p.seal aria-hidden="true" {}
            h1 role="status" { (heading) }
            p { (lead) }
            @if let Some(operation) = last { (receipt(frame, operation)) }
            (back(order, language, "primary"))
            @if leaves { p.small { (language.soon_back()) } }
        }
    };
    frame.page(StatusCode::OK, &main)
}

/// The receipt of one operation.
pub(crate) fn receipt_page(frame: &Frame<'_>, operation: &Operation) -> Response {
    let main = html! {
        section.outcome.plain data-receipt=(operation.ecom_operation_id) {
            h1 { (frame.language.receipt_heading()) }
            (receipt(frame, operation))
        }
    };
    frame.page(StatusCode::OK, &main)
}

fn receipt(frame: &Frame<'_>, operation: &Operation) -> Markup {
    let language = frame.language;
    let card = match &operation.instrument {
        Instrument::Card { mask, .. } => Some(mask),
        Instrument::Account { .. } => None,
    };
    html! {
        dl {
            @if let Some(mask) = card { dt { (language.card_used()) } dd.mono { (mask) } }
            @if let Some(code) = &operation.approval_code { dt { (language.approval()) } dd.mono { (code) } }
            @if let Some(why) = operation.refusal { dt { (language.reason()) } dd { (why.description) } }
        }
    }
}
