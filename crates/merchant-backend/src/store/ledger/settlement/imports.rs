//! Imports as rows, and their tallies. A tally is kept with every change of a row: lists need no counting.

use crate::store::sql::{Connection, OptionalExtension, Row, Transaction, params};

use super::super::rows::{time, time_or_none};
use crate::settlement::Kind;
use crate::store::StoreError;
use crate::store::records::{
    Batch, ImportBegun, ImportFilter, ImportId, ImportPage, ImportView, NewImport, Tally,
};
use jiff::Timestamp;

/// Finds the import of this file, or begins one.
pub(super) fn begin(tx: &Transaction<'_>, new: &NewImport) -> Result<ImportBegun, StoreError> {
    let inserted = tx.execute(
        "INSERT INTO settlement_imports (handle, file_hash, file_name, format, imported_by, bytes, started_at, updated_at)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?7) ON CONFLICT (file_hash) DO NOTHING",
        params![new.handle, new.hash, new.name, new.format, new.by, new.bytes, new.now.as_millisecond()],
    )?;
    let import = tx.query_row("SELECT * FROM settlement_imports WHERE file_hash = ?1", [&new.hash], view)?;
    Ok(ImportBegun { import, new: inserted > 0 })
}

/// How many rows of the file are stored.
pub(super) fn rows_so_far(tx: &Transaction<'_>, import: ImportId) -> Result<i64, StoreError> {
    let rows = "SELECT rows FROM settlement_imports WHERE id = ?1";
    tx.prepare_cached(rows)?.query_row([import.0], |row| row.get(0))
}

/// Counts the rows just stored.
pub(super) fn advance(
    tx: &Transaction<'_>,
    batch: &Batch,
    tally: &Tally,
    ends_at: u64,
) -> Result<(), StoreError> {
    tx.prepare_cached(
        "UPDATE settlement_imports SET rows = rows + ?2, already_known = already_known + ?3, matched = matched + ?4,
                unmatched = unmatched + ?5, mismatched = mismatched + ?6, malformed = malformed + ?7,
                bytes_done = CASE WHEN bytes_done < ?8 THEN ?8 ELSE bytes_done END, updated_at = ?9
          WHERE id = ?1",
    )?
    .execute(params![
        batch.import.0,
        tally.rows,
        tally.already_known,
        tally.matched,
        tally.unmatched,
        tally.mismatched,
        tally.malformed,
        i64::try_from(ends_at).unwrap_or(i64::MAX),
        batch.now.as_millisecond(),
    ])?;
    Ok(())
}

/// Counts a row that stands otherwise now, in every import that holds it.
pub(super) fn recount(tx: &Transaction<'_>, row: i64, from: Kind, to: Kind) -> Result<(), StoreError> {
    let more = |kind| i64::from(kind == to) - i64::from(kind == from);
    tx.prepare_cached(
        "UPDATE settlement_imports SET matched = matched + ?2, unmatched = unmatched + ?3, mismatched = mismatched + ?4
          WHERE id IN (SELECT import_id FROM settlement_sightings WHERE row_id = ?1)",
    )?
    .execute(params![row, more(Kind::Matched), more(Kind::Unmatched), more(Kind::Mismatched)])?;
    Ok(())
}

/// Stores that the file was read to its end.
pub(super) fn finish(
    tx: &Transaction<'_>,
    import: ImportId,
    now: Timestamp,
) -> Result<ImportView, StoreError> {
    tx.execute(
        "UPDATE settlement_imports SET finished_at = ?2, updated_at = ?2, bytes_done = bytes
          WHERE id = ?1 AND finished_at IS NULL",
        params![import.0, now.as_millisecond()],
    )?;
    tx.query_row("SELECT * FROM settlement_imports WHERE id = ?1", [import.0], view)
}

/// An import by the id that callers see.
pub(super) fn by_handle(connection: &Connection<'_>, handle: &str) -> Result<Option<ImportView>, StoreError> {
    let sql = "SELECT * FROM settlement_imports WHERE handle = ?1";
    connection.prepare_cached(sql)?.query_row([handle], view).optional()
}

/// A page of imports, newest first.
pub(super) fn list(connection: &Connection<'_>, filter: &ImportFilter) -> Result<ImportPage, StoreError> {
    let mut statement = connection
        .prepare_cached("SELECT * FROM settlement_imports WHERE id < ?1 ORDER BY id DESC LIMIT ?2")?;
    let before = filter.before.map_or(i64::MAX, |id| id.0);
    let rows = statement.query_map(params![before, i64::from(filter.limit) + 1], view)?;
    let mut imports = rows.collect::<Result<Vec<_>, _>>()?;
    let limit = usize::try_from(filter.limit).unwrap_or(usize::MAX);
    let more = imports.len() > limit;
    imports.truncate(limit);
    let next = if more { imports.last().map(|import| import.id) } else { None };
    Ok(ImportPage { imports, next })
}

fn view(row: &Row<'_>) -> Result<ImportView, StoreError> {
    Ok(ImportView {
        id: ImportId(row.get("id")?),
        handle: row.get("handle")?,
        name: row.get("file_name")?,
        format: row.get("format")?,
        bytes: row.get("bytes")?,
        bytes_done: row.get("bytes_done")?,
        by: row.get("imported_by")?,
        tally: Tally {
            rows: row.get("rows")?,
            already_known: row.get("already_known")?,
            matched: row.get("matched")?,
            unmatched: row.get("unmatched")?,
            mismatched: row.get("mismatched")?,
            malformed: row.get("malformed")?,
        },
        started_at: time(row, "started_at")?,
        updated_at: time(row, "updated_at")?,
        finished_at: time_or_none(row, "finished_at")?,
    })
}
