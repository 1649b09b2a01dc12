//! Compressed copies beside each file, made once here so that no server has to. Node.js does it: it is there
//! for wasm-opt anyway, and its brotli is compiled code.

use std::collections::BTreeMap;
use std::path::Path;

use anyhow::Context;
use serde::Deserialize;

use crate::process::{answer, command};

/// How many bytes one file takes on the way to a browser.
#[derive(Debug, Clone, Copy, Deserialize)]
pub(crate) struct Sizes {
    pub(crate) brotli: u64,
}

/// Writes `FILE.br` and `FILE.gz` for every file of the folder.
pub(crate) fn beside(root: &Path, folder: &Path) -> anyhow::Result<BTreeMap<String, Sizes>> {
    let mut node = command("node");
    node.arg(root.join("xtask/npm/compress.mjs")).arg(folder);
    let sizes = answer(&mut node, "compressing")?;
    serde_json::from_str(&sizes).context("the compressor's answer")
}
