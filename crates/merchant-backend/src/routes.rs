//! The routes, one file per resource, and who may call them.
//!
//! To add one: write the handler with `#[utoipa::path(…)]` above it (method, path, tag, what it takes and answers,
//! `security`, and in `x-problems` the codes it refuses with beside those that `openapi.rs` adds by itself), name the
//! codes in `error/catalogue.rs`, and put `.routes(routes!(file::handler))` below. Methods of one path go into one
//! `routes!`. Types of the wire get `ToSchema` in `checkout-api`, and their golden file a line in its `example.rs`.
//! Then `ALLIANCEPAY_WRITE_DOCS=1 cargo test -p merchant-backend --test api_docs` writes the route's page.

mod alipayplus;
mod audit;
mod checkout;
mod console_files;
mod console_tokens;
mod docs_files;
mod health;
mod notifications;
mod openapi;
mod orders;
mod orders_csv;
mod orders_list;
mod overview;
mod pay;
mod payment_sessions;
mod refunds;
mod reports;
mod session_code;
mod settlements;
mod staff;
mod staff_session;
mod webhooks;
mod widget_files;

use std::path::PathBuf;
use std::sync::Arc;

use axum::extract::DefaultBodyLimit;
use axum::middleware;
use axum::{Extension, Router};
use ipnet::IpNet;
use jiff::Timestamp;
use sha2::{Digest, Sha256};
use subtle::ConstantTimeEq;
use tokio::sync::watch;
use url::Url;
use utoipa::OpenApi as _;
use utoipa::openapi::OpenApi;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::config::Shop;
use crate::error::ApiError;
use crate::http::{cors, dress, method_not_allowed, not_found, without_nul};
use crate::limits::{self, Limits};
use crate::payments::asking::Asking;
use crate::payments::opening::Opening;
use crate::payments::refunding::Refunding;
use crate::provider::PaymentProvider;
use crate::provider::alipayplus::AlipayPlus;
use crate::staff::sign_in::Door;
use crate::store::Store;
use crate::store::records::TokenOwner;
use crate::telemetry::{self, Metrics};
use crate::waiting::Waiting;
pub(crate) use docs_files::Playground;
use openapi::Document;
pub(crate) use pay::Asked;

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
    pub(crate) limits: Limits,
    pub(crate) shop: Arc<Shop>,
    pub(crate) door: Door,
    pub(crate) trusted_proxies: Arc<[IpNet]>,
    pub(crate) demo_shop: Option<Url>,
    pub(crate) stop: watch::Receiver<bool>,
}

/// The folders that are served, where there are any.
#[derive(Debug)]
pub(crate) struct Folders {
    pub(crate) widget: Option<PathBuf>,
    pub(crate) console: Option<PathBuf>,
    pub(crate) docs: Option<PathBuf>,
    pub(crate) playground: Option<Playground>,
}

/// All routes.
pub(crate) fn router(app: App, folders: &Folders, alipay_plus: Option<Arc<AlipayPlus>>) -> Router {
    let alipay_plus = alipay_plus.map(|provider| alipayplus::router(app.clone(), provider));
    let text = document().to_json().unwrap_or_else(|error| unreachable!("a document of strings: {error}"));
    let (limits, metrics) = (app.limits.clone(), app.metrics.clone());
    let guarded = |router: Router| {
        let held = router.layer(middleware::from_fn(without_nul));
        held.layer(middleware::from_fn_with_state(limits.clone(), limits::hold))
    };
    let cors = cors(&app.shop.allowed_origins);
    let (pages, _) = pages().split_for_parts();
    let pages = pages
        // Before the CORS layer, which answers preflights: set after it, this would answer them instead.
        .method_not_allowed_fallback(method_not_allowed)
        .layer(DefaultBodyLimit::max(LARGEST_BODY))
        .with_state(app.clone());
    // The CORS layer outermost: a shop's page must be able to read that it asks too often, and for how long.
    let pages = guarded(pages).layer(cors);
    let (notifications, _) = notifications().split_for_parts();
    let (uploads, _) = uploads().split_for_parts();
    let (others, _) = others().split_for_parts();
    let router = Router::new()
        .merge(others)
        .layer(DefaultBodyLimit::max(LARGEST_BODY))
        .merge(notifications.layer(DefaultBodyLimit::max(LARGEST_NOTIFICATION)))
        .merge(uploads.layer(DefaultBodyLimit::disable()))
        .layer(Extension(Document(text.into())))
        .fallback(not_found)
        .method_not_allowed_fallback(method_not_allowed)
        .with_state(app);
    let router = match alipay_plus {
        Some(webhooks) => router.merge(webhooks),
        None => router,
    };
    let router = match &folders.widget {
        Some(folder) => router.nest("/widget", widget_files::router(folder)),
        None => router,
    };
    let router = match &folders.console {
        Some(folder) => router.nest_service("/console", console_files::router(folder)),
        None => router,
    };
    let router = match &folders.docs {
        Some(folder) => router.nest_service("/docs", docs_files::router(folder, folders.playground.as_ref())),
        None => router,
    };
    guarded(router)
        .merge(pages)
        .layer(middleware::from_fn_with_state(metrics, telemetry::count))
        .layer(middleware::from_fn(dress))
}

