//! Turns Trunk's output into the merchant's files: optimised wasm under a hashed name, loader as classic script
//! and as module with the wasm's name and hash inside, manifest, npm package, compressed copies.
//!
//! Runs as Trunk's hook, in Trunk's staging folder. The same input is assembled once and then copied.

mod bundle;
pub(crate) mod compress;
mod glue;
mod languages;
mod manifest;
mod npm_package;
mod optimise;

pub(crate) use languages::is_of_another_language;
pub(crate) use manifest::{Entry, Manifest};

use std::ffi::{OsStr, OsString};
use std::path::{Path, PathBuf};

use anyhow::{Context, bail};

use crate::dist::{BUILD, ESBUILD, WASM_OPT};
use crate::files::{copy_folder, files_below, integrity, remove_folder, short_hash};
use crate::workspace::Workspace;
use bundle::Widget;
use languages::Languages;

/// Raise when this code makes other files of the same input.
const FORMAT: &str = "5";

pub(crate) fn from_trunk(workspace: &Workspace) -> anyhow::Result<()> {
    let staging = PathBuf::from(
        std::env::var_os("TRUNK_STAGING_DIR")
            .context("`assemble` is called by Trunk's hook; run `cargo xtask dist` instead")?,
    );
    let esbuild = setting(ESBUILD, "esbuild");
    let wasm_opt = std::env::var_os(WASM_OPT);
    let build = std::env::var(BUILD).unwrap_or_else(|_| "stable".to_owned());
    let version = workspace.version()?;
    let bound = Bound::find(&staging)?;

    let finished = workspace.target.join("assembled").join(&build);
    let key = input_key(workspace, &bound, &[&version, &build, FORMAT], wasm_opt.is_some())?;
    if std::fs::read_to_string(finished.join("key")).ok().as_deref() != Some(key.as_str()) {
        remove_folder(&finished)?;
        let files = finished.join("files");
        let (wasm, languages) = bound.assemble(workspace, &esbuild, wasm_opt.as_deref(), &files)?;
        let sizes = compress::beside(&workspace.root, &files)?;
        manifest::write(&files, &version, &build, &sizes)?;
        let widget = bound.widget(workspace, &wasm, &languages, &version);
        npm_package::write(&files, &widget, &esbuild, &languages.files())?;
        std::fs::write(finished.join("key"), key)?;
    }
    bound.remove()?;
    copy_folder(&finished.join("files"), &staging.join("widget"))
}

/// The loader, its wasm and its texts out of what wasm-bindgen made in `bound`; nothing is made smaller.
pub(crate) fn plain(workspace: &Workspace, esbuild: &Path, bound: &Path, files: &Path) -> anyhow::Result<()> {
    Bound::find(bound)?.assemble(workspace, esbuild.as_os_str(), None, files).map(drop)
}

fn setting(name: &str, otherwise: &str) -> OsString {
    std::env::var_os(name).unwrap_or_else(|| otherwise.into())
}

/// The shipped wasm: its file name carries its contents' hash, the loader checks its integrity.
#[derive(Debug)]
pub(crate) struct Wasm {
    name: String,
    integrity: String,
}

/// What wasm-bindgen made, as Trunk staged it.
#[derive(Debug)]
struct Bound {
    wasm: PathBuf,
    glue: PathBuf,
    snippets: PathBuf,
}

impl Bound {
    fn find(staging: &Path) -> anyhow::Result<Self> {
        let mut found = None;
        for entry in std::fs::read_dir(staging).with_context(|| format!("reading {}", staging.display()))? {
            let path = entry?.path();
            let name = path.file_name().and_then(|name| name.to_str()).unwrap_or_default();
            if let Some(stem) = name.strip_suffix("_bg.wasm") {
                if found.is_some() {
                    bail!("more than one *_bg.wasm in {}: which one is the widget?", staging.display());
                }
                found = Some((path.clone(), staging.join(format!("{stem}.js"))));
            }
        }
        let (wasm, glue) = found.with_context(|| {
            format!(
                "no *_bg.wasm in {}: has index.html its <link data-trunk rel=\"rust\">?",
                staging.display()
            )
        })?;
        Ok(Self { wasm, glue, snippets: staging.join("snippets") })
    }

