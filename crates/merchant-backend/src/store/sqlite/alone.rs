//! The claim to be the only backend on a ledger file. One order at a time is worked on inside one process; a second
//! process on the same file could hand out a second page. The system lets go of the claim when the process ends,
//! however it ends.

use std::fs::{File, OpenOptions, TryLockError};
use std::path::Path;

use crate::store::StoreError;

/// Held as long as the backend runs.
#[derive(Debug)]
pub struct Alone {
    _lock: File,
}

impl Alone {
    /// Claims the ledger at `path`, by a file beside it.
    pub fn claim(path: &Path) -> Result<Self, StoreError> {
        let mut beside = path.as_os_str().to_owned();
        beside.push(".lock");
        let unavailable = |error: std::io::Error| StoreError::Unavailable(error.to_string());
        let lock =
            OpenOptions::new().create(true).append(true).open(Path::new(&beside)).map_err(unavailable)?;
        match lock.try_lock() {
            Ok(()) => Ok(Self { _lock: lock }),
            Err(TryLockError::WouldBlock) => Err(StoreError::Unavailable(format!(
                "another backend is running on {}: stop it first",
                path.display()
            ))),
            Err(TryLockError::Error(error)) => Err(unavailable(error)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_second_backend_on_the_same_ledger_does_not_start_and_a_later_one_does() {
        let folder = tempfile::tempdir().unwrap();
        let ledger = folder.path().join("ledger.sqlite");
        let first = Alone::claim(&ledger).unwrap();
        assert!(Alone::claim(&ledger).unwrap_err().to_string().contains("another backend"));
        drop(first);
        Alone::claim(&ledger).unwrap();
    }
}
