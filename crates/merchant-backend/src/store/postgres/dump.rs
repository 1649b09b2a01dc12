//! A backup of the database by PostgreSQL's own `pg_dump`, read back by `pg_restore` before it counts. For a ledger that
//! must not lose the last minutes an operator adds WAL archiving; that is the server's business, not a client's.

use std::path::{Path, PathBuf};
use std::process::Stdio;

use tokio::process::Command;
use tokio_postgres::config::Host;

use super::PostgresAddress;
use crate::store::StoreError;

const DEBIAN: &str = "/usr/lib/postgresql";
/// The authorities that Debian trusts, in one file.
const AUTHORITIES: &str = "/etc/ssl/certs/ca-certificates.crt";

/// Dumps the database to `out`; tells what was checked.
pub async fn dump(address: &PostgresAddress, out: &Path) -> Result<String, StoreError> {
    let mut dump = address.program("pg_dump")?;
    run(dump.args(["--format=custom", "--no-owner", "--no-password", "--file"]).arg(out), "pg_dump").await?;
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        let private = std::fs::Permissions::from_mode(0o600);
        std::fs::set_permissions(out, private).map_err(|error| StoreError::Unavailable(error.to_string()))?;
    }
    // To nowhere: every row is decompressed and read.
    let mut restore = address.program("pg_restore")?;
    run(restore.args(["--no-owner", "--file", "/dev/null"]).arg(out), "pg_restore").await?;
    Ok("every row read back by pg_restore".to_owned())
}

impl PostgresAddress {
    /// One of PostgreSQL's programs; where to connect and the password are in its environment, nobody else sees them.
    fn program(&self, name: &str) -> Result<Command, StoreError> {
        let mut command = Command::new(find(name)?);
        command.stdin(Stdio::null()).kill_on_drop(true);
        let config = self.client_config();
        let hosts = config.get_hosts().iter().map(|host| match host {
            Host::Tcp(name) => name.clone(),
            #[cfg(unix)]
            Host::Unix(folder) => folder.to_string_lossy().into_owned(),
        });
        command.env("PGHOST", hosts.collect::<Vec<_>>().join(","));
        let ports: Vec<String> = config.get_ports().iter().map(ToString::to_string).collect();
        let authority = self.authority().unwrap_or(Path::new(AUTHORITIES));
        let texts = [
            ("PGPORT", (!ports.is_empty()).then(|| ports.join(","))),
            ("PGUSER", config.get_user().map(str::to_owned)),
            ("PGDATABASE", config.get_dbname().map(str::to_owned)),
            (
                "PGPASSWORD",
                config.get_password().map(|password| String::from_utf8_lossy(password).into_owned()),
            ),
            // libpq checks the server's certificate only where it is told whose word counts.
            ("PGSSLMODE", Some(if self.is_encrypted() { "verify-full" } else { "disable" }.to_owned())),
            ("PGSSLROOTCERT", Some(authority.to_string_lossy().into_owned())),
        ];
        for (variable, value) in texts {
            if let Some(value) = value {
                command.env(variable, value);
            }
        }
        Ok(command)
    }
}

async fn run(command: &mut Command, name: &str) -> Result<(), StoreError> {
    let failed = |problem: String| StoreError::Unavailable(format!("{name}: {problem}"));
    let output = command.output().await.map_err(|error| failed(error.to_string()))?;
    if output.status.success() {
        return Ok(());
    }
    Err(failed(String::from_utf8_lossy(&output.stderr).trim().to_owned()))
}

/// On `PATH`, or where Debian keeps the newest.
fn find(name: &str) -> Result<PathBuf, StoreError> {
    let path = std::env::var_os("PATH").unwrap_or_default();
    let on_path = std::env::split_paths(&path).map(|folder| folder.join(name)).find(|file| file.is_file());
    let mut versions: Vec<(u32, PathBuf)> = std::fs::read_dir(DEBIAN)
        .into_iter()
        .flatten()
        .flatten()
        .filter_map(|entry| {
            Some((entry.file_name().to_str()?.parse().ok()?, entry.path().join("bin").join(name)))
        })
        .filter(|(_, file)| file.is_file())
        .collect();
    versions.sort_unstable();
    on_path.or_else(|| versions.pop().map(|(_, file)| file)).ok_or_else(|| {
        StoreError::Unavailable(format!(
            "{name} is not installed here: it comes with PostgreSQL's client (Debian: postgresql-client)"
        ))
    })
}
