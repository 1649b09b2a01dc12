//! The first account of the console, with a password made for this run only.

use std::path::Path;

use super::{configuration, new_secret, write_private};
use crate::process::{answer, command};

const LOGIN: &str = "admin";
const PASSWORD_FILE: &str = "admin-password";
/// A person types it: twenty digits of the secret are enough.
const LENGTH: usize = 20;

/// Who may sign in.
#[derive(Debug, Default)]
pub(crate) struct Admin {
    pub(crate) login: String,
    pub(crate) password: String,
}

/// Makes the account as the documents say: `merchant-backend admin create`.
pub(crate) fn create(backend: &Path, folder: &Path) -> anyhow::Result<Admin> {
    let password: String = new_secret()?.chars().take(LENGTH).collect();
    let file = folder.join(PASSWORD_FILE);
    write_private(&file, &password)?;
    let mut create = command(backend);
    create.args(["admin", "create", "--login", LOGIN, "--password-file"]).arg(&file);
    create.arg("--config").arg(folder.join(configuration::FILE));
    answer(&mut create, "making the console's first account")?;
    Ok(Admin { login: LOGIN.to_owned(), password })
}
