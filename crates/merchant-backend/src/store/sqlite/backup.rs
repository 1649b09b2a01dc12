//! A copy of the ledger's file while the backend runs. SQLite's own copying reads one picture; with WAL the writer does not
//! wait for it. The copy is opened and checked before it gets its name.

use std::fs::File;
use std::path::Path;

use rusqlite::backup::{Backup, StepResult};
use rusqlite::{Connection, OpenFlags};

use super::{BUSY_TIMEOUT, private_file};
use crate::store::StoreError;

/// All pages in one step: with several, a write in between would begin the copy anew, for ever on a busy ledger.
const ALL_PAGES: i32 = -1;

/// Copies the ledger in `file` to `out`; tells what was checked.
pub fn back_up(file: &Path, out: &Path) -> Result<String, StoreError> {
    let unfinished = out.with_extension("unfinished");
    let result = copy(file, &unfinished).and_then(|()| check(&unfinished));
    let kept = result.and_then(|checked| {
        File::open(&unfinished)
            .and_then(|copy| copy.sync_all())
            .map_err(|error| failed(&unfinished, &error))?;
        std::fs::rename(&unfinished, out).map_err(|error| failed(out, &error))?;
        Ok(checked)
    });
    if kept.is_err() {
        // Whatever of it is there is of no use; the error says why.
        let _ = std::fs::remove_file(&unfinished);
    }
    kept
}

fn copy(file: &Path, unfinished: &Path) -> Result<(), StoreError> {
    let source = Connection::open_with_flags(file, OpenFlags::SQLITE_OPEN_READ_WRITE)?;
    source.busy_timeout(BUSY_TIMEOUT)?;
    private_file(unfinished)?;
    let mut target = Connection::open(unfinished)?;
    let step = Backup::new(&source, &mut target)?.step(ALL_PAGES)?;
    if step != StepResult::Done {
        return Err(StoreError::Unavailable("the ledger is too busy to be copied: try again".to_owned()));
    }
    // One file, without others beside it.
    target.pragma_update(None, "journal_mode", "DELETE")?;
    Ok(())
}

fn check(copy: &Path) -> Result<String, StoreError> {
    let copy = Connection::open_with_flags(copy, OpenFlags::SQLITE_OPEN_READ_ONLY)?;
    let integrity: String = copy.query_row("PRAGMA integrity_check", [], |row| row.get(0))?;
    let strangers: i64 =
        copy.query_row("SELECT count(*) FROM pragma_foreign_key_check", [], |row| row.get(0))?;
    if integrity != "ok" || strangers > 0 {
        return Err(StoreError::Unreadable(format!("{integrity}; {strangers} rows refer to nothing")));
    }
    let orders: i64 = copy.query_row("SELECT count(*) FROM orders", [], |row| row.get(0))?;
    Ok(format!("integrity and references, {orders} orders"))
}

fn failed(file: &Path, error: &std::io::Error) -> StoreError {
    StoreError::Unavailable(format!("{}: {error}", file.display()))
}
