//! From the ledger's view of settlement to the wire.

use console_api::{
    Settlement, SettlementDay, SettlementImported, SettlementKind, SettlementReason, SettlementRow,
};

use super::importing::Imported;
use super::row::Kind;
use crate::sessions::rfc3339;
use crate::store::records::{DaySums, ImportView, RowView};

/// The answer to an import.
pub(crate) fn imported(imported: &Imported) -> SettlementImported {
    let import = settlement(imported.import.clone());
    SettlementImported {
        already_known: import.rows.saturating_sub(imported.fresh),
        id: import.id,
        rows: import.rows,
        matched: import.matched,
        unmatched: import.unmatched,
        mismatched: import.mismatched,
        malformed: import.malformed,
    }
}

/// An import.
pub(crate) fn settlement(view: ImportView) -> Settlement {
    Settlement {
        id: view.handle,
        file: view.name,
        format: view.format,
        complete: view.finished_at.is_some(),
        imported_by: view.by,
        bytes: count(view.bytes),
        bytes_done: count(view.bytes_done),
        rows: count(view.tally.rows),
        matched: count(view.tally.matched),
        already_known: count(view.tally.already_known),
        unmatched: count(view.tally.unmatched),
        mismatched: count(view.tally.mismatched),
        malformed: count(view.tally.malformed),
        started_at: rfc3339(view.started_at),
        updated_at: rfc3339(view.updated_at),
        finished_at: view.finished_at.map(rfc3339),
    }
}

/// A row.
pub(crate) fn row(view: RowView) -> SettlementRow {
    SettlementRow {
        row: count(view.number),
        line: count(view.line),
        kind: match view.kind {
            Kind::Matched => SettlementKind::Matched,
            Kind::Unmatched => SettlementKind::Unmatched,
            Kind::Mismatched => SettlementKind::Mismatched,
            Kind::Malformed => SettlementKind::Malformed,
        },
        reason: view.reason.zip(view.detail).map(|(code, detail)| SettlementReason { code, detail }),
        order: view.order,
        session: view.session,
        operation: view.operation,
        movement: view.movement,
        amount_minor: view.amount_minor,
        commission_minor: view.commission_minor,
        net_minor: view.net_minor,
        currency: view.currency,
        operation_id: view.operation_id,
        rrn: view.rrn,
        day: view.day,
        raw: view.raw,
        matched_at: view.matched_at.map(rfc3339),
    }
}

/// The sums of a day.
pub(crate) fn day(sums: DaySums) -> SettlementDay {
    SettlementDay {
        day: sums.day,
        currency: sums.currency,
        matched: count(sums.matched),
        payments_minor: sums.payments_minor,
        refunds_minor: sums.refunds_minor,
        commission_minor: sums.commission_minor,
        net_minor: sums.net_minor,
        open: count(sums.open),
        open_net_minor: sums.open_net_minor,
    }
}

/// Counts in the ledger are never below zero.
fn count(stored: i64) -> u64 {
    u64::try_from(stored).unwrap_or_default()
}
