//! From the ledger's view of an order to the wire.

use checkout_api::{OrderSummary, SessionId, ShopAttempt, ShopEvent, ShopOperation, ShopOrder};
use jiff::Timestamp;
use money::{Amount, Currency};

use crate::payments::attempt::AttemptId;
use crate::payments::product::Product;
use crate::provider::{Operation, PaymentProvider};
use crate::refunds::{self, Standing};
use crate::sessions::rfc3339;
use crate::store::records::{AttemptView, EventView, OrderView, SummaryView};

const PAID_HERE: &str = "alliancepay";
const NOT_PAID_HERE: &str = "none";
/// The history's word for the state PAID.
const PAID: &str = "paid";

/// The whole order. Of its ways to pay those are named that take it now.
pub(crate) fn whole(view: OrderView, provider: &dyn PaymentProvider) -> ShopOrder {
    let (amount, country) = (view.summary.amount, view.buyer_country);
    let takes = |product: &Product| provider.takes(*product, amount, country);
    let standing = Standing::of(&view);
    let sessions = |id: AttemptId| {
        let attempt = view.attempts.iter().find(|view| view.attempt.id == id);
        attempt.map_or_else(|| SessionId::new(""), |view| view.attempt.session.clone())
    };
    let operations = view.operations.iter().map(|(id, one)| operation(sessions(*id), one)).collect();
    let refunds = view
        .refunds
        .into_iter()
        .map(|refund| refunds::on_the_wire(sessions(refund.attempt), refund))
        .collect();
    let attempts = view
        .attempts
        .into_iter()
        .zip(standing.attempts.into_iter().zip(standing.hindrances))
        .map(|(one, (refundable, hindrance))| {
            let settled_at = settled_at(&one.attempt.session, &view.events);
            attempt(one, refundable, hindrance, settled_at, &view.operations)
        })
        .collect();
    let summary = summary(view.summary);
    ShopOrder {
        order: summary.order,
        state: summary.state,
        reason: summary.reason,
        revision: summary.revision,
        amount: summary.amount,
        description: summary.description,
        lines: standing.lines,
        shipping_minor: view.shipping_minor,
        customer_id: view.customer_id,
        buyer_country: view.buyer_country.map(|country| country.to_string()),
        return_url: view.return_url,
        locale: view.locale,
        products: view.products.into_iter().filter(takes).map(Into::into).collect(),
        anomalies: summary.anomalies,
        refunded: standing.refunded,
        shipping_refunded_minor: standing.shipping_refunded_minor,
        attempts,
        operations,
        refunds,
        refundable: standing.refundable,
        events: view.events.into_iter().map(event).collect(),
        created_at: summary.created_at,
        updated_at: summary.updated_at,
    }
}

/// One row of the list.
pub(crate) fn summary(view: SummaryView) -> OrderSummary {
    OrderSummary {
        order: view.order,
        state: view.state.into(),
        reason: view.reason,
        amount: view.amount,
        description: view.description,
        anomalies: view.anomalies.into_iter().map(Into::into).collect(),
        refunded: view.refunded,
        payment: if view.product.is_some() { PAID_HERE } else { NOT_PAID_HERE }.to_owned(),
        product: view.product.map(Into::into),
        notified_at: view.notified_at.map(rfc3339),
        revision: view.revision,
        created_at: rfc3339(view.created_at),
        updated_at: rfc3339(view.updated_at),
    }
}

fn attempt(
    view: AttemptView,
    refundable: Option<Amount>,
    hindrance: Option<&str>,
    settled_at: Option<Timestamp>,
    operations: &[(AttemptId, Operation)],
) -> ShopAttempt {
    let attempt = view.attempt;
    let payments = operations.iter().filter(|(id, one)| *id == attempt.id && one.brought_money());
    let receipt = payments.filter_map(|(_, one)| one.receipt.clone()).next_back();
    ShopAttempt {
        session: attempt.session,
        state: attempt.state.into(),
        reason: attempt.reason,
        product: attempt.product.into(),
        amount: attempt.amount,
        anomalies: attempt.anomalies.into_iter().map(Into::into).collect(),
        refundable,
        refund_hindrance: hindrance.map(str::to_owned),
        bank_order: attempt.bank_order,
        bank_reference: view.bank_reference,
        merchant_request_id: attempt.merchant_request_id,
        merchant_id: attempt.merchant_id,
        pay_type: attempt.product.pay_type().to_owned(),
        status_page: view.status_page,
        receipt,
        notified_at: view.notified_at.map(rfc3339),
        asked_at: view.asked_at.map(rfc3339),
        settled_at: settled_at.map(rfc3339),
        created_at: rfc3339(attempt.created_at),
        expires_at: rfc3339(attempt.expires_at),
    }
}

/// The history tells it: registers and answers write the same word.
fn settled_at(session: &SessionId, events: &[EventView]) -> Option<Timestamp> {
    let became_paid = |event: &&EventView| event.what == PAID && event.session.as_ref() == Some(session);
    events.iter().find(became_paid).map(|event| event.at)
}

fn operation(session: SessionId, operation: &Operation) -> ShopOperation {
    let currency: Option<Currency> = operation.currency.parse().ok();
    ShopOperation {
        id: operation.id.clone(),
        session,
        kind: operation.kind.word().to_owned(),
        status: operation.status.word().to_owned(),
        amount: currency.and_then(|currency| Amount::new(operation.amount_minor, currency).ok()),
        operation_id: operation.operation_id.clone(),
        rrn: operation.rrn.clone(),
        instrument: operation.instrument.clone(),
        payment_service: operation.payment_service.clone(),
        reason: operation.reason.clone(),
        receipt: operation.receipt.clone(),
        created_at: operation.created_at.map(rfc3339),
        modified_at: operation.modified_at.map(rfc3339),
    }
}

fn event(view: EventView) -> ShopEvent {
    ShopEvent {
        id: view.id.to_string(),
        at: rfc3339(view.at),
        who: view.who,
        what: view.what,
        session: view.session,
        detail: view.detail,
        has_raw: view.has_raw,
    }
}
