//! From the ledger's view of an order to the wire.

use checkout_api::{OrderSummary, ShopAttempt, ShopEvent, ShopOrder};

use crate::sessions::rfc3339;
use crate::store::records::{AttemptView, EventView, OrderView, SummaryView};

/// The whole order.
pub(crate) fn whole(view: OrderView) -> ShopOrder {
    let summary = summary(view.summary);
    ShopOrder {
        order: summary.order,
        state: summary.state,
        reason: summary.reason,
        revision: summary.revision,
        amount: summary.amount,
        description: view.description,
        lines: view.lines,
        shipping_minor: view.shipping_minor,
        customer_id: view.customer_id,
        return_url: view.return_url,
        locale: view.locale,
        products: view.products.into_iter().map(Into::into).collect(),
        anomalies: summary.anomalies,
        attempts: view.attempts.into_iter().map(attempt).collect(),
        operations: view.operations,
        refunds: Vec::new(),
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
        anomalies: view.anomalies.into_iter().map(Into::into).collect(),
        revision: view.revision,
        created_at: rfc3339(view.created_at),
        updated_at: rfc3339(view.updated_at),
    }
}

fn attempt(view: AttemptView) -> ShopAttempt {
    let attempt = view.attempt;
    ShopAttempt {
        session: attempt.session,
        state: attempt.state.into(),
        reason: attempt.reason,
        product: attempt.product.into(),
        amount: attempt.amount,
        anomalies: attempt.anomalies.into_iter().map(Into::into).collect(),
        bank_order: attempt.bank_order,
        merchant_request_id: attempt.merchant_request_id,
        merchant_id: attempt.merchant_id,
        status_page: view.status_page,
        notified_at: view.notified_at.map(rfc3339),
        asked_at: view.asked_at.map(rfc3339),
        created_at: rfc3339(attempt.created_at),
        expires_at: rfc3339(attempt.expires_at),
    }
}

fn event(view: EventView) -> ShopEvent {
    ShopEvent {
        at: rfc3339(view.at),
        who: view.who,
        what: view.what,
        session: view.session,
        detail: view.detail,
        raw: view.raw,
    }
}
