//! The routes, one file per resource, and who may call them.

mod alipayplus;
mod audit;
mod checkout;
mod console_files;
mod console_tokens;
mod health;
mod notifications;
mod orders;
mod pay;
mod payment_sessions;
mod refunds;
mod reports;
mod settlements;
mod staff;
mod staff_session;
mod webhooks;
mod widget_files;

use std::path::Path;
use std::sync::Arc;

use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::middleware;
use axum::routing::{get, patch, post, put};
use ipnet::IpNet;
use jiff::Timestamp;
use sha2::{Digest, Sha256};
use tokio::sync::watch;
use url::Url;

use crate::config::Shop;
use crate::error::ApiError;
use crate::http::{cors, dress, method_not_allowed, not_found};
use crate::payments::asking::Asking;
use crate::payments::opening::Opening;
use crate::payments::refunding::Refunding;
use crate::provider::PaymentProvider;
use crate::provider::alipayplus::AlipayPlus;
use crate::staff::sign_in::Door;
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
    pub(crate) door: Door,
    pub(crate) trusted_proxies: Arc<[IpNet]>,
    pub(crate) demo_shop: Option<Url>,
    pub(crate) stop: watch::Receiver<bool>,
}

/// All routes.
pub(crate) fn router(
    app: App,
    widget_dir: Option<&Path>,
    console_dir: Option<&Path>,
    alipay_plus: Option<Arc<AlipayPlus>>,
) -> Router {
    let alipay_plus = alipay_plus.map(|provider| alipayplus::router(app.clone(), provider));
    let pages = Router::new()
        .route("/v1/payment-sessions", post(payment_sessions::open))
        .route("/v1/payment-sessions/{session}", get(payment_sessions::status))
        .route("/v1/checkout", get(checkout::checkout))
        // Views in the shop's admin call these with a console token.
        .route("/v1/orders", get(orders::list))
        .route("/v1/orders/{order}", put(orders::put).get(orders::whole))
        .route("/v1/orders/{order}/check", post(orders::check))
        .route("/v1/orders/{order}/refunds", post(refunds::refund))
        .route("/v1/audit", get(audit::list))
        .route(
            "/v1/staff/session",
            get(staff_session::who).post(staff_session::sign_in).delete(staff_session::sign_out),
        )
        // Before the CORS layer, which answers preflights: set after it, this would answer them instead.
        .method_not_allowed_fallback(method_not_allowed)
        .layer(cors(&app.shop.allowed_origins));
    let notifications = Router::new()
        .route("/v1/notifications/{secret}", post(notifications::notify))
        .layer(DefaultBodyLimit::max(LARGEST_NOTIFICATION));
    // A register is read piece by piece and kept aside: its own limit is counted there.
    let files = Router::new()
        .route("/v1/settlements", post(settlements::import).get(settlements::list))
        .layer(DefaultBodyLimit::disable());
    let router = Router::new()
        .merge(pages)
        .route("/v1/console-tokens", post(console_tokens::issue))
        .route("/v1/staff", get(staff::list).post(staff::add))
        .route("/v1/staff/{login}", patch(staff::change))
        .route("/v1/staff/session/password", put(staff_session::change_password))
        .route(
            "/v1/staff/session/totp",
            post(staff_session::offer_second_factor)
                .put(staff_session::switch_second_factor_on)
                .delete(staff_session::switch_second_factor_off),
        )
        .route("/v1/webhooks", get(webhooks::list))
        .route("/v1/webhooks/{id}/replay", post(webhooks::replay))
        .route("/v1/settlements/days", get(settlements::days))
        .route("/v1/settlements/{id}", get(settlements::one))
        .route("/v1/settlements/{id}/rows", get(settlements::rows))
        .route("/v1/reports/transactions.csv", get(reports::transactions))
        .route("/pay", post(pay::pay))
        .route("/pay/status.css", get(pay::stylesheet))
        .route("/pay/{session}", get(pay::status))
        .route("/healthz", get(health::alive))
        .route("/readyz", get(health::ready))
        .route("/metrics", get(health::metrics))
        .route("/", get(health::front))
        .layer(DefaultBodyLimit::max(LARGEST_BODY))
        .merge(notifications)
        .merge(files)
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
    let router = match console_dir {
        Some(folder) => router.nest_service("/console", console_files::router(folder)),
        None => router,
    };
    router.layer(middleware::from_fn(dress))
}

impl App {
    /// The order a page's token may pay.
    async fn payer(&self, token: Option<&str>) -> Result<TokenOwner, ApiError> {
        let token = token.filter(|token| !token.is_empty()).ok_or_else(ApiError::order_token)?;
        self.store.token_owner(hash(token), Timestamp::now()).await?.ok_or_else(ApiError::order_token)
    }
}

/// Secrets are stored and compared by this.
pub(crate) fn hash(secret: &str) -> Vec<u8> {
    Sha256::digest(secret.as_bytes()).to_vec()
}
