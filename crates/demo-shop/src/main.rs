//! The demo shop's command line: reads its switches, opens the shop, prints where it is.

use std::path::PathBuf;

use anyhow::Context;
use clap::Parser;
use demo_shop::{Config, ShopKey, WebhookSecret};
use tokio::net::TcpListener;
use tokio::signal::unix::{SignalKind, signal};
use url::Url;

/// The demo shop of AlliancePay checkout.
#[derive(Debug, Parser)]
#[command(version)]
struct Switches {
    /// The address to listen on; port 0 takes a free one.
    #[arg(long, default_value = "127.0.0.1:8083")]
    listen: String,
    /// How browsers reach this shop, when not by the address it listens on.
    #[arg(long)]
    public_url: Option<Url>,
    /// The merchant backend.
    #[arg(long, default_value = "http://127.0.0.1:8080")]
    backend: Url,
    /// The sandbox bank, for the panel of its fault switches.
    #[arg(long, default_value = "http://127.0.0.1:8081")]
    bank: Url,
    /// Where the bank's payment pages are, when not at --bank.
    #[arg(long)]
    bank_page: Option<Url>,
    /// The folder Trunk wrote.
    #[arg(long, default_value = "target/shop")]
    page_dir: PathBuf,
    /// The file that holds the shop key.
    #[arg(long)]
    shop_key_file: PathBuf,
    /// The file that holds the secret of the backend's webhooks; without it the shop hears none.
    #[arg(long)]
    webhook_secret_file: Option<PathBuf>,
    /// Leave 'wasm-unsafe-eval' out of the pages' policy, to see a shop that does not allow WebAssembly.
    #[arg(long)]
    no_wasm_csp: bool,
}

#[tokio::main]
async fn main() -> anyhow::Result<()> {
    tracing_subscriber::fmt()
        .with_env_filter(
            tracing_subscriber::EnvFilter::try_from_default_env().unwrap_or_else(|_| "info".into()),
        )
        .with_writer(std::io::stderr)
        .init();
    let switches = Switches::parse();
    let key_file = &switches.shop_key_file;
    let shop_key = std::fs::read_to_string(key_file)
        .with_context(|| format!("the shop key cannot be read from {}", key_file.display()))?;
    let webhook_secret = switches.webhook_secret_file.as_ref().map(|file| {
        std::fs::read_to_string(file)
            .with_context(|| format!("the webhook secret cannot be read from {}", file.display()))
    });
    let webhook_secret = webhook_secret.transpose()?.as_deref().map(WebhookSecret::new);
    let listener = TcpListener::bind(&switches.listen)
        .await
        .with_context(|| format!("{} cannot be listened on: is another shop running?", switches.listen))?;
    let public_url = match switches.public_url {
        Some(url) => url,
        None => Url::parse(&format!("http://{}", listener.local_addr()?))?,
    };
    let shop = demo_shop::router(Config {
        public_url: public_url.clone(),
        backend: switches.backend,
        bank: switches.bank,
        bank_page: switches.bank_page,
        page_dir: switches.page_dir,
        shop_key: ShopKey::new(&shop_key),
        webhook_secret,
        allow_wasm: !switches.no_wasm_csp,
    })?;
    println!("{}", serde_json::json!({ "url": public_url.as_str().trim_end_matches('/') }));
    let mut terminated = signal(SignalKind::terminate())?;
    tokio::select! {
        served = axum::serve(listener, shop).into_future() => served?,
        _ = terminated.recv() => {}
        interrupted = tokio::signal::ctrl_c() => interrupted?,
    }
    Ok(())
}
