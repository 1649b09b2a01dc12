//! A real WordPress from the registries: the core and the SQLite drop-in from npm, a classic theme from Debian. Laid into
//! one folder that all test shops share; a shop's own files are elsewhere.

use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, ensure};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use sha2::{Digest, Sha512};

use super::debian;
use super::step::Step;
use crate::files::remove_folder;
use crate::process::{command, run};

/// WordPress 6.5.5 is in there, as a zip without its static files, and the static files beside it.
const CORE: Package = Package {
    name: "@wp-playground/wordpress-builds@0.9.19",
    file: "wp-playground-wordpress-builds-0.9.19.tgz",
    sha512: "dlqvh/MJDpE5W68vgPPKUjpip6zMuBh59L3D18ZX+pdwurC4q4ydrTww/3sTMV69BBcoH6kF93YtAtujNC5Mpw==",
};
/// Holds the drop-in that lets WordPress work on SQLite.
const SQLITE: Package = Package {
    name: "@wp-playground/cli@3.1.56",
    file: "wp-playground-cli-3.1.56.tgz",
    sha512: "JTxl6djPEM2YRYz/w+BUoyoCvhSGHIjqMi4fMV1b8o1UPNvZatLaS7opo57UsrVElXrfdZwvi6IuyS4LswUx9Q==",
};
const THEME: &str = "wordpress-theme-twentytwentyone";
/// Changes with what is laid into the folder.
const NAME: &str = "wordpress-6.5.5-1";

struct Package {
    name: &'static str,
    file: &'static str,
    sha512: &'static str,
}

/// Where the parts are.
#[derive(Debug, Clone)]
pub(crate) struct WordPress(PathBuf);

impl WordPress {
    /// The shared core.
    pub(crate) fn core(&self) -> PathBuf {
        self.0.join("core")
    }

    /// The SQLite drop-in's plugin.
    pub(crate) fn sqlite(&self) -> PathBuf {
        self.0.join("plugin-sqlite-database-integration")
    }

    /// The theme.
    pub(crate) fn theme(&self) -> PathBuf {
        self.0.join("twentytwentyone")
    }
}

/// Fetches and lays out; needs `unzip`, which comes with PHP.
pub(crate) fn install(tools: &Path) -> anyhow::Result<WordPress> {
    let folder = tools.join(NAME);
    if folder.is_dir() {
        return Ok(WordPress(folder));
    }
    let partial = folder.with_extension("partial");
    remove_folder(&partial)?;
    let core = partial.join("core");
    std::fs::create_dir_all(&core)?;
    for package in [CORE, SQLITE] {
        fetch(&package, &partial, &tools.join("logs/wordpress.log"))?;
    }
    let from_tar = |file: &str, arguments: &[&str]| {
        let mut tar = command("tar");
        tar.current_dir(&partial).arg("-xzf").arg(file).args(arguments);
        run(&mut tar, "unpacking WordPress")
    };
    from_tar(CORE.file, &["--strip-components=3", "-C", "core", "package/public/wp-6.5"])?;
    from_tar(CORE.file, &["--strip-components=3", "package/src/wordpress/wp-6.5.zip"])?;
    from_tar(SQLITE.file, &["--strip-components=1", "package/sqlite-database-integration.zip"])?;
    unzip("wp-6.5.zip", &partial, "core")?;
    unzip("sqlite-database-integration.zip", &partial, ".")?;
    // It would bring a database with a shop of its own.
    remove_folder(&core.join("wp-content"))?;
    std::fs::write(core.join("wp-config.php"), "<?php\nrequire getenv( 'WOO_CONFIG' );\n")?;
    theme(&partial)?;
    for file in [CORE.file, SQLITE.file, "wp-6.5.zip", "sqlite-database-integration.zip"] {
        std::fs::remove_file(partial.join(file)).with_context(|| format!("removing {file}"))?;
    }
    std::fs::rename(&partial, &folder)?;
    Ok(WordPress(folder))
}

fn fetch(package: &Package, folder: &Path, log: &Path) -> anyhow::Result<()> {
    let step = Step {
        doing: &format!("fetching {} from npm", package.name),
        usually: "30 seconds",
        progress: None,
        remedy: "It needs npm and the network. Run the command again.",
    };
    let mut npm = command("npm");
    npm.current_dir(folder).args(["pack", "--silent", package.name]);
    step.run(&mut npm, log)?;
    let bytes = std::fs::read(folder.join(package.file)).context("what npm fetched")?;
    ensure!(
        STANDARD.encode(Sha512::digest(&bytes)) == package.sha512,
        "{} is not the file it was when it was chosen: do not use it",
        package.name
    );
    Ok(())
}

fn unzip(file: &str, folder: &Path, into: &str) -> anyhow::Result<()> {
    let mut unzip = command("unzip");
    unzip.current_dir(folder).args(["-qo", file, "-d", into]);
    run(&mut unzip, "unpacking WordPress")
}

/// The files of Debian's package, without its dependencies, which are another WordPress.
fn theme(folder: &Path) -> anyhow::Result<()> {
    let unpacked = folder.join("theme");
    let package = debian::download(THEME, folder)?;
    run(Command::new("dpkg-deb").arg("-x").arg(&package).arg(&unpacked), "unpacking the theme")?;
    let theme = unpacked.join("usr/share/wordpress/wp-content/themes/twentytwentyone");
    std::fs::rename(&theme, folder.join("twentytwentyone")).context("the theme's folder")?;
    std::fs::remove_file(package)?;
    remove_folder(&unpacked)
}
