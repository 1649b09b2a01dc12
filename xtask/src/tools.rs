//! Installing what is missing, once per user: says what it does, how long that usually takes, how far it is.
//!
//! One file per kind of tool; a tool that is there costs one look. Two runs at once wait for each other.

mod browser;
mod debian;
mod from_crates;
pub(crate) mod from_npm;
mod node;
mod php;
pub(crate) mod postgres;
mod python;
mod rust;
mod step;
mod wordpress;

use std::ffi::OsString;
use std::fs::{File, TryLockError};
use std::path::PathBuf;
use std::process::Command;

use anyhow::Context;

use crate::workspace::Workspace;

pub(crate) use rust::add_standard_library_source;

/// How much is needed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Needs {
    /// Building the widget and running the demo.
    Build,
    /// That, and Chromium with its driver.
    Browser,
    /// That, and what only tests use.
    Everything,
}

/// Where the installed tools are.
#[derive(Debug)]
pub(crate) struct Toolbox {
    pub(crate) trunk: PathBuf,
    pub(crate) wasm_bindgen: PathBuf,
    pub(crate) esbuild: PathBuf,
    /// Absent where it could not be installed: the widget then works and is larger.
    pub(crate) wasm_opt: Option<PathBuf>,
    pub(crate) browsers: Option<browser::Drivers>,
    /// What finds faults of accessibility in a page.
    pub(crate) axe: Option<PathBuf>,
    pub(crate) python: Option<PathBuf>,
}

impl Toolbox {
    /// The runner for tests compiled to WebAssembly.
    pub(crate) fn wasm_test_runner(&self) -> PathBuf {
        self.wasm_bindgen.with_file_name("wasm-bindgen-test-runner")
    }

    /// Names what tests use to a program that runs them.
    pub(crate) fn tell(&self, program: &mut Command) {
        program.env("CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUNNER", self.wasm_test_runner());
        if let Some(browsers) = &self.browsers {
            browsers.tell(program);
        }
        if let Some(axe) = &self.axe {
            program.env("ALLIANCEPAY_AXE", axe);
        }
        if let Some(python) = &self.python {
            program.env("ALLIANCEPAY_JWCRYPTO_PYTHON", python);
        }
    }

    /// `PATH` with these tools first.
    pub(crate) fn path(&self) -> anyhow::Result<OsString> {
        let mut folders = Vec::new();
        for tool in [&self.trunk, &self.wasm_bindgen, &self.esbuild] {
            folders.extend(tool.parent().map(PathBuf::from));
        }
        folders.extend(std::env::split_paths(&std::env::var_os("PATH").unwrap_or_default()));
        std::env::join_paths(folders).context("a folder on PATH contains a colon")
    }
}

/// Installs what is missing and says where everything is.
pub(crate) fn install(workspace: &Workspace, needs: Needs) -> anyhow::Result<Toolbox> {
    let tools = workspace.tools();
    std::fs::create_dir_all(&tools).with_context(|| format!("making {}", tools.display()))?;
    let _lock = only_one_at_a_time(&tools.join("lock"))?;

    rust::add_wasm_target()?;
    node::install()?;
    let trunk = from_crates::trunk(&tools)?;
    let wasm_bindgen = from_crates::wasm_bindgen(&tools, &workspace.locked_version("wasm-bindgen")?)?;
    let npm = from_npm::install(&tools, &workspace.root.join("xtask/npm"), "esbuild and wasm-opt")?;
    let wasm_opt = npm.program("wasm-opt");
    if wasm_opt.is_none() {
        eprintln!(
            "tools: wasm-opt is not there; the widget works without it and downloads about 5 % more. \
             To try again: remove {} and run this once more.",
            npm.folder().display()
        );
    }
    let esbuild = npm.program("esbuild").context("npm installed its packages, but no esbuild among them")?;

    let browsers = match needs {
        Needs::Build => None,
        Needs::Browser => Some(browser::chromium()?),
        Needs::Everything => Some(browser::all(&tools)?),
    };
    crate::files::remove_folder(&from_crates::build_folder(&tools))?;
    let axe = match needs {
        Needs::Build | Needs::Browser => None,
        Needs::Everything => {
            let packages = from_npm::install(&tools, &workspace.root.join("xtask/npm-tests"), "axe")?;
            Some(packages.folder().join("node_modules/axe-core/axe.min.js"))
        }
    };
    let python = match needs {
        Needs::Build | Needs::Browser => None,
        Needs::Everything => {
            rust::add_checkers()?;
            postgres::install()?;
            // The receiver of webhooks in the documentation is run by the backend's own tests.
            php::install()?;
            python::install(&tools, &workspace.root.join("xtask/python/requirements.txt"))
        }
    };
    Ok(Toolbox { trunk, wasm_bindgen, esbuild, wasm_opt, browsers, axe, python })
}

/// What a WordPress shop with the plugin needs.
#[derive(Debug)]
pub(crate) struct ShopTools {
    pub(crate) php: PathBuf,
    pub(crate) wordpress: wordpress::WordPress,
}

/// Installs PHP and a WordPress.
pub(crate) fn install_shop(workspace: &Workspace) -> anyhow::Result<ShopTools> {
    let tools = workspace.tools();
    let _lock = only_one_at_a_time(&tools.join("lock"))?;
    php::install_gettext()?;
    Ok(ShopTools { php: php::install()?, wordpress: wordpress::install(&tools)? })
}

/// Installs what the Express sample of the documentation names; returns the folder of its packages.
pub(crate) fn install_express(workspace: &Workspace) -> anyhow::Result<PathBuf> {
    let tools = workspace.tools();
    let _lock = only_one_at_a_time(&tools.join("lock"))?;
    let source = workspace.root.join("docs/integrations/samples/node-shop");
    Ok(from_npm::install(&tools, &source, "Express")?.folder().to_path_buf())
}

/// What other people build with.
#[derive(Debug)]
pub(crate) struct Bundlers {
    pub(crate) node: PathBuf,
    /// Vite, webpack, TypeScript, React.
    pub(crate) packages: PathBuf,
    pub(crate) react_18: PathBuf,
}

/// Installs what the npm package is tried with.
pub(crate) fn install_bundlers(workspace: &Workspace) -> anyhow::Result<Bundlers> {
    let tools = workspace.tools();
    let _lock = only_one_at_a_time(&tools.join("lock"))?;
    let tests = workspace.root.join("tests/npm");
    let install = |source: &std::path::Path, what: &str| -> anyhow::Result<PathBuf> {
        Ok(from_npm::install(&tools, source, what)?.folder().to_path_buf())
    };
    Ok(Bundlers {
        node: node::for_vite(&tools, &tests.join("node"))?,
        packages: install(&tests, "Vite, webpack, TypeScript and React")?,
        react_18: install(&tests.join("react-18"), "React 18")?,
    })
}

/// Installs what compiles translations.
pub(crate) fn install_gettext(workspace: &Workspace) -> anyhow::Result<()> {
    let _lock = only_one_at_a_time(&workspace.tools().join("lock"))?;
    php::install_gettext()
}

/// Held until dropped; a second run waits and says so.
fn only_one_at_a_time(path: &std::path::Path) -> anyhow::Result<File> {
    let file = File::create(path).with_context(|| format!("making {}", path.display()))?;
    match file.try_lock() {
        Ok(()) => {}
        Err(TryLockError::WouldBlock) => {
            eprintln!("tools: another run is installing; waiting for it to finish");
            file.lock().context("waiting for the other run")?;
        }
        Err(TryLockError::Error(error)) => {
            return Err(error).with_context(|| format!("locking {}", path.display()));
        }
    }
    Ok(file)
}
