//! The browsers of the tests and their drivers: from Debian, but for Firefox's driver, which is a crate.

use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::Context;

use super::{debian, from_crates};
use crate::process::on_path;

/// The drivers; each finds its browser by itself.
#[derive(Debug)]
pub(crate) struct Drivers {
    pub(crate) chromium: PathBuf,
    /// Absent where only Chromium is needed.
    pub(crate) firefox: Option<PathBuf>,
}

impl Drivers {
    /// Names the drivers to a program that opens browsers.
    pub(crate) fn tell(&self, program: &mut Command) {
        program.env("CHROMEDRIVER", &self.chromium);
        if let Some(firefox) = &self.firefox {
            program.env("GECKODRIVER", firefox);
        }
    }
}

/// The font of the pictures that are compared; Debian's `fonts-inter`.
const INTER: &str = "/usr/share/fonts/opentype/inter";

/// Chromium and its driver: the two are of one version there.
pub(crate) fn chromium() -> anyhow::Result<Drivers> {
    if on_path("chromium").is_none() || chromedriver().is_none() {
        debian::install(&["chromium", "chromium-driver", "fonts-dejavu-core"], "2 minutes")?;
    }
    let chromium = chromedriver()
        .context("Debian's chromium-driver is installed, but there is no chromedriver on PATH")?;
    Ok(Drivers { chromium, firefox: None })
}

/// That, Chromium's headless shell for most journeys, and Firefox.
pub(crate) fn all(tools: &Path) -> anyhow::Result<Drivers> {
    let drivers = chromium()?;
    if on_path("chromium-headless-shell").is_none() {
        // Of the same version as the driver, or not at all: whichever is older is brought along.
        debian::install(&["chromium", "chromium-driver", "chromium-headless-shell"], "1 minute")?;
    }
    let has_firefox = on_path("firefox-esr").or_else(|| on_path("firefox")).is_some();
    if !has_firefox || !Path::new(INTER).is_dir() {
        debian::install(&["firefox-esr", "fonts-inter"], "1 minute")?;
    }
    Ok(Drivers { firefox: Some(from_crates::geckodriver(tools)?), ..drivers })
}

fn chromedriver() -> Option<PathBuf> {
    on_path("chromedriver")
}
