//! The suite's store: a SQLite file in the test's own folder.

use std::path::Path;
use std::time::Duration;

use merchant_backend::store::sqlite::SqliteStore;

const FILE: &str = "ledger.sqlite";

/// The value of `database` in a new world's configuration.
pub(crate) fn new() -> String {
    FILE.to_owned()
}

/// The ledger itself, beside the backend's.
pub(crate) fn open(folder: &Path, _: &str) -> impl Future<Output = SqliteStore> {
    std::future::ready(SqliteStore::open(&folder.join(FILE)).unwrap())
}

/// The first value of the first row, as text; statements that answer nothing give nothing.
pub(crate) fn query(folder: &Path, _: &str, sql: &str) -> String {
    let ledger = rusqlite::Connection::open(folder.join(FILE)).unwrap();
    ledger.busy_timeout(Duration::from_secs(5)).unwrap();
    let mut statement = ledger.prepare(sql).unwrap();
    let mut rows = statement.query([]).unwrap();
    let Some(row) = rows.next().unwrap() else { return String::new() };
    let number = row.get::<_, i64>(0).map(|number| number.to_string());
    number.or_else(|_| row.get(0)).unwrap()
}

/// All the ledger holds, as it lies on the disk.
pub(crate) fn everything(folder: &Path, _: &str) -> Vec<u8> {
    let files = [FILE.to_owned(), format!("{FILE}-wal")].map(|file| folder.join(file));
    files.iter().flat_map(|file| std::fs::read(file).unwrap()).collect()
}

/// The same of a backup.
pub(crate) fn query_backup(file: &Path, sql: &str) -> String {
    let backup = rusqlite::Connection::open(file).unwrap();
    let answer = backup.query_row(sql, [], |row| row.get::<_, rusqlite::types::Value>(0)).unwrap();
    match answer {
        rusqlite::types::Value::Integer(number) => number.to_string(),
        rusqlite::types::Value::Text(text) => text,
        other @ (rusqlite::types::Value::Null
        | rusqlite::types::Value::Real(_)
        | rusqlite::types::Value::Blob(_)) => panic!("{other:?}"),
    }
}
