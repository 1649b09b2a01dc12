//! Transactions about settlement files. What a row means is decided by `settlement::matching`; here it is fed from
//! rows and written to rows.

mod imports;
mod reads;
mod report;
mod rows;

use std::collections::BTreeSet;

use async_trait::async_trait;
use jiff::Timestamp;
use jiff::civil::Date;

use super::events::{self, Event};
use super::operations::operations_of;
use super::rows::attempt_by_id;
use super::{Database, Ledger, locks};
use crate::payments::attempt::{Attempt, AttemptId, OrderId};
use crate::payments::state;
use crate::provider::Operation;
use crate::settlement::matching::{Objection, Verdict, decide, settled};
use crate::settlement::{Entry, Kind, SettlementRow};
use crate::store::records::{
    Batch, BatchRecorded, DaySums, ImportBegun, ImportFilter, ImportId, ImportPage, ImportView, NewImport,
    RowFilter, RowPage, Tally, Transaction, TransactionFilter,
};
use crate::store::sql::{Transaction as Tx, params};
use crate::store::{SettlementStore, StoreError};

#[async_trait]
impl<D: Database> SettlementStore for Ledger<D> {
    async fn begin_import(&self, new: NewImport) -> Result<ImportBegun, StoreError> {
        self.database.write(move |tx| imports::begin(tx, &new)).await
    }

    async fn record_rows(&self, batch: Batch) -> Result<BatchRecorded, StoreError> {
        self.database.write(move |tx| record(tx, &batch)).await
    }

    async fn finish_import(&self, import: ImportId, now: Timestamp) -> Result<ImportView, StoreError> {
        self.database.write(move |tx| imports::finish(tx, import, now)).await
    }

    async fn import(&self, handle: String) -> Result<Option<ImportView>, StoreError> {
        self.database.look(move |connection| imports::by_handle(connection, &handle)).await
    }

    async fn imports(&self, filter: ImportFilter) -> Result<ImportPage, StoreError> {
        self.database.snapshot(move |connection| imports::list(connection, &filter)).await
    }

    async fn import_rows(&self, filter: RowFilter) -> Result<RowPage, StoreError> {
        self.database.snapshot(move |connection| reads::rows(connection, &filter)).await
    }

    async fn settlement_days(&self, from: Date, to: Date, limit: u32) -> Result<Vec<DaySums>, StoreError> {
        self.database.snapshot(move |connection| reads::days(connection, from, to, limit)).await
    }

    async fn transactions(&self, filter: TransactionFilter) -> Result<Vec<Transaction>, StoreError> {
        self.database.snapshot(move |connection| report::page(connection, &filter)).await
    }
}

/// Stores the rows that the import does not have yet, and what follows from them.
fn record(tx: &Tx<'_>, batch: &Batch) -> Result<BatchRecorded, StoreError> {
    locks::settlement(tx)?;
    let have = imports::rows_so_far(tx, batch.import)?;
    let (mut tally, mut ends_at) = (Tally::default(), 0);
    let mut changed = BTreeSet::new();
    let is_new = |entry: &&Entry| i64::try_from(entry.number).is_ok_and(|number| number > have);
    for entry in batch.entries.iter().filter(is_new) {
        ends_at = entry.ends_at;
        let known = rows::known(tx, batch.import, entry)?;
        let (row, kind) = match known.row {
            Some(found) => {
                tally.already_known += 1;
                found
            }
            None => new_row(tx, batch, entry, known.occurrence, &mut changed)?,
        };
        rows::see(tx, batch.import, entry, row)?;
        tally.count(kind);
    }
    imports::advance(tx, batch, &tally, ends_at)?;
    for order in &changed {
        events::order_changed(tx, *order, batch.now)?;
    }
    Ok(BatchRecorded {
        orders: changed.into_iter().collect(),
        fresh: u64::try_from(tally.rows - tally.already_known).unwrap_or_default(),
    })
}

fn new_row(
    tx: &Tx<'_>,
    batch: &Batch,
    entry: &Entry,
    occurrence: i64,
    changed: &mut BTreeSet<OrderId>,
) -> Result<(i64, Kind), StoreError> {
    let row = match &entry.row {
        Ok(row) => row,
        Err(malformed) => {
            let id = rows::insert_malformed(tx, batch, malformed, occurrence)?;
            return Ok((id, Kind::Malformed));
        }
    };
    let candidates = rows::candidates(tx, row, None)?;
    let verdict = decide(row, &candidates);
    let id = rows::insert(tx, batch, row, &entry.fingerprint(), occurrence, &verdict)?;
    changed.extend(follow(tx, row, &verdict, &batch.by, batch.now)?);
    match verdict.about {
        // The other parts have waited for this one.
        Some(about) if verdict.is_part => {
            let attempt = attempt_by_id(tx, about.attempt)?;
            retry(tx, &attempt, &operations_of(tx, about.attempt)?, batch.now)?;
        }
        Some(_) => {}
        None => ask_about_named(tx, row, batch.now)?,
    }
    Ok((id, verdict.kind()))
}

