//! Refunds between the ledger and the wire: how one is shown, and what may still go back of an order.

use checkout_api::{Refundable, SessionId, ShopLine, ShopRefund, ShopRefundLine};
use money::Amount;

use crate::payments::attempt::{Attempt, paid_by};
use crate::payments::refund::{Book, Payment, Refund, RefundState, may_go_back};
use crate::provider::Operation;
use crate::sessions::rfc3339;
use crate::store::records::OrderView;

const NOT_PAID: &str = "not_paid";
const NOTHING_LEFT: &str = "nothing_left";
const WAITS_FOR_SETTLEMENT: &str = "waits_for_settlement";

/// What of an order may still go back.
pub(crate) struct Standing {
    /// Of the payment that paid it.
    pub(crate) refundable: Refundable,
    /// By line.
    pub(crate) lines: Vec<ShopLine>,
    /// By attempt, oldest first; nothing for one that brought no money.
    pub(crate) attempts: Vec<Option<Amount>>,
    /// By attempt, oldest first: why its money cannot go back now, though some of it is left.
    pub(crate) hindrances: Vec<Option<&'static str>>,
    /// What went back of all payments.
    pub(crate) refunded: Amount,
    /// How much of it was shipping.
    pub(crate) shipping_refunded_minor: i64,
}

/// A refund on the wire.
pub(crate) fn on_the_wire(session: SessionId, refund: Refund) -> ShopRefund {
    ShopRefund {
        refund: refund.handle,
        session,
        state: refund.state.into(),
        amount: refund.amount,
        shipping_minor: refund.shipping_minor,
        lines: refund
            .lines
            .into_iter()
            .map(|line| ShopRefundLine { id: line.id, quantity: line.quantity, amount_minor: line.minor })
            .collect(),
        reason: refund.reason,
        by: refund.by,
        offline: refund.merchant_request_id.is_none(),
        code: refund.code,
        merchant_request_id: refund.merchant_request_id,
        created_at: rfc3339(refund.created_at),
        updated_at: rfc3339(refund.updated_at),
    }
}

impl Standing {
    /// Counts everything once.
    pub(crate) fn of(view: &OrderView) -> Self {
        let attempts: Vec<Attempt> = view.attempts.iter().map(|view| view.attempt.clone()).collect();
        let refundable = paid_by(&attempts).map_or_else(
            || Refundable {
                possible: false,
                amount: Amount::zero(view.summary.amount.currency()),
                shipping_minor: 0,
                reason: Some(NOT_PAID.to_owned()),
                at_bank: false,
            },
            |paid| with_book(view, &attempts, paid, refundable),
        );
        let open = refundable.reason.is_none();
        let lines = attempts.last().map_or_else(
            || view.lines.iter().map(|line| sold(line, None, false)).collect(),
            |any| {
                with_book(view, &attempts, any, |book| {
                    view.lines.iter().map(|line| sold(line, Some(book), open)).collect()
                })
            },
        );
        let of_attempt = |attempt: &Attempt| {
            let left = with_book(view, &attempts, attempt, |book| {
                if attempt.state.money_arrived() { book.may_still_go_back() } else { 0 }
            });
            attempt.state.money_arrived().then(|| amount(attempt, left))
        };
        let by_attempt = attempts.iter().map(of_attempt).collect();
        let hindrances = attempts
            .iter()
            .map(|attempt| {
                with_book(view, &attempts, attempt, hindrance).filter(|_| may_go_back(attempt.state))
            })
            .collect();
        let gone = attempts.iter().map(|attempt| with_book(view, &attempts, attempt, gone));
        let gone = gone.fold(0, i64::saturating_add);
        let currency = view.summary.amount.currency();
        let done = view.refunds.iter().filter(|refund| refund.state == RefundState::Success);
        Self {
            refundable,
            lines,
            attempts: by_attempt,
            hindrances,
            refunded: Amount::new(gone, currency).unwrap_or(Amount::zero(currency)),
            shipping_refunded_minor: done.map(|refund| refund.shipping_minor).fold(0, i64::saturating_add),
        }
    }
}

fn gone(book: &Book<'_>) -> i64 {
    book.gone()
}

fn refundable(book: &Book<'_>) -> Refundable {
    let left = book.may_still_go_back();
    let hindrance = hindrance(book);
    Refundable {
        possible: left > 0 && hindrance.is_none(),
        amount: amount(book.attempt, left),
        shipping_minor: book.shipping_left().min(left),
        reason: if left == 0 { Some(NOTHING_LEFT.to_owned()) } else { hindrance.map(str::to_owned) },
        at_bank: book.payments().iter().any(|payment: &Payment| payment.at_bank && payment.left() > 0),
    }
}

/// Why money that is left cannot go back now.
fn hindrance(book: &Book<'_>) -> Option<&'static str> {
    (book.waits_for_settlement() && book.left() > 0).then_some(WAITS_FOR_SETTLEMENT)
}

fn sold(line: &checkout_api::OrderLine, book: Option<&Book<'_>>, open: bool) -> ShopLine {
    let standing = book.map(|book| book.line(line));
    let left = standing.filter(|_| open);
    ShopLine {
        id: line.id.clone(),
        name: line.name.clone(),
        quantity: line.quantity,
        unit_minor: line.unit_minor,
        refunded_quantity: standing.map_or(0, |standing| standing.refunded_quantity),
        refunded_minor: standing.map_or(0, |standing| standing.refunded_minor),
        refundable_quantity: left.map_or(0, |standing| standing.quantity),
        refundable_minor: left.map_or(0, |standing| standing.minor),
    }
}

fn with_book<T>(
    view: &OrderView,
    attempts: &[Attempt],
    attempt: &Attempt,
    look: impl FnOnce(&Book<'_>) -> T,
) -> T {
    let of_attempt = view.operations.iter().filter(|(id, _)| *id == attempt.id);
    let operations: Vec<Operation> = of_attempt.map(|(_, operation)| operation.clone()).collect();
    let paid_twice = attempts.iter().any(|other| other.id != attempt.id && may_go_back(other.state));
    look(&Book {
        attempt,
        paid_twice,
        lines: &view.lines,
        shipping_minor: view.shipping_minor,
        operations: &operations,
        refunds: &view.refunds,
    })
}

fn amount(attempt: &Attempt, minor: i64) -> Amount {
    let currency = attempt.amount.currency();
    Amount::new(minor, currency).unwrap_or(Amount::zero(currency))
}
