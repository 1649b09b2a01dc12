//! `manifest.json`: what there is, its hash for `integrity`, its size on the wire.

use std::collections::BTreeMap;
use std::path::Path;

use serde::{Deserialize, Serialize};

use super::compress::Sizes;
use crate::files::{integrity, short_hash};

/// What a merchant, a plugin or the backend reads to find the files of this build.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct Manifest {
    /// The version and a hash of all files: what is found at an address with it never changes, not even when the same
    /// version is built again.
    pub(crate) version: String,
    pub(crate) build: String,
    pub(crate) files: Vec<Entry>,
}

/// One file of the build.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct Entry {
    pub(crate) path: String,
    /// For the `integrity` attribute.
    pub(crate) sha384: String,
    /// Compressed size in bytes.
    pub(crate) brotli: u64,
}

impl Entry {
    pub(crate) fn is_wasm(&self) -> bool {
        Path::new(&self.path).extension().is_some_and(|ending| ending == "wasm")
    }
}

pub(crate) fn write(
    files: &Path,
    version: &str,
    build: &str,
    sizes: &BTreeMap<String, Sizes>,
) -> anyhow::Result<()> {
    let mut entries = Vec::new();
    for (name, size) in sizes {
        let sha384 = integrity(&std::fs::read(files.join(name))?);
        entries.push(Entry { path: name.clone(), sha384, brotli: size.brotli });
    }
    let hashes: Vec<&[u8]> = entries.iter().map(|entry| entry.sha384.as_bytes()).collect();
    let version = format!("{version}-{}", short_hash(&hashes));
    let manifest = Manifest { version, build: build.to_owned(), files: entries };
    std::fs::write(files.join("manifest.json"), serde_json::to_string_pretty(&manifest)? + "\n")?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn another_build_of_the_same_version_has_another_address() {
        let version_of = |text: &str| {
            let folder = tempfile::tempdir().expect("folder");
            std::fs::write(folder.path().join("alliancepay.js"), text).expect("file");
            let sizes = BTreeMap::from([("alliancepay.js".to_owned(), Sizes { brotli: 1 })]);
            write(folder.path(), "1.2.3", "small", &sizes).expect("written");
            let manifest = std::fs::read_to_string(folder.path().join("manifest.json")).expect("manifest");
            serde_json::from_str::<Manifest>(&manifest).expect("JSON").version
        };
        assert!(version_of("one").starts_with("1.2.3-"), "{}", version_of("one"));
        assert_eq!(version_of("one"), version_of("one"));
        assert_ne!(version_of("one"), version_of("another"));
    }
}