    /// Writes the wasm, the texts and the loader into `files`.
    fn assemble(
        &self,
        workspace: &Workspace,
        esbuild: &OsStr,
        wasm_opt: Option<&OsStr>,
        files: &Path,
    ) -> anyhow::Result<(Wasm, Languages)> {
        std::fs::create_dir_all(files).with_context(|| format!("making {}", files.display()))?;
        let wasm = self.wasm_and_glue(files, wasm_opt)?;
        let languages = languages::write(&workspace.root.join("texts"), files)?;
        self.widget(workspace, &wasm, &languages, &workspace.version()?).bundle(esbuild, files)?;
        Ok((wasm, languages))
    }

    /// What goes into a loader.
    fn widget<'a>(
        &'a self,
        workspace: &'a Workspace,
        wasm: &'a Wasm,
        languages: &'a Languages,
        version: &'a str,
    ) -> Widget<'a> {
        Widget { root: &workspace.root, glue: &self.glue, wasm, languages, version }
    }

    /// Names the wasm, optimised, and fits the glue to it.
    fn wasm_and_glue(&self, files: &Path, wasm_opt: Option<&OsStr>) -> anyhow::Result<Wasm> {
        let fresh = files.join("alliancepay.wasm");
        let names = if let Some(program) = wasm_opt {
            optimise::optimise(program, &self.wasm, &fresh)?
        } else {
            std::fs::copy(&self.wasm, &fresh)?;
            optimise::Names::default()
        };
        let glue = std::fs::read_to_string(&self.glue)
            .with_context(|| format!("reading {}", self.glue.display()))?;
        std::fs::write(&self.glue, glue::fitted(&glue, &names)?)?;

        let bytes = std::fs::read(&fresh).with_context(|| format!("reading {}", fresh.display()))?;
        let name = format!("alliancepay-{}.wasm", short_hash(&[&bytes]));
        std::fs::rename(&fresh, files.join(&name))?;
        Ok(Wasm { name, integrity: integrity(&bytes) })
    }

    /// Trunk's own copies are not shipped: the page loads the merchant's files.
    fn remove(&self) -> anyhow::Result<()> {
        std::fs::remove_file(&self.wasm)?;
        std::fs::remove_file(&self.glue)?;
        remove_folder(&self.snippets)
    }
}

fn input_key(
    workspace: &Workspace,
    bound: &Bound,
    words: &[&str],
    optimised: bool,
) -> anyhow::Result<String> {
    let mut parts = vec![std::fs::read(&bound.wasm)?, std::fs::read(&bound.glue)?];
    for folder in ["embed", "style", "texts", "xtask/npm"].map(|folder| workspace.root.join(folder)) {
        for file in files_below(&folder)? {
            parts.push(file.to_string_lossy().into_owned().into_bytes());
            parts.push(std::fs::read(folder.join(file))?);
        }
    }
    parts.extend(words.iter().map(|word| word.as_bytes().to_vec()));
    parts.push(vec![u8::from(optimised)]);
    let parts: Vec<&[u8]> = parts.iter().map(Vec::as_slice).collect();
    Ok(short_hash(&parts))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_staged_wasm_is_found_with_its_glue() {
        let staging = tempfile::tempdir().expect("folder");
        for name in ["index.html", "alliancepay-widget-12ab_bg.wasm", "alliancepay-widget-12ab.js"] {
            std::fs::write(staging.path().join(name), "").expect("file");
        }
        let bound = Bound::find(staging.path()).expect("found");
        assert!(bound.glue.ends_with("alliancepay-widget-12ab.js"));
        bound.remove().expect("removed");
        assert_eq!(files_below(staging.path()).expect("files"), [PathBuf::from("index.html")]);
    }

    #[test]
    fn a_page_without_a_rust_link_is_named_as_the_reason() {
        let staging = tempfile::tempdir().expect("folder");
        let error = Bound::find(staging.path()).unwrap_err().to_string();
        assert!(error.contains("rel=\"rust\""), "{error}");
    }
}
