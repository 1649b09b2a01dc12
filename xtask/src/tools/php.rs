//! PHP with what WordPress needs, its test runner and its style checker; gettext for the translations. All from Debian.

use std::path::PathBuf;

use anyhow::Context;

use super::debian;
use crate::process::{answer, command, on_path};

/// What WordPress, its SQLite drop-in and the plugin use.
const EXTENSIONS: [&str; 5] = ["pdo_sqlite", "curl", "dom", "mbstring", "sodium"];
const PACKAGES: [&str; 9] = [
    "php-cli",
    "php-sqlite3",
    "php-curl",
    "php-xml",
    "php-mbstring",
    "phpunit",
    "php-codesniffer",
    "unzip",
    "zip",
];

/// PHP's program.
pub(crate) fn install() -> anyhow::Result<PathBuf> {
    let programs = ["php", "phpunit", "phpcs", "unzip", "zip"];
    if programs.iter().any(|name| on_path(name).is_none()) || !has_extensions() {
        debian::install(&PACKAGES, "1 minute")?;
    }
    on_path("php").context("Debian's php-cli is installed, but there is no php on PATH")
}

/// The programs that make translations.
pub(crate) fn install_gettext() -> anyhow::Result<()> {
    if ["xgettext", "msgfmt", "msgmerge", "zip"].iter().any(|name| on_path(name).is_none()) {
        debian::install(&["gettext", "zip"], "30 seconds")?;
    }
    Ok(())
}

fn has_extensions() -> bool {
    let Ok(listed) = answer(command("php").arg("-m"), "php -m") else { return false };
    EXTENSIONS.iter().all(|name| listed.lines().any(|line| line.eq_ignore_ascii_case(name)))
}
