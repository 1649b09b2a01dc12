//! Starting and stopping: puts the parts together, listens, and lets waiting pages go when it stops.

use std::sync::Arc;
use std::time::Duration;

use alliancepay::TokenStore;
use ipnet::IpNet;
use tokio::sync::watch;
use tokio::task::JoinHandle;
use url::Url;

use crate::config::{Config, Database, LimitSettings};
use crate::hearing;
use crate::limits::Limits;
use crate::open_files;
use crate::payments::asking::Asking;
use crate::payments::opening::{Opening, OpeningSettings};
use crate::payments::reconciliation;
use crate::payments::refunding::{self, Refunding};
use crate::provider::alipayplus::AlipayPlus;
use crate::provider::alliancepay::{AlliancePay, LedgerTokens};
use crate::provider::{PaymentProvider, Together};
use crate::routes::{self, App, Folders, Playground};
use crate::serving::{self, Patience};
use crate::staff::session::SessionRules;
use crate::staff::sign_in::Door;
use crate::store::postgres::PostgresStore;
use crate::store::sqlite::{Alone, SqliteStore};
use crate::store::{Store, StoreError};
use crate::telemetry::Metrics;
use crate::waiting::Waiting;
use crate::webhooks::Sender;

/// How long a stop waits for requests under way: longer than a question to the bank, shorter than a deployment's
/// patience.
const LONGEST_GOODBYE: Duration = Duration::from_secs(20);

/// When Alipay+ is asked again what it takes.
const LIMITS_AGAIN: Duration = Duration::from_hours(6);
const LIMITS_AFTER_SILENCE: Duration = Duration::from_mins(1);

