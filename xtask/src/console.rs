//! Builds the merchant console: its own bundle in `target/console`, copied to `dist/console`. The backend serves it at
//! `/console`; a shop's admin loads `elements.js` from there.
//!
//! The same pipeline as the widget's, without a page of Trunk's: compile for size, bind, optimise, bundle, name by
//! contents, compress.

use std::ffi::OsStr;
use std::path::{Path, PathBuf};
use std::time::Instant;

use anyhow::Context;

use crate::assemble::compress;
use crate::dist::Build;
use crate::files::{files_below, remove_folder, replace_folder, short_hash};
use crate::process::{cargo, command, run};
use crate::tools::Toolbox;
use crate::workspace::Workspace;

const CRATE: &str = "crates/merchant-console";
const WASM: &str = "wasm32-unknown-unknown";
/// The widget's profile: small first.
const PROFILE: &str = "widget";
const OPTIMISE: [&str; 5] =
    ["-Oz", "--converge", "--strip-debug", "--strip-producers", "--strip-target-features"];
/// Raise when this code makes other files of the same input.
const FORMAT: &str = "1";

/// Builds it and returns its folder in `dist/`.
pub(crate) fn build(workspace: &Workspace, toolbox: &Toolbox, build: Build) -> anyhow::Result<PathBuf> {
    let begun = Instant::now();
    eprintln!("dist: building the console (first time usually 2 minutes, later seconds)");
    let work = workspace.target.join("console").join(build.name());
    let bound = bind(workspace, toolbox, build, &work)?;
    let files = work.join("files");
    let key = input_key(workspace, &bound, toolbox.wasm_opt.is_some())?;
    let key_file = work.join("key");
    if std::fs::read_to_string(&key_file).ok().as_deref() != Some(key.as_str()) {
        remove_folder(&files)?;
        std::fs::create_dir_all(&files).with_context(|| format!("making {}", files.display()))?;
        Bundle { workspace, toolbox, bound: &bound, work: &work, files: &files }.write()?;
        compress::beside(&workspace.root, &files)?;
        std::fs::write(&key_file, key)?;
    }
    let dist = workspace.dist().join("console");
    replace_folder(&files, &dist)?;
    eprintln!("dist: the console is done in {} s", begun.elapsed().as_secs());
    Ok(dist)
}

/// What wasm-bindgen made.
#[derive(Debug)]
struct Bound {
    wasm: PathBuf,
    glue: PathBuf,
}

fn bind(workspace: &Workspace, toolbox: &Toolbox, build: Build, work: &Path) -> anyhow::Result<Bound> {
    let mut compile = cargo();
    let target = build.prepare(workspace, &mut compile);
    compile
        .current_dir(&workspace.root)
        .args(["build", "--quiet", "-p", "merchant-console", "--bin", "merchant-console"])
        .args(["--target", WASM, "--profile", PROFILE]);
    run(&mut compile, "compiling the console")?;
    let compiled = target.join(WASM).join(PROFILE).join("merchant-console.wasm");
    let folder = work.join("bound");
    let mut bind = command(&toolbox.wasm_bindgen);
    bind.args(["--target", "web", "--no-typescript", "--out-name", "console", "--out-dir"])
        .arg(&folder)
        .arg(&compiled);
    run(&mut bind, "wasm-bindgen")?;
    Ok(Bound { wasm: folder.join("console_bg.wasm"), glue: folder.join("console.js") })
}

struct Bundle<'a> {
    workspace: &'a Workspace,
    toolbox: &'a Toolbox,
    bound: &'a Bound,
    work: &'a Path,
    files: &'a Path,
}

