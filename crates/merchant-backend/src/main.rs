//! The command line: `serve`, `check` and `admin`.

mod admin;

use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Args, Parser, Subcommand};
use merchant_backend::{Config, server, start, telemetry};

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

fn read(file: &File) -> Result<Config, String> {
    Config::read(&file.config).map_err(|error| format!("{}: {error}", file.config.display()))
}
