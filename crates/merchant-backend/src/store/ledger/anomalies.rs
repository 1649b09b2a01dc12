//! Anomalies as rows, with the history of their coming and going.

use std::collections::BTreeSet;

use crate::store::sql::{Transaction, params};
use jiff::Timestamp;

use super::events::{self, Event};
use super::rows::attempts_of;
use crate::payments::attempt::{Anomaly, Attempt, OrderId};
use crate::payments::decide;
use crate::payments::refund::may_go_back;
use crate::store::StoreError;

/// Writes what is new and what has ended, with their history.
pub(super) fn write(
    tx: &Transaction<'_>,
    attempt: &Attempt,
    after: &BTreeSet<Anomaly>,
    now: Timestamp,
) -> Result<(), StoreError> {
    for gone in attempt.anomalies.difference(after) {
        tx.execute(
            "DELETE FROM anomalies WHERE attempt_id = ?1 AND kind = ?2",
            params![attempt.id.0, gone.word()],
        )?;
        let detail = Some(gone.word());
        let event = Event {
            attempt: Some(attempt.id),
            who: "bank",
            what: "anomaly_ended",
            detail,
            ..Event::default()
        };
        events::write(tx, attempt.order, event, now)?;
    }
    for new in after.difference(&attempt.anomalies) {
        tx.execute(
            "INSERT INTO anomalies (attempt_id, kind, since) VALUES (?1, ?2, ?3)",
            params![attempt.id.0, new.word(), now.as_millisecond()],
        )?;
        let detail = Some(new.word());
        let event =
            Event { attempt: Some(attempt.id), who: "bank", what: "anomaly", detail, ..Event::default() };
        events::write(tx, attempt.order, event, now)?;
    }
    Ok(())
}

/// Ends what time has ended: an attempt whose page nobody has blocks a paid order no longer than the page would live.
pub(super) fn end_unreachable(
    tx: &Transaction<'_>,
    order: OrderId,
    now: Timestamp,
) -> Result<bool, StoreError> {
    let attempts = attempts_of(tx, order)?;
    let mut ended = false;
    for attempt in attempts.iter().filter(|attempt| decide::unreachable_is_over(attempt, &attempts, now)) {
        let mut left = attempt.anomalies.clone();
        left.remove(&Anomaly::Unreachable);
        write(tx, attempt, &left, now)?;
        ended = true;
    }
    Ok(ended)
}

/// Ends `repeated` once at most one attempt of the order still holds money.
pub(super) fn end_repeated(tx: &Transaction<'_>, order: OrderId, now: Timestamp) -> Result<(), StoreError> {
    let attempts = attempts_of(tx, order)?;
    if attempts.iter().filter(|attempt| may_go_back(attempt.state)).count() > 1 {
        return Ok(());
    }
    for attempt in attempts.iter().filter(|attempt| attempt.anomalies.contains(&Anomaly::Repeated)) {
        let mut left = attempt.anomalies.clone();
        left.remove(&Anomaly::Repeated);
        write(tx, attempt, &left, now)?;
    }
    Ok(())
}