impl Bundle<'_> {
    fn write(&self) -> anyhow::Result<()> {
        let wasm = self.name("wasm", &self.optimised()?)?;
        let sheet = self.work.join("console.css");
        let mut css = command(&self.toolbox.esbuild);
        css.arg(self.source("style/console.css")).args(["--bundle", "--minify", "--log-level=warning"]);
        // Older browsers take the rules they know; esbuild would write the newer ones out at length.
        css.arg("--target=esnext").arg(outfile(&sheet));
        run(&mut css, "bundling the console's style sheet")?;
        let css = self.name("css", &sheet)?;
        let page = self.script("page/console.js", &wasm, &sheet, &self.work.join("page.js"))?;
        let js = self.name("js", &page)?;
        self.script("page/elements.js", &wasm, &sheet, &self.files.join("elements.js"))?;
        let index = self.source("page/index.html");
        let html = std::fs::read_to_string(&index).with_context(|| format!("reading {}", index.display()))?;
        let html = html
            .replace("__CONSOLE_WASM__", &wasm)
            .replace("__CONSOLE_CSS__", &css)
            .replace("__CONSOLE_JS__", &js);
        std::fs::write(self.files.join("index.html"), html)?;
        Ok(())
    }

    fn source(&self, file: &str) -> PathBuf {
        self.workspace.root.join(CRATE).join(file)
    }

    fn optimised(&self) -> anyhow::Result<PathBuf> {
        let Some(wasm_opt) = &self.toolbox.wasm_opt else { return Ok(self.bound.wasm.clone()) };
        let fresh = self.work.join("console.wasm");
        run(command(wasm_opt).args(OPTIMISE).arg(&self.bound.wasm).arg("-o").arg(&fresh), "wasm-opt")?;
        Ok(fresh)
    }

    /// Puts a file into the folder under a name that its contents decide.
    fn name(&self, ending: &str, file: &Path) -> anyhow::Result<String> {
        let bytes = std::fs::read(file).with_context(|| format!("reading {}", file.display()))?;
        let name = format!("console-{}.{ending}", short_hash(&[&bytes]));
        std::fs::write(self.files.join(&name), bytes)?;
        Ok(name)
    }

    fn script(&self, entry: &str, wasm: &str, sheet: &Path, out: &Path) -> anyhow::Result<PathBuf> {
        let mut esbuild = command(AsRef::<OsStr>::as_ref(&self.toolbox.esbuild));
        esbuild
            .arg(self.source(entry))
            .args(["--bundle", "--minify", "--charset=utf8", "--format=esm", "--target=es2021"])
            .args(["--legal-comments=none", "--log-level=warning", "--loader:.css=text"])
            .arg(format!("--alias:console-glue={}", self.bound.glue.display()))
            .arg(format!("--alias:console-style={}", sheet.display()))
            // The glue gets a `WebAssembly` whose instances say when they have trapped.
            .arg(format!("--inject:{}", self.source("page/guard.js").display()))
            .arg(format!("--define:__CONSOLE_WASM__={}", serde_json::Value::from(wasm)))
            .arg(outfile(out));
        run(&mut esbuild, &format!("bundling {entry}"))?;
        Ok(out.to_path_buf())
    }
}

fn outfile(file: &Path) -> String {
    format!("--outfile={}", file.display())
}

fn input_key(workspace: &Workspace, bound: &Bound, optimised: bool) -> anyhow::Result<String> {
    let mut parts = vec![std::fs::read(&bound.wasm)?, std::fs::read(&bound.glue)?];
    for folder in ["page", "style"].map(|folder| workspace.root.join(CRATE).join(folder)) {
        for file in files_below(&folder)? {
            parts.push(file.to_string_lossy().into_owned().into_bytes());
            parts.push(std::fs::read(folder.join(file))?);
        }
    }
    parts.push(std::fs::read(workspace.root.join("style/tokens.css"))?);
    parts.push(vec![u8::from(optimised)]);
    parts.push(FORMAT.as_bytes().to_vec());
    let parts: Vec<&[u8]> = parts.iter().map(Vec::as_slice).collect();
    Ok(short_hash(&parts))
}
