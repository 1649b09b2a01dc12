//! The documentation as a small static site: `docs/**/*.md` in one frame, the playground beside them, no generator
//! to install. The contents of the site are the lists of `docs/index.md`; a page nothing leads to is an error.

mod contents;
mod links;
mod markdown;
mod playground;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use anyhow::{Context, ensure};

use crate::files::{copy_folder, remove_folder};
use crate::process::{command, run};
use crate::tools::{Toolbox, from_npm};
use crate::workspace::Workspace;
use markdown::Page;

/// Copied as they are.
const FOLDERS: [&str; 2] = ["screenshots", "playground"];
const FILES_OF_SITE: [&str; 3] = ["site.css", "site.js", "icon.svg"];

/// Builds the site and returns its folder.
pub(crate) fn build(workspace: &Workspace, toolbox: &Toolbox) -> anyhow::Result<PathBuf> {
    let source = workspace.root.join("docs");
    let site = workspace.docs_site();
    remove_folder(&site)?;
    let frame = read(&source.join("site/page.html"))?;
    let pages = pages(&source)?;
    let contents = contents::read(pages.get("index.md").context("docs/index.md is missing")?);
    links::all_reached(&pages)?;
    for (path, page) in &pages {
        let nav = contents.for_page(path);
        let body = page.html.clone();
        write(&site, path, &frame, &page.title, &nav, &body, head_of(page))?;
    }
    let controls = read(&source.join("playground/playground.html"))?;
    let head = "<link rel=\"stylesheet\" href=\"playground/playground.css\" />\
                <script type=\"module\" src=\"playground/playground.js\"></script>";
    write(
        &site,
        "playground.md",
        &frame,
        "Playground",
        &contents.for_page("playground.md"),
        &controls,
        head,
    )?;
    for folder in FOLDERS {
        copy_folder(&source.join(folder), &site.join(folder))?;
    }
    std::fs::write(site.join("playground/data.json"), playground::data(&workspace.root)?.to_string())?;
    std::fs::create_dir_all(site.join("site"))?;
    for file in FILES_OF_SITE {
        std::fs::copy(source.join("site").join(file), site.join("site").join(file))?;
    }
    draw_diagrams(workspace, toolbox, &source.join("site"), &site.join("site"))?;
    Ok(site)
}

/// Only pages with a diagram load what draws it.
fn head_of(page: &Page) -> &'static str {
    if page.html.contains("language-mermaid") {
        "<script type=\"module\" src=\"{root}site/diagrams.js\"></script>"
    } else {
        ""
    }
}

fn write(
    site: &Path,
    path: &str,
    frame: &str,
    title: &str,
    nav: &str,
    body: &str,
    head: &str,
) -> anyhow::Result<()> {
    let file = site.join(Path::new(path).with_extension("html"));
    let depth = path.matches('/').count();
    let html = frame
        .replace("{title}", title)
        .replace("{head}", head)
        .replace("{nav}", nav)
        .replace("{root}", &"../".repeat(depth))
        // Last: what is written in a page is not filled in.
        .replace("{body}", body);
    if let Some(folder) = file.parent() {
        std::fs::create_dir_all(folder)?;
    }
    std::fs::write(&file, html).with_context(|| format!("writing {}", file.display()))
}

/// Every Markdown file by its path below `docs/`.
fn pages(source: &Path) -> anyhow::Result<BTreeMap<String, Page>> {
    let mut pages = BTreeMap::new();
    let mut folders = vec![source.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(&folder).with_context(|| format!("reading {}", folder.display()))? {
            let path = entry?.path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|ending| ending == "md") {
                let name =
                    path.strip_prefix(source)?.to_str().context("a file name that is not UTF-8")?.to_owned();
                pages.insert(name, markdown::render(&read(&path)?));
            }
        }
    }
    ensure!(!pages.is_empty(), "there are no pages in {}", source.display());
    Ok(pages)
}

fn draw_diagrams(workspace: &Workspace, toolbox: &Toolbox, source: &Path, out: &Path) -> anyhow::Result<()> {
    let npm = from_npm::install(&workspace.tools(), source, "what draws the diagrams of the docs")?;
    let mut esbuild = command(&toolbox.esbuild);
    esbuild
        .arg(source.join("diagrams.js"))
        .args(["--bundle", "--minify", "--format=esm", "--splitting", "--log-level=error"])
        .arg(format!("--outdir={}", out.display()))
        .env("NODE_PATH", npm.folder().join("node_modules"));
    run(&mut esbuild, "esbuild for the docs")
}

fn read(path: &Path) -> anyhow::Result<String> {
    std::fs::read_to_string(path).with_context(|| format!("reading {}", path.display()))
}
