//! A build of the widget that panics where a page tells it to, for the journeys that look at what the page does then. It
//! is never shipped: the switch is the feature `trap`, and the files are in a folder of their own.
//!
//! Compiled like the browser tests, whose dependencies it shares: what it shows is the loader's work, and the loader is
//! the shipped one.

use crate::assemble;
use crate::files::{remove_folder, replace_folder};
use crate::process::{cargo, command, run};
use crate::tools::Toolbox;
use crate::workspace::Workspace;

const WASM: &str = "wasm32-unknown-unknown";
const PROGRAM: &str = "alliancepay-widget";

/// Builds it into the folder that the journeys know.
pub(crate) fn build(workspace: &Workspace, toolbox: &Toolbox) -> anyhow::Result<()> {
    let mut compile = cargo();
    compile
        .current_dir(&workspace.root)
        .args(["build", "--quiet", "-p", "alliancepay-checkout", "--bin", PROGRAM])
        .args(["--target", WASM, "--features", "trap"]);
    run(&mut compile, "compiling the widget that traps")?;

    let work = workspace.target.join("trap");
    remove_folder(&work)?;
    let bound = work.join("bound");
    let module = workspace.target.join(WASM).join("debug").join(PROGRAM).with_extension("wasm");
    let mut bind = command(&toolbox.wasm_bindgen);
    bind.args(["--target", "web", "--no-typescript", "--out-dir"]).arg(&bound).arg(&module);
    run(&mut bind, "binding the widget that traps")?;

    let files = work.join("files");
    assemble::plain(workspace, &toolbox.esbuild, &bound, &files)?;
    replace_folder(&files, &workspace.trap())
}
