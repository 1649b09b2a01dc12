//! Files and folders: copying a tree, walking the repository's own files, hashing.

use std::path::{Path, PathBuf};

use anyhow::Context;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use sha2::{Digest, Sha256, Sha384};

/// Replaces `to` by a copy of `from`: written beside it first, so that a half-made copy never has the name.
pub(crate) fn replace_folder(from: &Path, to: &Path) -> anyhow::Result<()> {
    let fresh = to.with_extension("new");
    remove_folder(&fresh)?;
    copy_folder(from, &fresh)?;
    remove_folder(to)?;
    std::fs::rename(&fresh, to).with_context(|| format!("renaming to {}", to.display()))
}

pub(crate) fn remove_folder(folder: &Path) -> anyhow::Result<()> {
    match std::fs::remove_dir_all(folder) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => {
            Err(error).with_context(|| format!("removing {}", folder.display()))
        }
        _ => Ok(()),
    }
}

pub(crate) fn copy_folder(from: &Path, to: &Path) -> anyhow::Result<()> {
    std::fs::create_dir_all(to).with_context(|| format!("making {}", to.display()))?;
    for entry in std::fs::read_dir(from).with_context(|| format!("reading {}", from.display()))? {
        let entry = entry?;
        let target = to.join(entry.file_name());
        if entry.file_type()?.is_dir() {
            copy_folder(&entry.path(), &target)?;
        } else {
            std::fs::copy(entry.path(), &target)
                .with_context(|| format!("copying to {}", target.display()))?;
        }
    }
    Ok(())
}

/// Every file below a folder, sorted, as paths below it.
pub(crate) fn files_below(folder: &Path) -> anyhow::Result<Vec<PathBuf>> {
    let mut found = Vec::new();
    collect(folder, folder, &mut found)?;
    found.sort();
    Ok(found)
}

fn collect(base: &Path, folder: &Path, found: &mut Vec<PathBuf>) -> anyhow::Result<()> {
    for entry in std::fs::read_dir(folder).with_context(|| format!("reading {}", folder.display()))? {
        let path = entry?.path();
        if path.is_dir() {
            collect(base, &path, found)?;
        } else {
            found.push(path.strip_prefix(base)?.to_path_buf());
        }
    }
    Ok(())
}

/// Subresource integrity: `sha384-` and the hash in base64, as browsers take it.
pub(crate) fn integrity(bytes: &[u8]) -> String {
    format!("sha384-{}", STANDARD.encode(Sha384::digest(bytes)))
}

/// A short name for contents: the first 16 hexadecimal digits of their SHA-256.
pub(crate) fn short_hash(parts: &[&[u8]]) -> String {
    let mut hash = Sha256::new();
    for part in parts {
        // Lengths first: two different lists of parts never hash the same bytes.
        hash.update(part.len().to_le_bytes());
        hash.update(part);
    }
    hex(&hash.finalize()[..8])
}

/// Lower-case hexadecimal digits.
pub(crate) fn hex(bytes: &[u8]) -> String {
    bytes
        .iter()
        .flat_map(|byte| [byte >> 4, byte & 15])
        .filter_map(|digit| char::from_digit(digit.into(), 16))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn integrity_is_what_browsers_expect() {
        assert_eq!(integrity(b""), "sha384-OLBgp1GsljhM2TJ+sbHjaiH9txEUvgdDTAzHv2P24donTt6/529l+9Ua0vFImLlb");
    }

    #[test]
    fn a_replaced_folder_keeps_nothing_of_the_old_one() {
        let base = tempfile::tempdir().expect("folder");
        let (from, to) = (base.path().join("from"), base.path().join("to"));
        std::fs::create_dir_all(from.join("sub")).expect("folder");
        std::fs::write(from.join("sub/new"), "x").expect("file");
        std::fs::create_dir(&to).expect("folder");
        std::fs::write(to.join("old"), "x").expect("file");
        replace_folder(&from, &to).expect("replaced");
        assert_eq!(files_below(&to).expect("files"), [PathBuf::from("sub/new")]);
    }

    #[test]
    fn moving_a_byte_between_parts_changes_the_name() {
        assert_ne!(short_hash(&[b"ab", b"c"]), short_hash(&[b"a", b"bc"]));
    }
}
