//! A PostgreSQL server of one's own: Debian's programs, an empty folder, a Unix socket, nothing kept safe.
//!
//! It ends, and its folder goes, when whoever started it ends, however that ends: a shell between the two waits for
//! the end of its input. PostgreSQL refuses to run as root; a root starts it as Debian's user for it.

mod programs;

use std::io::{self, BufRead, BufReader};
use std::path::PathBuf;
use std::process::{Child, ChildStdin, Command, Stdio};

/// The user of databases here. It has no password: only this machine reaches the socket.
const USER: &str = "tests";

/// A server that runs.
#[derive(Debug)]
pub struct Server {
    folder: PathBuf,
    programs: PathBuf,
    shell: Child,
    life: Option<ChildStdin>,
}

impl Server {
    /// Starts one; takes a second or two.
    pub fn start() -> io::Result<Self> {
        let programs = programs::find()?;
        let mut shell = programs::as_somebody_else("sh")?;
        shell.arg("-c").arg(include_str!("run.sh")).arg("postgres-server").arg(&programs).arg(USER);
        shell.stdin(Stdio::piped()).stdout(Stdio::piped());
        let mut shell = shell.spawn()?;
        let life = shell.stdin.take();
        let mut said = String::new();
        if let Some(output) = shell.stdout.take() {
            BufReader::new(output).read_line(&mut said)?;
        }
        let folder = PathBuf::from(said.trim());
        if !folder.is_absolute() {
            return Err(io::Error::other("PostgreSQL did not start: its words are on stderr"));
        }
        Ok(Self { folder, programs, shell, life })
    }

    /// Makes an empty database.
    pub fn create_database(&self, name: &str) -> io::Result<()> {
        let output = self.client("createdb").arg(name).output()?;
        if output.status.success() {
            return Ok(());
        }
        Err(io::Error::other(String::from_utf8_lossy(&output.stderr).into_owned()))
    }

    /// Runs statements in a database; tells what they answer, a row a line, columns separated by `|`.
    pub fn query(&self, database: &str, sql: &str) -> io::Result<String> {
        let mut psql = self.client("psql");
        psql.args(["--quiet", "--no-psqlrc", "--no-align", "--tuples-only", "--set", "ON_ERROR_STOP=1"]);
        let output = psql.args(["--command", sql, database]).output()?;
        if output.status.success() {
            return Ok(String::from_utf8_lossy(&output.stdout).trim_end().to_owned());
        }
        Err(io::Error::other(String::from_utf8_lossy(&output.stderr).into_owned()))
    }

    /// The address of a database.
    pub fn url(&self, database: &str) -> String {
        let folder = self.folder.to_string_lossy().replace('/', "%2F");
        format!("postgres://{USER}@{folder}/{database}")
    }

    /// Where PostgreSQL's programs are, such as `pg_dump`.
    pub fn programs(&self) -> &std::path::Path {
        &self.programs
    }

    fn client(&self, program: &str) -> Command {
        let mut command = Command::new(self.programs.join(program));
        command.env("PGHOST", &self.folder).env("PGUSER", USER).stdin(Stdio::null());
        command
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.life = None;
        // Nothing to do about a shell that is gone already.
        let _ = self.shell.wait();
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test's helper fails the test")]

    use super::*;

    #[test]
    fn a_server_answers_and_leaves_nothing_behind() {
        let server = Server::start().unwrap();
        server.create_database("one").unwrap();
        assert_eq!(server.query("one", "SELECT current_database(), 1 + 1").unwrap(), "one|2");
        assert!(server.create_database("one").is_err());
        let folder = server.folder.clone();
        assert!(folder.join("data").exists());
        drop(server);
        assert!(!folder.exists());
    }
}
