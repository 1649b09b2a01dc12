//! PostgreSQL's migrations, run at start, all in one transaction and by one instance at a time. A database newer than
//! this program is refused.

use jiff::Timestamp;

use crate::store::StoreError;
use crate::store::sql::{Session, Transaction, params};

/// The same numbers as SQLite's: what one database can store the other can.
const MIGRATIONS: &[(i64, &str)] = &[
    (1, include_str!("../../../migrations/postgres/0001_ledger.sql")),
    (2, include_str!("../../../migrations/postgres/0002_refunds_webhooks_tokens.sql")),
    (3, include_str!("../../../migrations/postgres/0003_settlement.sql")),
    (4, include_str!("../../../migrations/postgres/0004_console.sql")),
    (5, include_str!("../../../migrations/postgres/0005_staff.sql")),
    (6, include_str!("../../../migrations/postgres/0006_orders_list.sql")),
    (7, include_str!("../../../migrations/postgres/0007_buyer_country.sql")),
    (8, include_str!("../../../migrations/postgres/0008_currency_filter.sql")),
    (9, include_str!("../../../migrations/postgres/0009_collected_in_parts.sql")),
];

const TABLE: &str = "CREATE TABLE IF NOT EXISTS migrations (
    number  BIGINT NOT NULL CONSTRAINT migrations_key PRIMARY KEY,
    run_at  BIGINT NOT NULL
)";

/// Any number will do, as long as it is always the same.
const ONE_AT_A_TIME: &str = "SELECT pg_advisory_xact_lock(7268410552)";

/// Brings the schema up to date.
pub(super) fn run(session: &Session, now: Timestamp) -> Result<(), StoreError> {
    session.write(|tx| {
        // An index over millions of rows takes longer than any request may.
        session.take_time()?;
        session.batch(ONE_AT_A_TIME)?;
        session.batch(TABLE)?;
        let done = done(tx)?;
        let newest_known = MIGRATIONS.last().map_or(0, |(number, _)| *number);
        if let Some(newer) = done.iter().find(|number| **number > newest_known) {
            return Err(StoreError::Unavailable(format!(
                "the database is at schema {newer}, this program knows {newest_known}: run the newer program"
            )));
        }
        for (number, sql) in MIGRATIONS.iter().filter(|(number, _)| !done.contains(number)) {
            session.batch(sql)?;
            tx.execute(
                "INSERT INTO migrations (number, run_at) VALUES (?1, ?2)",
                params![*number, now.as_millisecond()],
            )?;
        }
        Ok(())
    })
}

fn done(tx: &Transaction<'_>) -> Result<Vec<i64>, StoreError> {
    tx.prepare_cached("SELECT number FROM migrations")?.query_map(params![], |row| row.get(0))?.collect()
}
