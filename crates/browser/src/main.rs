//! `buy`: one purchase at the running demo, in headless Chromium, a picture per step; `xtask demo --buy` calls it.
//!
//! The last line is JSON. Exit code 0: paid and captured; 1: not; 2: could not be tried.

mod purchase;

use std::path::PathBuf;
use std::process::ExitCode;

use clap::Parser;

use browser::{Driver, Engine, Profile};
use purchase::Purchase;

#[derive(Debug, Parser)]
struct Arguments {
    /// The demo shop
    #[arg(long)]
    shop: String,
    /// The merchant backend
    #[arg(long)]
    backend: String,
    /// The sandbox bank
    #[arg(long)]
    bank: String,
    /// The card to pay with
    #[arg(long, default_value = "4111111111111111")]
    card: String,
    /// The folder for the pictures
    #[arg(long)]
    out: PathBuf,
    /// The right to read orders
    #[arg(long, env = "ALLIANCEPAY_SHOP_KEY", hide_env_values = true)]
    shop_key: String,
}

#[tokio::main]
async fn main() -> ExitCode {
    let arguments = Arguments::parse();
    let opened = async {
        let driver = Driver::start(Engine::Chromium)?;
        let page = driver.open(&Profile::default()).await?;
        anyhow::Ok((driver, page))
    };
    let (driver, page) = match opened.await {
        Ok(opened) => opened,
        Err(error) => {
            eprintln!("buy: {error:#}");
            return ExitCode::from(2);
        }
    };
    let mut purchase = match Purchase::new(&page, &arguments) {
        Ok(purchase) => purchase,
        Err(error) => {
            eprintln!("buy: {error:#}");
            return ExitCode::from(2);
        }
    };
    let went = purchase.make().await;
    if let Err(error) = &went {
        eprintln!("buy: {error:#}");
    }
    let receipt = purchase.receipt().await;
    if let Err(error) = page.close().await {
        eprintln!("buy: {error:#}");
    }
    drop(driver);
    println!("{}", receipt.to_json());
    if went.is_ok() && receipt.is_paid() { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}
