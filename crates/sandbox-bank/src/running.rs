//! Starting the sandbox and stopping it gracefully.

use std::net::SocketAddr;

use tokio::net::TcpListener;
use tokio::sync::watch;
use tokio::task::JoinHandle;

use crate::bank::Bank;
use crate::bank::clock::Pace;
use crate::bank::merchant::Merchant;
use crate::config::Config;
use crate::delivery;
use crate::shared::{Shared, router};

/// The entry: `Sandbox::start(config).await?`.
#[derive(Debug)]
pub struct Sandbox;

/// A sandbox that answers. Dropping it stops it at once; [`Running::stop`] lets running answers end.
#[derive(Debug)]
pub struct Running {
    pub url: String,
    pub merchant: Merchant,
    pub shared: Shared,
    stop: watch::Sender<bool>,
    server: JoinHandle<std::io::Result<()>>,
}

#[derive(Debug, thiserror::Error)]
pub enum StartError {
    #[error(
        "the sandbox bank can't listen on {address}: {source}; is the port taken? choose another with --listen"
    )]
    Listen { address: SocketAddr, source: std::io::Error },
    #[error("the sandbox bank can't set up its HTTP client for notifications: {0}")]
    Client(#[from] reqwest::Error),
}

impl Sandbox {
    pub async fn start(config: Config) -> Result<Running, StartError> {
        let listen = |source| StartError::Listen { address: config.listen, source };
        let listener = TcpListener::bind(config.listen).await.map_err(listen)?;
        let address = listener.local_addr().map_err(listen)?;
        let url = format!("http://{address}");
        let origin = config.page_origin.as_deref().unwrap_or(&url).trim_end_matches('/').to_owned();
        let merchant = config.merchant.unwrap_or_else(Merchant::generate);
        let bank = Bank::new(merchant.clone(), origin, Pace::new(config.time_scale), config.switches);
        let shared = Shared::new(bank);
        let (stop, stopped) = watch::channel(false);
        delivery::spawn(shared.clone(), stopped.clone())?;
        let app = router(shared.clone());
        let server =
            tokio::spawn(
                async move { axum::serve(listener, app).with_graceful_shutdown(until(stopped)).await },
            );
        Ok(Running { url, merchant, shared, stop, server })
    }
}

impl Running {
    /// Stops taking connections, lets running answers end.
    pub async fn stop(mut self) -> std::io::Result<()> {
        let _ = self.stop.send(true);
        (&mut self.server).await.map_err(std::io::Error::other)?
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        let _ = self.stop.send(true);
        self.server.abort();
    }
}

async fn until(mut stopped: watch::Receiver<bool>) {
    let _ = stopped.wait_for(|stop| *stop).await;
}
