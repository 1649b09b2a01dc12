//! The one pipeline that makes what a merchant loads: Trunk builds page and wasm, its hook assembles the
//! merchant's files, and they are copied to `dist/`, the console beside them. The demo shop's page loads those very files.

use std::path::PathBuf;
use std::process::Command;
use std::time::Instant;

use crate::console;
use crate::files::replace_folder;
use crate::process::{cargo, command, run};
use crate::tools::{Toolbox, add_standard_library_source};
use crate::workspace::Workspace;

/// Rebuilding the standard library for size. On stable cargo these switches need `RUSTC_BOOTSTRAP`; they are in
/// the environment of this one build so that nothing else is touched by them.
const SMALL: [(&str, &str); 4] = [
    ("RUSTC_BOOTSTRAP", "1"),
    ("CARGO_UNSTABLE_BUILD_STD", "std,panic_abort"),
    ("CARGO_UNSTABLE_BUILD_STD_FEATURES", "optimize_for_size"),
    (
        "CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUSTFLAGS",
        "-Zunstable-options -Cpanic=immediate-abort -Zlocation-detail=none -Zfmt-debug=none",
    ),
];

/// Names for what the assembling step has to know; Trunk hands the environment on to it.
pub(crate) const BUILD: &str = "ALLIANCEPAY_BUILD";
pub(crate) const ESBUILD: &str = "ALLIANCEPAY_ESBUILD";
pub(crate) const WASM_OPT: &str = "ALLIANCEPAY_WASM_OPT";
const XTASK: &str = "ALLIANCEPAY_XTASK";

/// Which of the two builds. The small one is what is shipped.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Build {
    Stable,
    Small,
}

impl Build {
    pub(crate) fn from_flag(stable: bool) -> Self {
        if stable { Self::Stable } else { Self::Small }
    }

    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Stable => "stable",
            Self::Small => "small",
        }
    }

    /// Tells a command how this build is compiled; returns the folder it compiles into.
    pub(crate) fn prepare(self, workspace: &Workspace, command: &mut Command) -> PathBuf {
        let folder = match self {
            Self::Stable => workspace.target.clone(),
            Self::Small => workspace.target.join("small"),
        };
        if self == Self::Small {
            command.envs(SMALL);
        }
        command.env("CARGO_TARGET_DIR", &folder);
        folder
    }
}

/// Builds and returns the folder of what a merchant loads.
pub(crate) fn build(workspace: &Workspace, toolbox: &Toolbox, build: Build) -> anyhow::Result<PathBuf> {
    let begun = Instant::now();
    let build = possible(build);
    eprintln!("dist: building the widget (first time usually 3 minutes, later 10 seconds)");
    let mut fetch = cargo();
    // Trunk then works offline: it would otherwise look for tools of its own.
    fetch.current_dir(&workspace.root).args(["fetch", "--quiet"]);
    let mut trunk = command(&toolbox.trunk);
    trunk
        .current_dir(&workspace.root)
        .args(["build", "--release"])
        .env("PATH", toolbox.path()?)
        .env("TRUNK_OFFLINE", "true")
        .env("TRUNK_SKIP_VERSION_CHECK", "true")
        // Trunk reads any NO_COLOR but "true" or "false" as a mistake.
        .env_remove("NO_COLOR")
        // By process, not by path: another build may replace the file at that path meanwhile.
        .env(XTASK, format!("/proc/{}/exe", std::process::id()))
        .env(BUILD, build.name())
        .env(ESBUILD, &toolbox.esbuild);
    if let Some(wasm_opt) = &toolbox.wasm_opt {
        trunk.env(WASM_OPT, wasm_opt);
    }
    for command in [&mut fetch, &mut trunk] {
        build.prepare(workspace, command);
    }
    run(&mut fetch, "cargo fetch")?;
    run(&mut trunk, "trunk build")?;

    let dist = workspace.dist();
    replace_folder(&workspace.shop().join("widget"), &dist)?;
    eprintln!("dist: done in {} s", begun.elapsed().as_secs());
    console::build(workspace, toolbox, build)?;
    Ok(dist)
}

/// The small build needs the standard library's source. A machine that cannot have it gets the other build.
fn possible(build: Build) -> Build {
    if build == Build::Stable {
        return build;
    }
    match add_standard_library_source() {
        Ok(()) => build,
        Err(error) => {
            eprintln!(
                "dist: making the larger stable build, for want of the standard library's source: {error:#}"
            );
            Build::Stable
        }
    }
}
