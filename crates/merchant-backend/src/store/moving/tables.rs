//! Which tables a ledger has, by asking it: one that a later schema brings is moved without a word here.

use crate::store::StoreError;
use crate::store::sql::{Connection, Transaction, params};

/// A table to move.
#[derive(Debug)]
pub(super) struct Table {
    pub(super) name: String,
    pub(super) columns: Vec<String>,
    /// What its rows are read by, so that they come in the order in which they were written.
    pub(super) order: &'static str,
    refers_to: Vec<Reference>,
}

#[derive(Debug)]
struct Reference {
    table: String,
    always: bool,
}

/// All tables of a SQLite ledger, each after those it refers to.
pub(super) fn of(source: &Connection<'_>, target: &Transaction<'_>) -> Result<Vec<Table>, StoreError> {
    let names: Vec<(String, bool)> = source
        .prepare_cached(
            "SELECT name, wr FROM pragma_table_list WHERE type = 'table' AND schema = 'main'
                AND name NOT LIKE 'sqlite%' AND name <> 'migrations' ORDER BY name",
        )?
        .query_map(params![], |row| Ok((row.get("name")?, row.get("wr")?)))?
        .collect::<Result<_, _>>()?;
    let mut waiting = Vec::new();
    for (name, without_rowid) in names {
        let numbered = numbered_by_itself(target, &name)?;
        waiting.push(table(source, name, without_rowid, &numbered)?);
    }
    let mut sorted: Vec<Table> = Vec::new();
    while !waiting.is_empty() {
        let known = |reference: &Reference, name: &str| {
            reference.table == name || sorted.iter().any(|table| table.name == reference.table)
        };
        let ready = |table: &Table| table.refers_to.iter().all(|one| known(one, &table.name));
        // Where two refer to each other, the one that need not comes first.
        let nearly = |table: &Table| table.refers_to.iter().all(|one| !one.always || known(one, &table.name));
        let next = waiting.iter().position(ready).or_else(|| waiting.iter().position(nearly)).unwrap_or(0);
        sorted.push(waiting.remove(next));
    }
    Ok(sorted)
}

/// The columns of a PostgreSQL table that get their numbers by themselves.
pub(super) fn numbered_by_itself(target: &Transaction<'_>, table: &str) -> Result<Vec<String>, StoreError> {
    target
        .prepare_cached(
            "SELECT CAST(attname AS TEXT) FROM pg_attribute
              WHERE attrelid = CAST(CAST(?1 AS TEXT) AS regclass) AND attidentity <> ''",
        )?
        .query_map(params![table], |row| row.get(0))?
        .collect()
}

fn table(
    source: &Connection<'_>,
    name: String,
    without_rowid: bool,
    numbered: &[String],
) -> Result<Table, StoreError> {
    let mut columns: Vec<String> = source
        .prepare_cached("SELECT name FROM pragma_table_info(?1) ORDER BY cid")?
        .query_map(params![name], |row| row.get("name"))?
        .collect::<Result<_, _>>()?;
    // PostgreSQL keeps in a column what SQLite has by itself: the order in which rows came.
    let order = if without_rowid { "1" } else { "rowid" };
    if numbered.contains(&order.to_owned()) {
        columns.push(order.to_owned());
    }
    let refers_to = source
        .prepare_cached(
            // A key is never NULL, whether it says so or not.
            "SELECT f.\"table\" AS refers_to, t.\"notnull\" OR t.pk > 0 AS always
               FROM pragma_foreign_key_list(?1) f JOIN pragma_table_info(?1) t ON t.name = f.\"from\"",
        )?
        .query_map(params![name], |row| {
            Ok(Reference { table: row.get("refers_to")?, always: row.get("always")? })
        })?
        .collect::<Result<_, _>>()?;
    Ok(Table { name, columns, order, refers_to })
}
