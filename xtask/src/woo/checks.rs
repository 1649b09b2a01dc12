//! What the test run asks of the PHP: it parses, its style holds, its unit tests and its trials in a shop pass. The tests
//! read the golden files of the Rust crates.

use std::path::PathBuf;
use std::process::Command;

use anyhow::{Context, ensure};

use super::{Site, folder};
use crate::files::{files_below, remove_folder};
use crate::process::{answer, command, on_path};
use crate::workspace::Workspace;

const FOLDERS: [&str; 2] = ["plugins/woocommerce", "tests/woo-host"];

/// Every PHP file parses.
pub(crate) fn parses(workspace: &Workspace) -> anyhow::Result<()> {
    let mut checked = 0_usize;
    for folder in FOLDERS.map(|folder| workspace.root.join(folder)) {
        for file in files_below(&folder)? {
            if file.extension().is_some_and(|ending| ending == "php") {
                answer(
                    command("php").arg("-l").arg(folder.join(&file)),
                    &format!("php -l {}", file.display()),
                )?;
                checked += 1;
            }
        }
    }
    ensure!(checked > 0, "there is no PHP to check");
    Ok(())
}

/// The style that Debian's PHP_CodeSniffer can hold; the plugin's `phpcs.xml` says which rules.
pub(crate) fn style(workspace: &Workspace) -> Command {
    let mut phpcs = command("phpcs");
    phpcs.current_dir(workspace.root.join("plugins/woocommerce")).args([
        "-q",
        "--standard=phpcs.xml",
        "--report=full",
        ".",
    ]);
    phpcs
}

/// Signatures, money, decisions.
pub(crate) fn unit_tests(workspace: &Workspace) -> Command {
    let mut phpunit = command("phpunit");
    phpunit
        .current_dir(workspace.root.join("plugins/woocommerce/tests"))
        .args(["--configuration", "phpunit.xml", "--do-not-cache-result", "--colors=never"])
        .env("ALLIANCEPAY_GOLDEN", golden(workspace));
    phpunit
}

/// The plugin in a shop with a backend that is scripted: silent, wrong, repeating itself. Needs a shop of its own.
pub(crate) fn trials(workspace: &Workspace, pattern: &Site) -> anyhow::Result<Command> {
    let place = folder(workspace).join("trials");
    remove_folder(&place)?;
    let site = pattern.copy_to(&place)?;
    let tests = workspace.root.join("plugins/woocommerce/tests/shop");
    let phpunit = on_path("phpunit").context("there is no phpunit on PATH")?;
    let mut php = site.php_with(&format!("auto_prepend_file={}", tests.join("load.php").display()));
    php.arg(phpunit)
        .current_dir(&tests)
        .args(["--configuration", "phpunit.xml", "--do-not-cache-result", "--colors=never"])
        .env("ALLIANCEPAY_GOLDEN", golden(workspace));
    Ok(php)
}

fn golden(workspace: &Workspace) -> PathBuf {
    workspace.root.join("crates/checkout-api/tests/golden")
}
