//! Chromium and its driver, from Debian: the two are of one version there.

use std::path::PathBuf;

use anyhow::Context;

use super::debian;
use crate::process::on_path;

/// The driver; it finds Chromium by itself.
pub(crate) fn install() -> anyhow::Result<PathBuf> {
    if on_path("chromium").is_none() || driver().is_none() {
        debian::install(&["chromium", "chromium-driver", "fonts-dejavu-core"], "2 minutes")?;
    }
    driver().context("Debian's chromium-driver is installed, but there is no chromedriver on PATH")
}

fn driver() -> Option<PathBuf> {
    on_path("chromedriver")
}
