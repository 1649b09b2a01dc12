//! Files with secrets are their owner's only.

use std::path::Path;

use super::Finding;
use crate::config::Config;

/// The files of secrets, and variables that mean nothing.
pub(super) fn check(config: &Config) -> Vec<Finding> {
    let mut findings: Vec<Finding> =
        config.secret_files.iter().filter_map(|(key, file)| rights(key, file)).collect();
    if findings.is_empty() {
        findings.push(Finding::ok("files", "Files with secrets are readable for their owner only."));
    }
    findings
}

#[cfg(unix)]
fn rights(key: &str, file: &Path) -> Option<Finding> {
    use std::os::unix::fs::PermissionsExt as _;
    let mode = std::fs::metadata(file).ok()?.permissions().mode();
    let name = file.display();
    (mode & 0o077 != 0).then(|| {
        Finding::warning(
            key,
            format!("{name} can be read by others on this machine (mode {:03o}).", mode & 0o777),
            format!("chmod 600 {name}"),
        )
    })
}

#[cfg(not(unix))]
fn rights(_key: &str, _file: &Path) -> Option<Finding> {
    None
}
