//! What an operator does with a ledger beside serving it: moves it to PostgreSQL, backs it up.

use std::fmt::Write;
use std::path::Path;

use crate::config::Database;
use crate::store::StoreError;
use crate::store::moving::{Moved, move_ledger};
use crate::store::postgres::{AddressError, PostgresAddress, dump};
use crate::store::sqlite::{Alone, back_up};

/// Why it was not done.
#[derive(Debug, thiserror::Error)]
pub enum UpkeepError {
    /// There is nothing to move.
    #[error("database: the configuration names no SQLite file to move from")]
    NoFile,
    /// The target's address cannot be read.
    #[error("--to: {0}")]
    Address(#[from] AddressError),
    /// The ledger did not let it happen.
    #[error("database: {0}")]
    Store(#[from] StoreError),
    /// The backup's file cannot be made.
    #[error("{0}")]
    File(String),
}

/// Moves the ledger of a stopped backend into an empty PostgreSQL database; tells table by table what was compared.
pub async fn migrate_store(from: &Database, to: &str) -> Result<String, UpkeepError> {
    let Database::Sqlite(file) = from else { return Err(UpkeepError::NoFile) };
    let address = PostgresAddress::parse(to, None)?;
    // Held to the end: nothing is written to the file while it is read.
    let _alone = Alone::claim(file)?;
    Ok(table(&move_ledger(file, &address).await?))
}

/// Backs a ledger up into a new file while the backend runs; tells what was checked, as JSON.
pub async fn backup(database: &Database, out: &Path) -> Result<String, UpkeepError> {
    if out.exists() {
        return Err(UpkeepError::File(format!(
            "{}: is there already, and a backup replaces nothing",
            out.display()
        )));
    }
    let checked = match database {
        Database::Sqlite(file) => {
            let (file, out) = (file.clone(), out.to_owned());
            let work = tokio::task::spawn_blocking(move || back_up(&file, &out));
            work.await.map_err(|error| UpkeepError::File(error.to_string()))??
        }
        Database::Postgres(address) => dump(address, out).await?,
    };
    Ok(serde_json::json!({"backup": out, "checked": checked}).to_string())
}

fn table(moved: &[Moved]) -> String {
    let width = moved.iter().map(|moved| moved.table.len()).max().unwrap_or_default();
    let mut text = format!("{:width$}  {:>9}  {:>9}  checksum of both\n", "table", "SQLite", "Postgres");
    for Moved { table, source, target } in moved {
        // Both are the same, or nothing would have been moved.
        let _ =
            writeln!(text, "{table:width$}  {:>9}  {:>9}  {}", source.rows, target.rows, target.checksum());
    }
    text
}