/// Why the backend cannot start.
#[derive(Debug, thiserror::Error)]
pub enum StartError {
    /// The address is taken or not ours.
    #[error("cannot listen on {address}: {cause}")]
    Listen {
        /// The address.
        address: std::net::SocketAddr,
        /// What the system says.
        cause: std::io::Error,
    },
    /// The ledger cannot be opened.
    #[error("database: {0}")]
    Store(#[from] StoreError),
    /// The bank's client refuses its settings.
    #[error("bank: {0}")]
    Bank(#[from] alliancepay::Error),
    /// Alipay+'s client refuses its settings.
    #[error("alipayplus: {0}")]
    AlipayPlus(#[from] worldline_connect::Error),
    /// No HTTP client could be made for the shop's webhooks.
    #[error("webhooks: {0}")]
    Webhooks(reqwest::Error),
}

/// A backend that serves.
#[derive(Debug)]
pub struct Running {
    url: Url,
    stop: watch::Sender<bool>,
    serving: JoinHandle<()>,
    reconciling: JoinHandle<()>,
    telling: Option<JoinHandle<()>>,
    hearing: Option<JoinHandle<()>>,
    learning: Option<JoinHandle<()>>,
    alone: Option<Alone>,
}

/// Starts the backend; returns once it answers.
pub async fn start(config: Config) -> Result<Running, StartError> {
    let Config { listen, shop, demo_shop, schedule, page_lifetime, webhooks, .. } = &config;
    let taken = |cause| StartError::Listen { address: *listen, cause };
    let listener = serving::listen(*listen).map_err(taken)?;
    let address = listener.local_addr().map_err(taken)?;
    let url = own_url(address);
    let public_url = config.public_url.clone().unwrap_or_else(|| url.clone());
    let (schedule, page_lifetime) = (schedule.clone(), *page_lifetime);
    let demo_shop = demo_shop.clone();
    let folders = Folders {
        widget: config.widget_dir.clone(),
        console: config.console_dir.clone(),
        docs: config.docs_dir.clone(),
        playground: demo_shop
            .as_ref()
            .map(|shop| Playground { shop: shop.clone(), bank: config.bank_api.clone() }),
    };
    let webhooks = webhooks.clone();
    let rules = SessionRules::new(&public_url, config.session_idle, config.session_lifetime);
    let trusted_proxies: Arc<[IpNet]> = config.trusted_proxies.clone().into();
    tracing::info!(%address, shop = shop.name, "starting");

    let alone = match &config.database {
        Database::Sqlite(file) => Some(Alone::claim(file)?),
        Database::Postgres(_) => None,
    };
    let limits = config.limits.clone();
    let metrics = Arc::new(Metrics::default());
    let Parts { store, provider, alipay_plus, shop } = parts(config, &metrics).await?;
    let (ending, ended) = watch::channel(false);
    let waiting = Waiting::default();
    let asking =
        Asking::new(store.clone(), provider.clone(), schedule.clone(), waiting.clone(), metrics.clone());
    let opening = Opening::new(
        store.clone(),
        provider.clone(),
        waiting.clone(),
        metrics.clone(),
        asking.clone(),
        OpeningSettings { public_url: public_url.clone(), page_lifetime, schedule: schedule.clone() },
    );
    let refunding = Refunding::new(refunding::Inner {
        store: store.clone(),
        provider: provider.clone(),
        opening: opening.clone(),
        asking: asking.clone(),
        waiting: waiting.clone(),
        metrics: metrics.clone(),
        schedule,
        public_url,
    });
    store.listen_to_changes(webhooks.is_some()).await?;
    let sender = |target| Sender::new(store.clone(), provider.clone(), metrics.clone(), target);
    let sender = webhooks.map(sender).transpose();
    let sender = sender.map_err(StartError::Webhooks)?;
    let telling = sender.map(|sender| tokio::spawn(sender.run(ended.clone())));
    let reconciling = tokio::spawn(reconciliation::run(store.clone(), asking.clone(), ended.clone()));
    let hearing =
        store.changes().map(|changes| tokio::spawn(hearing::run(changes, waiting.clone(), ended.clone())));
    let LimitSettings { head_timeout: head, body_timeout: body, connections, .. } = limits;
    let patience = Patience { head, body, connections: open_files::connections(connections) };
    let limits = Limits::new(&limits, &trusted_proxies, &shop.key, metrics.clone());
    let app = App {
        limits,
        door: Door::new(store.clone(), rules),
        trusted_proxies,
        store,
        provider,
        opening,
        refunding,
        asking,
        waiting,
        metrics,
        shop,
        demo_shop,
        stop: ended.clone(),
    };
    let learning = learn(alipay_plus.clone(), ended.clone()).await;
    let router = routes::router(app, &folders, alipay_plus);
    let serving = tokio::spawn(serving::serve(listener, router, patience, ended));
    Ok(Running { url, stop: ending, serving, reconciling, telling, hearing, learning, alone })
}

/// Waits for SIGTERM or Ctrl-C.
pub async fn until_told_to_stop() {
    let interrupted = tokio::signal::ctrl_c();
    #[cfg(unix)]
    match tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate()) {
        Ok(mut terminated) => {
            tokio::select! {
                _ = interrupted => {}
                _ = terminated.recv() => {}
            }
        }
        Err(error) => {
            tracing::warn!(%error, "SIGTERM cannot be heard; Ctrl-C can");
            let _ = interrupted.await;
        }
    }
    #[cfg(not(unix))]
    let _ = interrupted.await;
}

impl Running {
    /// The address it answers at.
    pub const fn url(&self) -> &Url {
        &self.url
    }

    /// Answers waiting pages, finishes requests under way, and stops.
    pub async fn stop(self) {
        self.stop.send_replace(true);
        let others = [self.telling, self.hearing, self.learning].into_iter().flatten();
        for mut task in [self.serving, self.reconciling].into_iter().chain(others) {
            match tokio::time::timeout(LONGEST_GOODBYE, &mut task).await {
                Ok(Ok(())) => {}
                Ok(Err(error)) => tracing::error!(%error, "a task did not end by itself"),
                Err(_) => {
                    tracing::warn!("connections that do not end are cut");
                    task.abort();
                }
            }
        }
        drop(self.alone);
        tracing::info!("stopped");
    }
}

/// What the configuration names.
pub(crate) struct Parts {
    pub(crate) store: Arc<dyn Store>,
    pub(crate) provider: Arc<dyn PaymentProvider>,
    pub(crate) alipay_plus: Option<Arc<AlipayPlus>>,
    shop: Arc<crate::config::Shop>,
}

pub(crate) async fn parts(config: Config, metrics: &Metrics) -> Result<Parts, StartError> {
    let store = ledger(&config.database).await?;
    let Config { bank_api, terminals, page_hosts, bank_timeout, alipayplus, .. } = config;
    let tokens: Arc<dyn TokenStore> =
        Arc::new(LedgerTokens::new(store.clone(), bank_timeout, metrics.bank_tokens.clone()));
    let bank = AlliancePay::new(&bank_api, terminals, page_hosts, bank_timeout, &tokens)?;
    let mut provider: Arc<dyn PaymentProvider> = Arc::new(bank);
    let alipay_plus = alipayplus.map(|settings| AlipayPlus::new(settings, bank_timeout)).transpose()?;
    let alipay_plus = alipay_plus.map(Arc::new);
    if let Some(second) = &alipay_plus {
        provider = Arc::new(Together::new(vec![provider, second.clone()]));
    }
    Ok(Parts { store, provider, alipay_plus, shop: Arc::new(config.shop) })
}

/// Asks Alipay+ what it takes before the first page is shown, and now and again after that. Where it does not answer,
/// Alipay+ is not offered until it does, and nothing else waits for it.
async fn learn(alipay_plus: Option<Arc<AlipayPlus>>, ended: watch::Receiver<bool>) -> Option<JoinHandle<()>> {
    let alipay_plus = alipay_plus?;
    let mut known = alipay_plus.learn_limits().await;
    Some(tokio::spawn(async move {
        let mut ended = ended;
        let over = async move { drop(ended.wait_for(|ended| *ended).await) };
        tokio::pin!(over);
        loop {
            let pause = if known { LIMITS_AGAIN } else { LIMITS_AFTER_SILENCE };
            tokio::select! {
                () = &mut over => return,
                () = tokio::time::sleep(pause) => known = alipay_plus.learn_limits().await,
            }
        }
    }))
}

/// Opens the ledger and brings its schema up to date.
pub(crate) async fn ledger(database: &Database) -> Result<Arc<dyn Store>, StoreError> {
    Ok(match database {
        Database::Sqlite(file) => Arc::new(SqliteStore::open(file)?),
        Database::Postgres(address) => Arc::new(PostgresStore::connect(address).await?),
    })
}

fn own_url(address: std::net::SocketAddr) -> Url {
    let mut url = Url::parse("http://127.0.0.1/").unwrap_or_else(|_| unreachable!("a constant URL"));
    // Both fail only for URLs without a host.
    let _ = url.set_ip_host(address.ip());
    let _ = url.set_port(Some(address.port()));
    url
}
