//! `merchant-backend admin`: accounts from the command line. A backend may be running on the same ledger.

use std::io::{BufRead, IsTerminal};
use std::path::PathBuf;

use clap::{Args, Subcommand, ValueEnum};
use console_api::Role;
use merchant_backend::{Config, staff};

#[derive(Subcommand)]
pub(crate) enum Admin {
    /// Make an account; an admin unless told otherwise.
    Create(Create),
    /// Give an account a new password, switch it on and its second factor off. Its sessions end.
    Reset(Account),
}

#[derive(Args)]
pub(crate) struct Create {
    #[command(flatten)]
    account: Account,
    /// What they may do.
    #[arg(long, value_enum, default_value_t = RoleWord::Admin)]
    role: RoleWord,
}

#[derive(Args)]
pub(crate) struct Account {
    /// The configuration file.
    #[arg(long, value_name = "FILE")]
    config: PathBuf,
    /// The login.
    #[arg(long)]
    login: String,
    /// A file with the password on its first line; without it, standard input.
    #[arg(long, value_name = "FILE")]
    password_file: Option<PathBuf>,
}

#[derive(Clone, Copy, ValueEnum)]
enum RoleWord {
    Viewer,
    Operator,
    Refunder,
    Admin,
}

/// Does it; the answer goes to standard output, what to do next to standard error.
pub(crate) async fn run(wish: Admin) -> Result<(), String> {
    match wish {
        Admin::Create(Create { account, role }) => {
            let (config, password) = (read(&account)?, password(&account)?);
            let role = role.into();
            let login = staff::create(&config, &account.login, &password, role).await;
            let login = login.map_err(|error| error.to_string())?;
            println!("{}", serde_json::json!({"login": login, "role": role.word()}));
            tell_what_next(&config);
        }
        Admin::Reset(account) => {
            let (config, password) = (read(&account)?, password(&account)?);
            let login = staff::reset(&config, &account.login, &password).await;
            let login = login.map_err(|error| error.to_string())?;
            println!("{}", serde_json::json!({"login": login}));
            tell_what_next(&config);
        }
    }
    Ok(())
}

fn tell_what_next(config: &Config) {
    let base =
        config.public_url.as_ref().map_or_else(|| format!("http://{}/", config.listen), ToString::to_string);
    eprintln!("Next: sign in at {base}console/ and switch the second factor on.");
}

fn read(account: &Account) -> Result<Config, String> {
    Config::read(&account.config).map_err(|error| format!("{}: {error}", account.config.display()))
}

fn password(account: &Account) -> Result<String, String> {
    let password = if let Some(file) = &account.password_file {
        std::fs::read_to_string(file).map_err(|error| format!("{}: {error}", file.display()))?
    } else if std::io::stdin().is_terminal() {
        rpassword::prompt_password("Password: ").map_err(|error| error.to_string())?
    } else {
        let mut line = String::new();
        std::io::stdin().lock().read_line(&mut line).map_err(|error| format!("standard input: {error}"))?;
        line
    };
    // Spaces at the ends belong to a password; the line's end does not.
    Ok(password.lines().next().unwrap_or_default().to_owned())
}

impl From<RoleWord> for Role {
    fn from(word: RoleWord) -> Self {
        match word {
            RoleWord::Viewer => Self::Viewer,
            RoleWord::Operator => Self::Operator,
            RoleWord::Refunder => Self::Refunder,
            RoleWord::Admin => Self::Admin,
        }
    }
}
