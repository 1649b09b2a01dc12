//! The routes, one file per resource, and who may call them.

mod alipayplus;
mod checkout;
mod health;
mod notifications;
mod orders;
mod pay;
mod payment_sessions;
mod refunds;
mod webhooks;
mod widget_files;

use std::sync::Arc;

use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::http::HeaderMap;
use axum::middleware;
use axum::routing::{get, post, put};
use jiff::Timestamp;
use sha2::{Digest, Sha256};
use subtle::ConstantTimeEq;
use tokio::sync::watch;
use url::Url;

use crate::config::Shop;
use crate::error::ApiError;
use crate::http::{bearer, cors, dress, method_not_allowed, not_found};
use crate::payments::asking::Asking;
use crate::payments::opening::Opening;
use crate::payments::refunding::Refunding;
use crate::provider::PaymentProvider;
use crate::provider::alipayplus::AlipayPlus;
use crate::store::Store;
use crate::store::records::TokenOwner;
use crate::telemetry::Metrics;
use crate::waiting::Waiting;

/// Larger bodies are refused: an order of a few hundred lines fits.
const LARGEST_BODY: usize = 256 * 1024;
/// A notification is a few kilobytes.
const LARGEST_NOTIFICATION: usize = 64 * 1024;

/// What every route may use.
#[derive(Debug, Clone)]
pub(crate) struct App {
    pub(crate) store: Arc<dyn Store>,
    pub(crate) provider: Arc<dyn PaymentProvider>,
    pub(crate) opening: Opening,
    pub(crate) refunding: Refunding,
    pub(crate) asking: Asking,
    pub(crate) waiting: Waiting,
    pub(crate) metrics: Arc<Metrics>,
    pub(crate) shop: Arc<Shop>,
    pub(crate) demo_shop: Option<Url>,
    pub(crate) stop: watch::Receiver<bool>,
}

/// All routes.
pub(crate) fn router(
    app: App,
    widget_dir: Option<&std::path::Path>,
    alipay_plus: Option<Arc<AlipayPlus>>,
) -> Router {
    let alipay_plus = alipay_plus.map(|provider| alipayplus::router(app.clone(), provider));
    let pages = Router::new()
        .route("/v1/payment-sessions", post(payment_sessions::open))
        .route("/v1/payment-sessions/{session}", get(payment_sessions::status))
        .route("/v1/checkout", get(checkout::checkout))
        // Before the CORS layer, which answers preflights: set after it, this would answer them instead.
        .method_not_allowed_fallback(method_not_allowed)
        .layer(cors(&app.shop.allowed_origins));
    let notifications = Router::new()
        .route("/v1/notifications/{secret}", post(notifications::notify))
        .layer(DefaultBodyLimit::max(LARGEST_NOTIFICATION));
    let router = Router::new()
        .merge(pages)
        .route("/v1/orders", get(orders::list))
        .route("/v1/orders/{order}", put(orders::put).get(orders::whole))
        .route("/v1/orders/{order}/check", post(orders::check))
        .route("/v1/orders/{order}/refunds", post(refunds::refund))
        .route("/v1/webhooks", get(webhooks::list))
        .route("/v1/webhooks/{id}/replay", post(webhooks::replay))
        .route("/pay", post(pay::pay))
        .route("/pay/status.css", get(pay::stylesheet))
        .route("/pay/{session}", get(pay::status))
        .route("/healthz", get(health::alive))
        .route("/readyz", get(health::ready))
        .route("/metrics", get(health::metrics))
        .route("/", get(health::front))
        .layer(DefaultBodyLimit::max(LARGEST_BODY))
        .merge(notifications)
        .fallback(not_found)
        .method_not_allowed_fallback(method_not_allowed)
        .with_state(app);
    let router = match alipay_plus {
        Some(webhooks) => router.merge(webhooks),
        None => router,
    };
    let router = match widget_dir {
        Some(folder) => router.nest("/widget", widget_files::router(folder)),
        None => router,
    };
    router.layer(middleware::from_fn(dress))
}

impl App {
    /// The shop's server, by its key.
    fn shop_only(&self, headers: &HeaderMap) -> Result<(), ApiError> {
        let given = bearer(headers).ok_or_else(ApiError::shop_key)?;
        // Hashes have one length: the comparison tells nothing about the key.
        let same = hash(given).ct_eq(&hash(&self.shop.key));
        if bool::from(same) { Ok(()) } else { Err(ApiError::shop_key()) }
    }

    /// The order a page's token may pay.
    async fn payer(&self, token: Option<&str>) -> Result<TokenOwner, ApiError> {
        let token = token.filter(|token| !token.is_empty()).ok_or_else(ApiError::order_token)?;
        self.store.token_owner(hash(token), Timestamp::now()).await?.ok_or_else(ApiError::order_token)
    }
}

fn hash(secret: &str) -> Vec<u8> {
    Sha256::digest(secret.as_bytes()).to_vec()
}
