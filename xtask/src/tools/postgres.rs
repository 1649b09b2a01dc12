//! PostgreSQL's server, from Debian. Only its programs are wanted: tests start servers of their own, and the one that
//! Debian makes beside the programs would run on this machine for nothing.

use std::path::Path;

use anyhow::{Context, bail};

use super::debian;

const VERSIONS: &str = "/usr/lib/postgresql";
/// What Debian's package reads before it makes a server; it goes when the package is installed.
const MAKE_NO_SERVER: &str = "/etc/postgresql-common/createcluster.d/alliancepay.conf";

/// Installs it where there is none.
pub(crate) fn install() -> anyhow::Result<()> {
    if is_there() {
        return Ok(());
    }
    let folder = Path::new(MAKE_NO_SERVER).parent().context("a constant path")?;
    let write =
        format!("mkdir -p {} && echo 'create_main_cluster = false' > {MAKE_NO_SERVER}", folder.display());
    debian::shell_as_root(&write)?;
    let installed = debian::install(&["postgresql"], "1 minute");
    debian::shell_as_root(&format!("rm -f {MAKE_NO_SERVER}"))?;
    installed?;
    if !is_there() {
        bail!("Debian's postgresql is installed, but there is no initdb below {VERSIONS}");
    }
    Ok(())
}

fn is_there() -> bool {
    let versions = std::fs::read_dir(VERSIONS).into_iter().flatten().flatten();
    versions.into_iter().any(|version| version.path().join("bin/initdb").is_file())
        || crate::process::on_path("initdb").is_some()
}
