//! Moving a ledger from a SQLite file into an empty PostgreSQL database: one transaction, every row of every table, compared
//! by count and checksum before it is committed. Afterwards the file refuses to be served: two ledgers of one shop would
//! each take money for the same order.

mod fingerprint;
mod tables;

use std::path::Path;

use jiff::Timestamp;

use super::StoreError;
use super::postgres::{Postgres, PostgresAddress, PostgresStore};
use super::sql::{Cell, Connection, Session, Transaction, Value, params};
use super::sqlite::{SqliteStore, mark_as_moved};
pub use fingerprint::Fingerprint;
use tables::Table;

/// Tables in which the schema itself writes rows.
const WITH_ROWS_FROM_THE_START: [&str; 1] = ["webhook_switch"];
const ROWS_AT_ONCE: u32 = 2000;

/// A table that was moved.
#[derive(Debug)]
pub struct Moved {
    /// Its name.
    pub table: String,
    /// What SQLite has of it.
    pub source: Fingerprint,
    /// What PostgreSQL has of it.
    pub target: Fingerprint,
}

/// Moves the ledger in `file`, which nobody serves, to `address`.
pub async fn move_ledger(file: &Path, address: &PostgresAddress) -> Result<Vec<Moved>, StoreError> {
    if !file.exists() {
        return Err(StoreError::Unavailable(format!("there is no ledger at {}", file.display())));
    }
    // Both at the newest schema.
    drop(SqliteStore::open(file)?);
    drop(PostgresStore::connect(address).await?);
    let file = file.to_owned();
    let moving = move |session: &Session| {
        let mut source = rusqlite::Connection::open(&file)?;
        let picture = source.transaction()?;
        let moved = session.write_once(|target| copy_all(&Connection::sqlite(&picture), session, target))?;
        drop(picture);
        mark_as_moved(&source, Timestamp::now())?;
        Ok(moved)
    };
    Postgres::connect(address)?.on_a_thread(moving).await
}

fn copy_all(
    source: &Connection<'_>,
    session: &Session,
    target: &Transaction<'_>,
) -> Result<Vec<Moved>, StoreError> {
    session.take_time()?;
    session.batch("SET CONSTRAINTS ALL DEFERRED")?;
    let tables = tables::of(source, target)?;
    for table in &tables {
        make_empty(session, target, table)?;
    }
    let mut all = Vec::new();
    for table in tables {
        let copied = copy(source, session, &table)?;
        let stored = fingerprint_of(session, target, &table)?;
        if copied != stored {
            return Err(StoreError::Refused(format!(
                "{}: {copied} became {stored}; nothing was moved",
                table.name
            )));
        }
        for column in tables::numbered_by_itself(target, &table.name)? {
            let (name, last) =
                (&table.name, format!("SELECT coalesce(max({column}), 0) + 1 FROM {}", table.name));
            session.batch(&format!(
                "SELECT setval(pg_get_serial_sequence('{name}', '{column}'), ({last}), FALSE)"
            ))?;
        }
        all.push(Moved { table: table.name, source: copied, target: stored });
    }
    Ok(all)
}

fn make_empty(session: &Session, target: &Transaction<'_>, table: &Table) -> Result<(), StoreError> {
    let name = &table.name;
    if WITH_ROWS_FROM_THE_START.contains(&name.as_str()) {
        return session.batch(&format!("DELETE FROM {name}"));
    }
    let sql = format!("SELECT EXISTS (SELECT 1 FROM {name})");
    if target.query_row(&sql, params![], |row| row.get(0))? {
        return Err(StoreError::Refused(format!(
            "the target is not empty: it has rows in {name}; give an empty database"
        )));
    }
    Ok(())
}

fn copy(source: &Connection<'_>, session: &Session, table: &Table) -> Result<Fingerprint, StoreError> {
    let columns = table.columns.join(", ");
    let types = session.column_types(&format!("SELECT {columns} FROM {} WHERE FALSE", table.name))?;
    let into = format!("COPY {} ({columns}) FROM STDIN BINARY", table.name);
    let mut fingerprint = Fingerprint::default();
    session.copy_in(&into, &types, |write| {
        let sql = format!("SELECT {columns} FROM {} ORDER BY {}", table.name, table.order);
        let rows = source.prepare_cached(&sql)?.query_map(params![], |row| {
            let cells = (0..table.columns.len())
                .map(|index| row.cell(index).ok_or_else(|| unreadable(table, index)))
                .collect::<Result<Vec<Cell<'_>>, StoreError>>()?;
            fingerprint.add(&cells);
            let values: Vec<Value<'_>> = cells.iter().map(|cell| cell.as_value()).collect();
            write(&values)
        })?;
        rows.collect()
    })?;
    Ok(fingerprint)
}

fn fingerprint_of(
    session: &Session,
    target: &Transaction<'_>,
    table: &Table,
) -> Result<Fingerprint, StoreError> {
    let mut fingerprint = Fingerprint::default();
    session.batch(&format!(
        "DECLARE moved CURSOR FOR SELECT {} FROM {}",
        table.columns.join(", "),
        table.name
    ))?;
    loop {
        let before = fingerprint.rows;
        // Prepared anew for each table: the columns of the answer are others each time.
        let sql = format!("FETCH {ROWS_AT_ONCE} FROM moved /* {} */", table.name);
        let rows = target.prepare_cached(&sql)?.query_map(params![], |row| {
            let cells = (0..table.columns.len())
                .map(|index| row.cell(index).ok_or_else(|| unreadable(table, index)))
                .collect::<Result<Vec<Cell<'_>>, StoreError>>()?;
            fingerprint.add(&cells);
            Ok(())
        })?;
        rows.collect::<Result<(), StoreError>>()?;
        if fingerprint.rows == before {
            break;
        }
    }
    session.batch("CLOSE moved")?;
    Ok(fingerprint)
}

fn unreadable(table: &Table, index: usize) -> StoreError {
    let column = table.columns.get(index).map_or("", String::as_str);
    StoreError::Unreadable(format!("{}.{column}", table.name))
}
