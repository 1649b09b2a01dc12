//! `sandbox-bank --listen ADDR`: runs the stand-in until Ctrl-C or SIGTERM. Prints `{"url"}` on stdout once it
//! answers; everything else goes to stderr.

use std::io::IsTerminal as _;
use std::net::SocketAddr;
use std::path::PathBuf;

use clap::Parser;
use sandbox_bank::{Config, Merchant, Sandbox, Switches};

/// A stand-in for AlliancePay: same messages, a payment page, switches for every failure.
#[derive(Debug, Parser)]
#[command(version)]
struct Options {
    /// Address to listen on; port 0 takes a free one.
    #[arg(long, default_value = "127.0.0.1:8081")]
    listen: SocketAddr,
    /// Scheme, host and port of the payment pages, if browsers reach them by another name.
    #[arg(long)]
    page_origin: Option<String>,
    /// Keep the merchant and its keys here, so that a restart knows them. Made if absent.
    #[arg(long)]
    merchant_file: Option<PathBuf>,
    /// How many times faster than the real bank to wait (settling, repeated notifications, the timer page).
    #[arg(long, default_value_t = 1)]
    time_scale: u32,
    /// A superseded bank token works a minute more.
    #[arg(long)]
    token_grace: bool,
    /// Orders nobody paid become CANCELED when they expire.
    #[arg(long)]
    cancel_expired: bool,
    /// After a declined card the buyer may try again in the same order.
    #[arg(long)]
    retry_after_decline: bool,
}

fn main() -> std::process::ExitCode {
    let colours = std::io::stderr().is_terminal();
    tracing_subscriber::fmt().with_writer(std::io::stderr).with_ansi(colours).with_target(false).init();
    match run(Options::parse()) {
        Ok(()) => std::process::ExitCode::SUCCESS,
        Err(error) => {
            tracing::error!("{error}");
            std::process::ExitCode::from(2)
        }
    }
}

#[tokio::main]
async fn run(options: Options) -> Result<(), Box<dyn std::error::Error>> {
    let merchant = options.merchant_file.as_deref().map(Merchant::from_file).transpose()?;
    let running = Sandbox::start(Config {
        listen: options.listen,
        page_origin: options.page_origin,
        time_scale: options.time_scale,
        merchant,
        switches: Switches {
            token_grace: options.token_grace,
            cancel_expired: options.cancel_expired,
            retry_after_decline: options.retry_after_decline,
        },
    })
    .await?;
    tracing::info!("the sandbox bank answers at {}", running.url);
    say_url(&running.url)?;
    asked_to_stop().await?;
    tracing::info!("the sandbox bank stops");
    running.stop().await?;
    Ok(())
}

fn say_url(url: &str) -> std::io::Result<()> {
    use std::io::Write as _;
    let mut out = std::io::stdout().lock();
    writeln!(out, "{}", serde_json::json!({"url": url}))?;
    out.flush()
}

async fn asked_to_stop() -> std::io::Result<()> {
    #[cfg(unix)]
    {
        let mut terminate = tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate())?;
        tokio::select! {
            stop = tokio::signal::ctrl_c() => stop,
            _ = terminate.recv() => Ok(()),
        }
    }
    #[cfg(not(unix))]
    tokio::signal::ctrl_c().await
}
