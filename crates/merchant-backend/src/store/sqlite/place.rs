//! Whether the ledger's file is still the one that was opened. SQLite goes on with a file that was removed or replaced, and
//! what is written there nobody finds again.

use std::io::Write as _;
use std::path::{Path, PathBuf};

use crate::store::StoreError;

/// With its index, its history and its webhook.
const LARGEST_ORDER: usize = 512 * 1024;

/// A file as it was when it was opened.
#[derive(Debug)]
pub(super) struct Place {
    path: PathBuf,
    file: Option<Identity>,
}

/// What tells two files of one name apart.
type Identity = (u64, u64);

impl Place {
    /// The file that is there now.
    pub(super) fn of(path: &Path) -> Self {
        Self { path: path.to_owned(), file: identity(path) }
    }

    /// Whether its disk takes as much as the largest order, in a file without a name.
    pub(super) fn room(&self) -> Result<(), StoreError> {
        let folder = self.path.parent().filter(|folder| *folder != Path::new("")).unwrap_or(Path::new("."));
        let tried = tempfile::tempfile_in(folder).and_then(|mut file| {
            file.write_all(&vec![1; LARGEST_ORDER])?;
            file.sync_data()
        });
        tried.map_err(|error| StoreError::Unavailable(format!("{}: {error}", folder.display())))
    }

    /// Whether it is there still.
    pub(super) fn check(&self) -> Result<(), StoreError> {
        if self.file.is_some() && identity(&self.path) == self.file {
            return Ok(());
        }
        Err(StoreError::Unavailable(format!(
            "{} was removed or replaced while it was served: bring it back, or stop the backend first and start it on the \
             file that counts",
            self.path.display()
        )))
    }
}

#[cfg(unix)]
fn identity(path: &Path) -> Option<Identity> {
    use std::os::unix::fs::MetadataExt as _;
    std::fs::metadata(path).ok().map(|file| (file.dev(), file.ino()))
}

#[cfg(not(unix))]
fn identity(path: &Path) -> Option<Identity> {
    path.exists().then_some((0, 0))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_that_is_gone_or_another_is_noticed_and_the_same_one_is_welcome_back() {
        let folder = tempfile::tempdir().unwrap();
        let (here, aside) = (folder.path().join("ledger"), folder.path().join("aside"));
        std::fs::write(&here, "one").unwrap();
        let place = Place::of(&here);
        place.check().unwrap();
        place.room().unwrap();
        std::fs::rename(&here, &aside).unwrap();
        assert!(place.check().unwrap_err().to_string().contains("removed or replaced"));
        std::fs::write(&here, "another").unwrap();
        place.check().unwrap_err();
        std::fs::rename(&aside, &here).unwrap();
        place.check().unwrap();
    }
}
