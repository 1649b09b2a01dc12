//! The command line: `serve`, `check`, `admin`, and the upkeep of the ledger.

mod admin;

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::{Args, Parser, Subcommand};
use merchant_backend::check::{self, Standing, Tries};
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
    /// Try what a payment needs and say in words what is wrong. Exit code 1 if there is a problem.
    Check(Check),
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

#[derive(Args)]
struct Check {
    #[command(flatten)]
    file: File,
    /// One line of JSON
    #[arg(long)]
    json: bool,
    /// Also make an order of 1.00 UAH with each terminal, which nobody pays: only that tells whether merchant_id is right
    #[arg(long)]
    try_order: bool,
    /// Also send the shop a webhook of the type `check`, and one with a wrong signature
    #[arg(long)]
    send_webhook: bool,
}

#[tokio::main]
async fn main() -> ExitCode {
    telemetry::start();
    let result = match Cli::parse().command {
        Command::Serve(file) => serve(&file).await,
        Command::Check(arguments) => check(&arguments).await,
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

async fn check(arguments: &Check) -> Result<(), String> {
    let config = read(&arguments.file)?;
    let tries = Tries { order: arguments.try_order, webhook: arguments.send_webhook };
    let findings = check::check(config, tries).await;
    let count = |standing| findings.iter().filter(|finding| finding.standing == standing).count();
    let (warnings, problems) = (count(Standing::Warning), count(Standing::Problem));
    if arguments.json {
        let findings = serde_json::json!({"problems": problems, "warnings": warnings, "findings": findings});
        println!("{findings}");
    } else {
        for finding in &findings {
            println!("{:<8} {}: {}", finding.standing.word(), finding.about, finding.text);
            if let Some(advice) = &finding.advice {
                println!("         {advice}");
            }
        }
    }
    match problems {
        0 => Ok(()),
        1 => Err("1 problem".to_owned()),
        many => Err(format!("{many} problems")),
    }
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
