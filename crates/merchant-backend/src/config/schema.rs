//! The file's text as the tables of the configuration. What does not fit is told by its key.

use serde::de::DeserializeOwned;
use toml::{Table, Value};

use super::environment::overlay;
use super::{ConfigError, wrong};

/// Reads the text, puts the environment over it and fits it into the tables.
pub(super) fn read<T: DeserializeOwned>(
    text: &str,
    variable: &dyn Fn(&str) -> Option<String>,
) -> Result<T, ConfigError> {
    let mut table: Table = text.parse().map_err(|error| wrong("the configuration file", error))?;
    overlay(&mut table, variable)?;
    serde_path_to_error::deserialize(Value::Table(table)).map_err(|error| {
        let problem = error.inner().message().trim().to_owned();
        wrong(&key(&error.path().to_string(), &problem), problem)
    })
}

/// The key meant: for one that is missing serde names the table it should stand in.
fn key(path: &str, problem: &str) -> String {
    let missing = problem.strip_prefix("missing field `").and_then(|rest| rest.split_once('`'));
    match missing {
        Some((name, _)) if path == "." => name.to_owned(),
        Some((name, _)) => format!("{path}.{name}"),
        None => path.to_owned(),
    }
}
