//! Where the ledger is: a SQLite file, or PostgreSQL. An address with a password comes from a file or the environment.

use std::path::{Path, PathBuf};

use super::{ConfigError, secret_file, wrong};
use crate::store::postgres::PostgresAddress;

const VARIABLE: &str = "ALLIANCEPAY_DATABASE_URL";

/// Where the ledger is.
#[derive(Debug, Clone)]
pub enum Database {
    /// In this file.
    Sqlite(PathBuf),
    /// In this database.
    Postgres(Box<PostgresAddress>),
}

/// The keys of the file.
pub(super) struct DatabaseKeys<'a> {
    pub(super) database: Option<&'a str>,
    pub(super) database_url_file: Option<&'a Path>,
    pub(super) database_ca_file: Option<&'a Path>,
}

/// Reads and checks; the environment goes before the file.
pub(super) fn check(keys: &DatabaseKeys<'_>, folder: &Path) -> Result<Database, ConfigError> {
    let authority = keys.database_ca_file.map(|file| folder.join(file));
    let postgres = |key: &str, text: &str| {
        let address =
            PostgresAddress::parse(text, authority.as_deref()).map_err(|error| wrong(key, error))?;
        Ok(Database::Postgres(Box::new(address)))
    };
    if let Ok(url) = std::env::var(VARIABLE) {
        return postgres(VARIABLE, url.trim());
    }
    match (keys.database, keys.database_url_file) {
        (Some(_), Some(_)) => Err(wrong("database_url_file", "there is `database` too: give one of the two")),
        (None, Some(file)) => {
            let key = "database_url_file";
            postgres(key, &secret_file(key, &folder.join(file))?)
        }
        (Some(text), None) if PostgresAddress::is_meant(text) => {
            if PostgresAddress::holds_password(text) {
                let problem = format!("a password does not belong here: use database_url_file or {VARIABLE}");
                return Err(wrong("database", problem));
            }
            postgres("database", text)
        }
        (Some(text), None) if text.contains("://") => {
            Err(wrong("database", "give the path of a SQLite file, or postgres://user@host/database"))
        }
        (Some(text), None) => Ok(Database::Sqlite(folder.join(text))),
        (None, None) => {
            Err(wrong("database", "missing: the path of a SQLite file, or postgres://user@host/database"))
        }
    }
}
