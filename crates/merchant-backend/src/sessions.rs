//! From the ledger's view of a session to the wire.

use checkout_api::{PaymentSession, Revision};
use jiff::{Timestamp, Unit};

use crate::store::records::SessionView;

/// The one shape of a session on the wire.
pub(crate) fn on_the_wire(view: SessionView) -> PaymentSession {
    PaymentSession {
        outcome: view.state.outcome(view.reason.as_deref()),
        session: view.session,
        order: view.order,
        state: view.state.into(),
        reason: view.reason,
        revision: Revision(view.revision),
        amount: view.amount,
        page: view.page,
        expires_at: Some(rfc3339(view.expires_at)),
        anomalies: view.anomalies.into_iter().map(Into::into).collect(),
        can_retry: view.can_retry,
    }
}

/// RFC 3339 in UTC, to the millisecond: what the ledger keeps.
pub(crate) fn rfc3339(time: Timestamp) -> String {
    time.round(Unit::Millisecond).unwrap_or(time).to_string()
}
