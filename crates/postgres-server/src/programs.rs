//! Where PostgreSQL's programs are, and as whom they run.

use std::io;
use std::path::{Path, PathBuf};
use std::process::Command;

const DEBIAN: &str = "/usr/lib/postgresql";
/// Who may be PostgreSQL when root starts it, in this order.
const USERS: [&str; 2] = ["postgres", "nobody"];

/// The newest server's folder: Debian keeps it apart from the clients on `PATH`.
pub(crate) fn find() -> io::Result<PathBuf> {
    let complete = |folder: &PathBuf| folder.join("postgres").exists() && folder.join("initdb").exists();
    let versions = std::fs::read_dir(DEBIAN).into_iter().flatten().flatten();
    let mut versions: Vec<(u32, PathBuf)> = versions
        .filter_map(|entry| {
            let number = entry.file_name().to_str()?.parse().ok()?;
            Some((number, entry.path().join("bin")))
        })
        .filter(|(_, folder)| complete(folder))
        .collect();
    versions.sort_unstable();
    if let Some((_, newest)) = versions.pop() {
        return Ok(newest);
    }
    let path = std::env::var_os("PATH").unwrap_or_default();
    std::env::split_paths(&path).find(complete).ok_or_else(|| {
        io::Error::other(
            "PostgreSQL's server is not installed: `cargo xtask test` does it, or apt-get install postgresql",
        )
    })
}

/// A command that runs as us, or as PostgreSQL's user where we are root.
pub(crate) fn as_somebody_else(program: &str) -> io::Result<Command> {
    if !is_root()? {
        return Ok(Command::new(program));
    }
    let users = std::fs::read_to_string("/etc/passwd")?;
    let known = |name: &&&str| users.lines().any(|line| line.starts_with(&format!("{name}:")));
    let user = USERS.iter().find(known).ok_or_else(|| {
        io::Error::other("PostgreSQL does not run as root, and there is no user `postgres` or `nobody`")
    })?;
    let mut command = Command::new("setpriv");
    command.arg(format!("--reuid={user}")).args([
        "--regid",
        &group_of(user)?,
        "--clear-groups",
        "--",
        program,
    ]);
    Ok(command)
}

fn group_of(user: &str) -> io::Result<String> {
    id(&["-g", user])
}

fn is_root() -> io::Result<bool> {
    Ok(cfg!(unix) && Path::new("/etc/passwd").exists() && id(&["-u"])? == "0")
}

fn id(arguments: &[&str]) -> io::Result<String> {
    let output = Command::new("id").args(arguments).output()?;
    Ok(String::from_utf8_lossy(&output.stdout).trim().to_owned())
}