/// The file may know of a movement that nobody has told us of: whose attempt it names is asked about.
fn ask_about_named(tx: &Tx<'_>, row: &SettlementRow, now: Timestamp) -> Result<(), StoreError> {
    for (attempt, order) in rows::named(tx, row)? {
        locks::order(tx, order)?;
        ask_soon(tx, attempt, now)?;
    }
    Ok(())
}

/// What a verdict means for the order it is about; the order, if it changed.
fn follow(
    tx: &Tx<'_>,
    row: &SettlementRow,
    verdict: &Verdict<'_>,
    who: &str,
    now: Timestamp,
) -> Result<Option<OrderId>, StoreError> {
    let Some(about) = verdict.about else { return Ok(None) };
    locks::order(tx, about.order)?;
    let (what, detail) = match &verdict.objection {
        None => ("settled", settled_detail(row)),
        Some(objection) => match objection.kind() {
            Kind::Mismatched => ("settlement_mismatched", objection.to_string()),
            Kind::Matched | Kind::Unmatched | Kind::Malformed => {
                ("settlement_unmatched", objection.to_string())
            }
        },
    };
    let event = |what, detail| Event { attempt: Some(about.attempt), who, what, detail, raw: Some(&row.raw) };
    events::write(tx, about.order, event(what, Some(&detail)), now)?;
    if verdict.objection.as_ref().is_some_and(Objection::may_be_old_news) {
        ask_soon(tx, about.attempt, now)?;
    }
    if verdict.objection.is_none() {
        let attempt = attempt_by_id(tx, about.attempt)?;
        let operations = operations_of(tx, about.attempt)?;
        let done = rows::settled_of(tx, about.attempt)?;
        let fact = settled(&operations, |operation| done.contains(&operation.id));
        if let Some(next) = fact.and_then(|fact| state::next(attempt.state, fact)) {
            tx.prepare_cached("UPDATE attempts SET state = ?2, reason = NULL WHERE id = ?1")?
                .execute(params![about.attempt.0, next.word()])?;
            let what = next.word().to_ascii_lowercase();
            events::write(tx, about.order, event(&what, None), now)?;
        }
        // A provider that gives nothing back before settlement says by its answer that it does now.
        if operations.iter().any(|operation| operation.brought_money() && !operation.refundable) {
            ask_soon(tx, about.attempt, now)?;
        }
    }
    Ok(Some(about.order))
}

fn ask_soon(tx: &Tx<'_>, attempt: AttemptId, now: Timestamp) -> Result<(), StoreError> {
    tx.prepare_cached("UPDATE attempts SET next_ask_at = ?2 WHERE id = ?1")?
        .execute(params![attempt.0, now.as_millisecond()])?;
    Ok(())
}

fn settled_detail(row: &SettlementRow) -> String {
    format!(
        "sum {}, commission {}, net {} in minor units of {}",
        row.amount_minor, row.commission_minor, row.net_minor, row.currency
    )
}

/// Tries the rows again that wait for what is now known of an attempt; says whether its order changed.
pub(super) fn retry(
    tx: &Tx<'_>,
    attempt: &Attempt,
    operations: &[Operation],
    now: Timestamp,
) -> Result<bool, StoreError> {
    let mut changed = false;
    for open in rows::open_about(tx, attempt, operations)? {
        let candidates = rows::candidates(tx, &open.row, Some(open.id))?;
        let verdict = decide(&open.row, &candidates);
        if !rows::is_news(&open, &verdict) {
            continue;
        }
        rows::revise(tx, &open, &verdict, now)?;
        imports::recount(tx, open.id, open.kind, verdict.kind())?;
        match follow(tx, &open.row, &verdict, "bank", now)? {
            Some(order) if order == attempt.order => changed = true,
            Some(order) => events::order_changed(tx, order, now)?,
            None => {}
        }
    }
    Ok(changed)
}

impl Tally {
    fn count(&mut self, kind: Kind) {
        self.rows += 1;
        *match kind {
            Kind::Matched => &mut self.matched,
            Kind::Unmatched => &mut self.unmatched,
            Kind::Mismatched => &mut self.mismatched,
            Kind::Malformed => &mut self.malformed,
        } += 1;
    }
}