/// The OpenAPI document of all routes.
pub(crate) fn document() -> OpenApi {
    let folders =
        [widget_files::Files::openapi(), console_files::Files::openapi(), docs_files::Files::openapi()];
    let routes = [pages(), notifications(), uploads(), others()];
    let alipay_plus = alipayplus::described().into_openapi();
    openapi::finish(routes.map(OpenApiRouter::into_openapi).into_iter().chain(folders).chain([alipay_plus]))
}

/// What scripts of the shop's pages and views in the shop's admin call: these answer preflights.
fn pages() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(payment_sessions::open))
        .routes(routes!(payment_sessions::status))
        .routes(routes!(session_code::code))
        .routes(routes!(checkout::checkout))
        .routes(routes!(orders_list::list))
        .routes(routes!(orders_list::changes))
        .routes(routes!(orders_list::raw_message))
        .routes(routes!(orders_csv::export))
        .routes(routes!(overview::day))
        .routes(routes!(orders::put, orders::whole))
        .routes(routes!(orders::check))
        .routes(routes!(refunds::refund))
        .routes(routes!(audit::list))
        .routes(routes!(staff_session::who, staff_session::sign_in, staff_session::sign_out))
}

fn notifications() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(notifications::notify))
}

/// A register is read piece by piece and kept aside: its own limit is counted there.
fn uploads() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(settlements::import, settlements::list))
}

fn others() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(console_tokens::issue))
        .routes(routes!(staff::list, staff::add))
        .routes(routes!(staff::change))
        .routes(routes!(staff_session::change_password))
        .routes(routes!(
            staff_session::offer_second_factor,
            staff_session::switch_second_factor_on,
            staff_session::switch_second_factor_off
        ))
        .routes(routes!(webhooks::list))
        .routes(routes!(webhooks::replay))
        .routes(routes!(settlements::days))
        .routes(routes!(settlements::one))
        .routes(routes!(settlements::rows))
        .routes(routes!(reports::transactions))
        .routes(routes!(pay::pay))
        .routes(routes!(pay::stylesheet))
        .routes(routes!(pay::status))
        .routes(routes!(openapi::document))
        .routes(routes!(health::alive))
        .routes(routes!(health::ready))
        .routes(routes!(health::metrics))
        .routes(routes!(health::front))
}

impl App {
    /// The order a page's token may pay.
    async fn payer(&self, token: Option<&str>) -> Result<TokenOwner, ApiError> {
        let token = token.filter(|token| !token.is_empty()).ok_or_else(ApiError::order_token)?;
        self.store.token_owner(hash(token), Timestamp::now()).await?.ok_or_else(ApiError::order_token)
    }
}

/// Compares in constant time. Hashes have one length: the comparison tells nothing about the secret.
pub(crate) fn same_secret(given: &str, secret: &str) -> bool {
    hash(given).ct_eq(&hash(secret)).into()
}

/// Secrets are stored and compared by this.
pub(crate) fn hash(secret: &str) -> Vec<u8> {
    Sha256::digest(secret.as_bytes()).to_vec()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn secrets_are_compared_by_their_hashes_in_constant_time() {
        assert!(same_secret("a-shop-key", "a-shop-key"));
        for other in ["", "a", "a-shop-ke", "a-shop-key ", "A-shop-key"] {
            assert!(!same_secret(other, "a-shop-key"));
        }
        // The comparison itself is `subtle`'s; here: nobody compares the key by other means.
        let sources = [include_str!("routes.rs"), include_str!("limits.rs"), include_str!("access.rs")];
        let shipped =
            sources.iter().flat_map(|source| source.lines().take_while(|line| *line != "#[cfg(test)]"));
        for line in shipped.filter(|line| line.contains("shop.key") || line.contains("shop_key)")) {
            assert!(!line.contains("==") && !line.contains("!="), "{line}");
        }
    }
}
