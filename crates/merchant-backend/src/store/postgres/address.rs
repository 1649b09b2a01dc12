//! Where a PostgreSQL database is, as libpq writes it. It holds a password and does not print.

use std::fmt;
use std::path::{Path, PathBuf};
use std::time::Duration;

use tokio_postgres::config::{Host, SslMode};
use url::Url;

const CONNECT_TIMEOUT: Duration = Duration::from_secs(5);
/// A server that vanished without a word is given up after this long; by itself the system would wait a quarter of an hour.
const SILENCE: Duration = Duration::from_secs(20);
/// Shorter than this program waits for an answer (`sql/session.rs`). An instance that hangs in the middle of a transaction must not hold an order for ever; nor wait for one.
const LIMITS: &str =
    "-c lock_timeout=10s -c idle_in_transaction_session_timeout=60s -c statement_timeout=60s";

/// A checked address.
#[derive(Clone)]
pub struct PostgresAddress {
    config: tokio_postgres::Config,
    authority: Option<PathBuf>,
    encrypted: bool,
}

/// The address cannot be used. Never quotes it.
#[derive(Debug, thiserror::Error)]
pub enum AddressError {
    /// Not as libpq writes one.
    #[error("it is not an address such as postgres://user@host/database{}", because(.0.as_deref()))]
    Unreadable(Option<String>),
    /// It names no database.
    #[error("it names no database: write postgres://user@host/database")]
    NoDatabase,
}

impl PostgresAddress {
    /// Reads an address; `authority` is the file of the certificates that the server's one must come from.
    pub fn parse(text: &str, authority: Option<&Path>) -> Result<Self, AddressError> {
        let mut config: tokio_postgres::Config = text.parse().map_err(|error: tokio_postgres::Error| {
            AddressError::Unreadable(std::error::Error::source(&error).map(ToString::to_string))
        })?;
        if config.get_dbname().is_none_or(str::is_empty) {
            return Err(AddressError::NoDatabase);
        }
        let is_near = |host: &Host| match host {
            #[cfg(unix)]
            Host::Unix(_) => true,
            Host::Tcp(name) => matches!(name.as_str(), "localhost" | "127.0.0.1" | "::1"),
        };
        // A ledger's words do not cross a network in the clear unless the operator says so in the address.
        let encrypted = if text.contains("sslmode=") {
            config.get_ssl_mode() != SslMode::Disable
        } else {
            !config.get_hosts().iter().all(is_near)
        };
        let options = match config.get_options() {
            Some(own) => format!("{LIMITS} {own}"),
            None => LIMITS.to_owned(),
        };
        config
            .ssl_mode(if encrypted { SslMode::Require } else { SslMode::Disable })
            .application_name("alliancepay-merchant-backend")
            .connect_timeout(CONNECT_TIMEOUT)
            .keepalives_idle(SILENCE / 2)
            .keepalives_interval(SILENCE / 4)
            .keepalives_retries(2)
            .tcp_user_timeout(SILENCE)
            .options(options);
        Ok(Self { config, authority: authority.map(Path::to_owned), encrypted })
    }

    /// Whether a text is meant as such an address.
    pub fn is_meant(text: &str) -> bool {
        text.starts_with("postgres://") || text.starts_with("postgresql://")
    }

    /// Whether a text holds a password: it belongs into no configuration file.
    pub fn holds_password(text: &str) -> bool {
        Url::parse(text).is_ok_and(|url| {
            url.password().is_some() || url.query_pairs().any(|(name, _)| name == "password")
        })
    }

    pub(super) fn client_config(&self) -> tokio_postgres::Config {
        self.config.clone()
    }

    pub(super) fn authority(&self) -> Option<&Path> {
        self.authority.as_deref()
    }

    pub(super) const fn is_encrypted(&self) -> bool {
        self.encrypted
    }
}

impl fmt::Debug for PostgresAddress {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("PostgresAddress")
            .field("hosts", &self.config.get_hosts())
            .field("database", &self.config.get_dbname())
            .field("encrypted", &self.encrypted)
            .finish_non_exhaustive()
    }
}

fn because(cause: Option<&str>) -> String {
    cause.map(|cause| format!(" ({cause})")).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_network_is_crossed_encrypted_unless_the_address_says_otherwise() {
        for (address, encrypted) in [
            ("postgres://pay@%2Fvar%2Frun%2Fpostgresql/ledger", false),
            ("postgres://pay@localhost/ledger", false),
            ("postgres://pay@db.example/ledger", true),
            ("postgres://pay@db.example/ledger?sslmode=disable", false),
            ("postgres://pay@localhost/ledger?sslmode=require", true),
        ] {
            assert_eq!(PostgresAddress::parse(address, None).unwrap().encrypted, encrypted, "{address}");
        }
    }

    #[test]
    fn an_address_does_not_print_its_password() {
        let address = PostgresAddress::parse("postgres://pay:hunter2@db.example/ledger", None).unwrap();
        assert!(!format!("{address:?}").contains("hunter2"));
        let refused =
            PostgresAddress::parse("postgres://pay:hunter2@db.example:port/ledger", None).unwrap_err();
        assert!(!refused.to_string().contains("hunter2"), "{refused}");
        assert!(PostgresAddress::parse("postgres://pay@db.example", None).is_err());
    }

    #[test]
    fn a_server_that_vanishes_is_given_up_in_twenty_seconds() {
        let config =
            PostgresAddress::parse("postgres://pay@db.example/ledger", None).unwrap().client_config();
        assert_eq!(config.get_connect_timeout(), Some(&CONNECT_TIMEOUT));
        assert_eq!(config.get_tcp_user_timeout(), Some(&SILENCE), "while it owes an answer");
        let asked = config.get_keepalives_interval().unwrap() * config.get_keepalives_retries().unwrap();
        assert_eq!(config.get_keepalives_idle() + asked, SILENCE, "while it owes nothing");
    }

    #[test]
    fn a_password_is_found_wherever_the_address_holds_it() {
        assert!(PostgresAddress::holds_password("postgres://pay:hunter2@db.example/ledger"));
        assert!(PostgresAddress::holds_password("postgres://pay@db.example/ledger?password=hunter2"));
        assert!(!PostgresAddress::holds_password("postgres://pay@db.example/ledger"));
    }
}
