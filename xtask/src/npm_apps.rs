//! The npm package in other people's builds: package, samples of the documentation, pinned bundlers, laid into one folder in
//! which `tests/npm` builds and tries them. The journeys open what was built there.

use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, ensure};

use crate::files::{copy_folder, remove_folder};
use crate::process::command;
use crate::tools;
use crate::workspace::Workspace;

const SAMPLES: &str = "docs/integrations/samples";
const TESTS: &str = "tests/npm";
/// Below `tests/npm`; the rest of it says what to install.
const OF_TESTS: [&str; 3] = ["package.test.mjs", "types.tsx", "tsconfig.json"];

/// Lays everything out; the command runs the tests. Needs `dist/`.
pub(crate) fn lay_out(workspace: &Workspace) -> anyhow::Result<Command> {
    let tools = tools::install_bundlers(workspace)?;
    let package = workspace.dist().join("npm");
    ensure!(package.join("index.mjs").is_file(), "dist/npm is not built: run `cargo xtask dist` first");
    let folder = workspace.root.join("target/npm-apps");
    remove_folder(&folder)?;
    let (apps, react_18) = (folder.join("apps"), folder.join("react-18"));

    let samples = workspace.root.join(SAMPLES);
    for (from, to) in [
        (samples.join("react-vite"), apps.join("react-vite")),
        (samples.join("webpack"), apps.join("webpack")),
        (workspace.root.join(TESTS).join("rendered"), apps.join("rendered")),
        (samples.join("react-vite"), react_18.join("app")),
    ] {
        copy_folder(&from, &to)?;
    }
    for file in OF_TESTS {
        std::fs::copy(workspace.root.join(TESTS).join(file), apps.join(file))
            .with_context(|| file.to_owned())?;
    }
    // As npm would have installed it: files of its own, not a link.
    for app in [&apps, &apps.join("react-vite"), &react_18.join("app")] {
        copy_folder(&package, &app.join("node_modules/@alliancepay/checkout"))?;
    }
    // Whatever is not beside an application is looked for above it.
    link(&tools.packages, &folder)?;
    link(&tools.react_18, &react_18)?;

    let mut node = command(&tools.node);
    node.current_dir(&apps).args(["--test", "--test-reporter=tap", "package.test.mjs"]);
    Ok(node)
}

fn link(packages: &Path, folder: &Path) -> anyhow::Result<()> {
    let to: PathBuf = folder.join("node_modules");
    std::os::unix::fs::symlink(packages.join("node_modules"), &to)
        .with_context(|| format!("linking {}", to.display()))
}
