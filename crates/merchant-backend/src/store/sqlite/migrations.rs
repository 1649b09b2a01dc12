//! Numbered migrations, run at start, each in its own transaction. A file newer than this program is refused.

use jiff::Timestamp;
use rusqlite::{Connection, TransactionBehavior, params};

use crate::store::StoreError;

const MIGRATIONS: &[(i64, &str)] = &[
    (1, include_str!("../../../migrations/sqlite/0001_ledger.sql")),
    (2, include_str!("../../../migrations/sqlite/0002_refunds_webhooks_tokens.sql")),
    (3, include_str!("../../../migrations/sqlite/0003_settlement.sql")),
    (4, include_str!("../../../migrations/sqlite/0004_console.sql")),
    (5, include_str!("../../../migrations/sqlite/0005_staff.sql")),
    (6, include_str!("../../../migrations/sqlite/0006_orders_list.sql")),
    (7, include_str!("../../../migrations/sqlite/0007_buyer_country.sql")),
    (8, include_str!("../../../migrations/sqlite/0008_currency_filter.sql")),
    (9, include_str!("../../../migrations/sqlite/0009_collected_in_parts.sql")),
];

const TABLE: &str = "CREATE TABLE IF NOT EXISTS migrations (
    number  INTEGER NOT NULL CONSTRAINT migrations_key PRIMARY KEY,
    run_at  INTEGER NOT NULL
) STRICT";

/// Marks a ledger whose rows are in PostgreSQL now.
pub(in crate::store) fn mark_as_moved(connection: &Connection, now: Timestamp) -> Result<(), StoreError> {
    connection.execute_batch("CREATE TABLE moved (at INTEGER NOT NULL) STRICT")?;
    connection.execute("INSERT INTO moved (at) VALUES (?1)", [now.as_millisecond()])?;
    Ok(())
}

/// Brings the schema up to date.
pub(super) fn run(connection: &mut Connection, now: Timestamp) -> Result<(), StoreError> {
    if connection.table_exists(None, "moved")? {
        return Err(StoreError::Unavailable(
            "this ledger was moved to PostgreSQL: give `database` its address. To serve the file again although orders \
             may have been paid since, drop its table `moved`"
                .to_owned(),
        ));
    }
    connection.execute_batch(TABLE)?;
    let newest_known = MIGRATIONS.last().map_or(0, |(number, _)| *number);
    for (number, sql) in MIGRATIONS {
        let tx = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        let done: i64 =
            tx.query_row("SELECT coalesce(max(number), 0) FROM migrations", [], |row| row.get(0))?;
        if done > newest_known {
            return Err(StoreError::Unavailable(format!(
                "the file is at schema {done}, this program knows {newest_known}: run the newer program"
            )));
        }
        let run: bool =
            tx.query_row("SELECT EXISTS (SELECT 1 FROM migrations WHERE number = ?1)", [number], |row| {
                row.get(0)
            })?;
        if !run {
            tx.execute_batch(sql)?;
            tx.execute(
                "INSERT INTO migrations (number, run_at) VALUES (?1, ?2)",
                params![number, now.as_millisecond()],
            )?;
        }
        tx.commit()?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_second_start_changes_nothing_and_a_newer_file_is_refused() {
        let mut connection = Connection::open_in_memory().unwrap();
        run(&mut connection, Timestamp::UNIX_EPOCH).unwrap();
        run(&mut connection, Timestamp::now()).unwrap();
        let (count, at): (i64, i64) = connection
            .query_row("SELECT count(*), max(run_at) FROM migrations", [], |row| {
                Ok((row.get(0)?, row.get(1)?))
            })
            .unwrap();
        assert_eq!((count, at), (i64::try_from(MIGRATIONS.len()).unwrap(), 0));

        connection.execute("INSERT INTO migrations VALUES (9999, 0)", []).unwrap();
        let refused = run(&mut connection, Timestamp::now()).unwrap_err();
        assert!(refused.to_string().contains("newer program"), "{refused}");
    }
}
