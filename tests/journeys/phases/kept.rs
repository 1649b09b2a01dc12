//! What is kept in the repository to compare with, and taking what is there now for what should be.

use std::path::{Path, PathBuf};

/// Set by `cargo xtask looks --accept`.
pub(super) fn accepts() -> bool {
    std::env::var_os("ALLIANCEPAY_ACCEPT").is_some()
}

/// A folder of the repository.
pub(super) fn folder(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(path)
}

/// Where a look that differs is left for a person to see.
pub(super) fn rejected(name: &str) -> anyhow::Result<PathBuf> {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("looks");
    std::fs::create_dir_all(&folder)?;
    Ok(folder.join(name))
}
