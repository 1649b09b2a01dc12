//! The suite's store: a database of its own for each test, in one PostgreSQL server for all of them.

use std::path::Path;
use std::sync::LazyLock;
use std::sync::atomic::{AtomicU32, Ordering};

use merchant_backend::store::postgres::{PostgresAddress, PostgresStore};
use postgres_server::Server;

/// It ends with this program.
static SERVER: LazyLock<Server> = LazyLock::new(|| Server::start().unwrap());

static NEXT: AtomicU32 = AtomicU32::new(0);

/// The value of `database` in a new world's configuration.
pub(crate) fn new() -> String {
    let name = format!("ledger_{}", NEXT.fetch_add(1, Ordering::Relaxed));
    SERVER.create_database(&name).unwrap();
    SERVER.url(&name)
}

/// The ledger itself, beside the backend's.
pub(crate) async fn open(_: &Path, database: &str) -> PostgresStore {
    PostgresStore::connect(&PostgresAddress::parse(database, None).unwrap()).await.unwrap()
}

/// The first value of the first row, as text; statements that answer nothing give nothing.
pub(crate) fn query(_: &Path, database: &str, sql: &str) -> String {
    let (_, name) = database.rsplit_once('/').unwrap();
    SERVER.query(name, sql).unwrap().lines().next().unwrap_or_default().to_owned()
}

/// All the ledger holds.
pub(crate) fn everything(_: &Path, database: &str) -> Vec<u8> {
    let dump = std::process::Command::new(SERVER.programs().join("pg_dump")).arg(database).output().unwrap();
    assert!(dump.status.success(), "{}", String::from_utf8_lossy(&dump.stderr));
    dump.stdout
}

/// The same of a backup, restored as the documents say.
pub(crate) fn query_backup(file: &Path, sql: &str) -> String {
    let name = format!("restored_{}", NEXT.fetch_add(1, Ordering::Relaxed));
    SERVER.create_database(&name).unwrap();
    let restored = std::process::Command::new(SERVER.programs().join("pg_restore"))
        .args(["--no-owner", "--exit-on-error", "--dbname", &SERVER.url(&name)])
        .arg(file)
        .output()
        .unwrap();
    assert!(restored.status.success(), "{}", String::from_utf8_lossy(&restored.stderr));
    SERVER.query(&name, sql).unwrap()
}
