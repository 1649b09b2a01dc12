//! The command line: `serve`, `check`, `admin`, and the upkeep of the ledger.

mod admin;

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::{Args, Parser, Subcommand};
use merchant_backend::{Config, server, start, telemetry, upkeep};

#[derive(Parser)]
#[command(version, about = "The merchant's AlliancePay backend.")]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Serve until SIGTERM or Ctrl-C. Prints `{"listening":URL}` once it answers.
    Serve(File),
    /// Read the configuration, open the ledger and authorize every terminal at the bank.
    Check(File),
    /// Make an account of staff, or give one a new password. The password comes from a file or from standard input.
    #[command(subcommand)]
    Admin(admin::Admin),
    /// Move the ledger of a stopped backend from its SQLite file into an empty PostgreSQL database. Prints what was
    /// compared, table by table.
    MigrateStore {
        #[command(flatten)]
        file: File,
        /// The database's address. With a password it belongs into the environment: others see a command line.
        #[arg(long, value_name = "URL", env = "ALLIANCEPAY_MIGRATE_TO", hide_env_values = true)]
        to: String,
    },
    /// Back the ledger up into a new file while the backend runs. Prints what was checked.
    Backup {
        #[command(flatten)]
        file: File,
        /// The new file.
        #[arg(long, value_name = "PATH")]
        out: PathBuf,
    },
}

#[derive(Args)]
struct File {
    /// The configuration file.
    #[arg(long, value_name = "FILE")]
    config: PathBuf,
}

#[tokio::main]
async fn main() -> ExitCode {
    telemetry::start();
    let result = match Cli::parse().command {
        Command::Serve(file) => serve(&file).await,
        Command::Check(file) => check(&file).await,
        Command::Admin(wish) => admin::run(wish).await,
        Command::MigrateStore { file, to } => migrate_store(&file, &to).await,
        Command::Backup { file, out } => backup(&file, &out).await,
    };
    match result {
        Ok(()) => ExitCode::SUCCESS,
        Err(message) => {
            eprintln!("merchant-backend: {message}");
            ExitCode::FAILURE
        }
    }
}

async fn serve(file: &File) -> Result<(), String> {
    let config = read(file)?;
    let running = start(config).await.map_err(|error| error.to_string())?;
    println!("{}", serde_json::json!({"listening": running.url().as_str()}));
    server::until_told_to_stop().await;
    running.stop().await;
    Ok(())
}

async fn check(file: &File) -> Result<(), String> {
    let config = read(file)?;
    server::check(config).await.map_err(|error| error.to_string())?;
    println!("{}", serde_json::json!({"config": "ok", "database": "ok", "bank": "ok"}));
    Ok(())
}

async fn migrate_store(file: &File, to: &str) -> Result<(), String> {
    let config = read(file)?;
    let compared = upkeep::migrate_store(&config.database, to).await.map_err(|error| error.to_string())?;
    print!("{compared}");
    Ok(())
}

async fn backup(file: &File, out: &Path) -> Result<(), String> {
    let config = read(file)?;
    println!("{}", upkeep::backup(&config.database, out).await.map_err(|error| error.to_string())?);
    Ok(())
}

fn read(file: &File) -> Result<Config, String> {
    Config::read(&file.config).map_err(|error| format!("{}: {error}", file.config.display()))
}
