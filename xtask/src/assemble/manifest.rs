//! `manifest.json`: what there is, its hash for `integrity`, its size on the wire.

use std::collections::BTreeMap;
use std::path::Path;

use serde::{Deserialize, Serialize};

use super::compress::Sizes;
use crate::files::integrity;

/// What a merchant, a plugin or the backend reads to find the files of this build.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct Manifest {
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
    let manifest = Manifest { version: version.to_owned(), build: build.to_owned(), files: entries };
    std::fs::write(files.join("manifest.json"), serde_json::to_string_pretty(&manifest)? + "\n")?;
    Ok(())
}
