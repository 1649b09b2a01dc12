//! The plugin as a shop installs it: its PHP, the widget's files, the console's elements, compiled translations.

use std::path::{Path, PathBuf};

use anyhow::{Context, ensure};

use super::{folder, translations};
use crate::files::{copy_folder, files_below, remove_folder};
use crate::process::{command, run};
use crate::workspace::Workspace;

/// The folder's name is the plugin's name to WordPress.
pub(crate) const SLUG: &str = "alliancepay-checkout";
/// What a plugin is made of.
const ENDINGS: [&str; 9] = ["php", "js", "css", "svg", "wasm", "json", "pot", "po", "mo"];

/// Puts the plugin together in a folder of its own; needs `dist/`.
pub(crate) fn assemble(workspace: &Workspace) -> anyhow::Result<PathBuf> {
    let source = workspace.root.join("plugins/woocommerce");
    let plugin = folder(workspace).join(SLUG);
    remove_folder(&plugin)?;
    copy_folder(&source, &plugin)?;
    remove_folder(&plugin.join("tests"))?;
    std::fs::remove_file(plugin.join("phpcs.xml")).context("removing the rules of our own style")?;
    has_this_version(&plugin, &workspace.version()?)?;
    widget(&workspace.dist(), &plugin.join("assets/widget"))?;
    console(&workspace.dist().join("console"), &plugin.join("assets/console"))?;
    translations::compile(&plugin, &workspace.version()?)?;
    for file in ["LICENSE-MIT", "LICENSE-APACHE"] {
        std::fs::copy(workspace.root.join(file), plugin.join(file))
            .with_context(|| format!("copying {file}"))?;
    }
    holds_only_what_runs(&plugin)?;
    Ok(plugin)
}

/// A web server gives every file of a plugin to whoever asks: nothing is in there that a shop does not need.
fn holds_only_what_runs(plugin: &Path) -> anyhow::Result<()> {
    for file in files_below(plugin)? {
        let belongs = file.extension().map_or_else(
            || file.starts_with("LICENSE-MIT") || file.starts_with("LICENSE-APACHE"),
            |ending| ENDINGS.iter().any(|known| ending == *known),
        );
        ensure!(belongs, "{} is in the plugin, and no shop needs it", file.display());
    }
    Ok(())
}

/// Packs the folder; returns the zip.
pub(crate) fn zip(workspace: &Workspace, plugin: &Path) -> anyhow::Result<PathBuf> {
    let zip = folder(workspace).join(format!("{SLUG}-{}.zip", workspace.version()?));
    if zip.exists() {
        std::fs::remove_file(&zip)?;
    }
    let parent = plugin.parent().context("the plugin's folder has a parent")?;
    let mut packer = command("zip");
    packer.current_dir(parent).args(["-q", "-X", "-r"]).arg(&zip).arg(SLUG);
    run(&mut packer, "zip")?;
    Ok(zip)
}

/// WordPress shows the plugin's own number; it must be the product's.
fn has_this_version(plugin: &Path, version: &str) -> anyhow::Result<()> {
    let main = std::fs::read_to_string(plugin.join("alliancepay-checkout.php"))?;
    let said = main.contains(&format!(" * Version: {version}\n"))
        && main.contains(&format!("VERSION = '{version}';"));
    ensure!(said, "plugins/woocommerce/alliancepay-checkout.php does not say version {version}, twice");
    Ok(())
}

/// What a page loads: the classic script, its wasm and languages, without the compressed copies a web server would choose
/// from.
fn widget(dist: &Path, to: &Path) -> anyhow::Result<()> {
    copy_files(dist, to, |name, ending| {
        name.starts_with("alliancepay") && ["js", "wasm", "json"].contains(&ending)
    })?;
    let is_whole = to.join("alliancepay.js").is_file();
    ensure!(is_whole, "{} does not hold the widget: run `cargo xtask dist`", dist.display());
    Ok(())
}

/// The files of a folder that are wanted, by their names and endings.
fn copy_files(from: &Path, to: &Path, wanted: impl Fn(&str, &str) -> bool) -> anyhow::Result<()> {
    std::fs::create_dir_all(to)?;
    for entry in std::fs::read_dir(from).with_context(|| format!("reading {}", from.display()))? {
        let path = entry?.path();
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let ending = name.rsplit('.').next().unwrap_or_default();
        if path.is_file() && wanted(&name, ending) {
            std::fs::copy(&path, to.join(&name))?;
        }
    }
    Ok(())
}

/// The elements for a shop's own admin. The console's own page is the backend's to show, and so are the compressed copies.
fn console(built: &Path, to: &Path) -> anyhow::Result<()> {
    let is_whole = built.join("elements.js").is_file();
    ensure!(is_whole, "{} does not hold the console's elements: run `cargo xtask dist`", built.display());
    copy_files(built, to, |_, ending| ["js", "wasm", "css"].contains(&ending))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_plugin_without_the_consoles_elements_is_none() {
        let folder = tempfile::tempdir().unwrap();
        let (built, to) = (folder.path().join("console"), folder.path().join("plugin"));
        std::fs::create_dir(&built).unwrap();
        std::fs::write(built.join("page.js"), "").unwrap();
        let error = console(&built, &to).unwrap_err();
        assert!(error.to_string().contains("cargo xtask dist"), "{error}");
        std::fs::write(built.join("elements.js"), "").unwrap();
        std::fs::write(built.join("index.html"), "").unwrap();
        console(&built, &to).unwrap();
        assert!(to.join("elements.js").is_file() && !to.join("index.html").exists());
    }
}
