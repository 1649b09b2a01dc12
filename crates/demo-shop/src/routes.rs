//! The shop's addresses, and the answer's frame: every page goes through the same template and policy.

mod checkout;
mod orders;
mod playground;
mod webhook;

use std::sync::Arc;

use axum::Router;
use axum::extract::{Request, State};
use axum::http::header::CONTENT_TYPE;
use axum::http::{HeaderValue, Method, StatusCode};
use axum::middleware::{self, Next};
use axum::response::{Html, IntoResponse, Response};
use axum::routing::{get, post};
use tower_http::cors::{AllowOrigin, CorsLayer};
use tower_http::services::ServeDir;

use crate::page::{self, Inset};
use crate::preferences::Preferences;
use crate::{Shop, views};

pub(crate) fn router(shop: Arc<Shop>) -> Router {
    let files = ServeDir::new(&shop.config.page_dir)
        .append_index_html_on_directories(false)
        .fallback(get(nowhere).with_state(Arc::clone(&shop)));
    Router::new()
        .route("/", get(checkout::show))
        .route("/index.html", get(checkout::show))
        .route("/orders", post(orders::place))
        .route("/orders/{order}", get(orders::placed))
        .route("/orders/{order}/pay", get(orders::pay))
        .route("/orders/{order}/return", get(orders::returned))
        .route("/orders/{order}/token", get(orders::token))
        .route("/webhook", post(webhook::hear))
        .merge(playground(&shop))
        .fallback_service(files)
        .layer(middleware::from_fn_with_state(Arc::clone(&shop), with_policy))
        .with_state(shop)
}

/// Called from the documentation, which the backend serves.
fn playground(shop: &Shop) -> Router<Arc<Shop>> {
    let docs = shop.config.backend.origin().ascii_serialization();
    let cors = CorsLayer::new()
        .allow_methods([Method::POST])
        .allow_headers([CONTENT_TYPE])
        .allow_origin(HeaderValue::from_str(&docs).ok().map_or(AllowOrigin::list([]), AllowOrigin::exact));
    Router::new().route("/playground/orders", post(playground::order)).layer(cors)
}

/// One request as the pages need it: the shop, and what the buyer prefers.
pub(crate) struct Visit {
    pub(crate) shop: Arc<Shop>,
    pub(crate) preferences: Preferences,
}

impl axum::extract::FromRequestParts<Arc<Shop>> for Visit {
    type Rejection = std::convert::Infallible;

    async fn from_request_parts(
        parts: &mut axum::http::request::Parts,
        shop: &Arc<Shop>,
    ) -> Result<Self, Self::Rejection> {
        Ok(Self { shop: Arc::clone(shop), preferences: Preferences::read(&parts.uri, &parts.headers) })
    }
}

impl Visit {
    /// Answers with the checkout (no inset) or another page in its frame.
    pub(crate) async fn show(&self, status: StatusCode, inset: Option<&Inset>) -> Response {
        let file = self.shop.config.page_dir.join("index.html");
        let hints = match inset {
            // A file that is hinted at and not used is a wasted download.
            Some(inset) if !inset.shows_the_widget() => Vec::new(),
            Some(_) | None => self.shop.hints.for_page(self.preferences.language).await,
        };
        let rendered = match tokio::fs::read_to_string(&file).await {
            Ok(page) => page::render(&page, &self.shop.config, &self.preferences, &hints, inset)
                .map_err(|error| error.to_string()),
            Err(error) => Err(error.to_string()),
        };
        match rendered {
            Ok(html) => {
                let mut response = (status, Html(html)).into_response();
                self.preferences.remember(response.headers_mut());
                response
            }
            Err(error) => {
                tracing::error!(file = %file.display(), error, "the page cannot be shown: build it with `trunk build`");
                StatusCode::SERVICE_UNAVAILABLE.into_response()
            }
        }
    }

    /// Answers that nothing is here.
    pub(crate) async fn missing(&self) -> Response {
        self.show(StatusCode::NOT_FOUND, Some(&views::missing(&self.preferences))).await
    }
}

async fn nowhere(visit: Visit) -> Response {
    visit.missing().await
}

async fn with_policy(State(shop): State<Arc<Shop>>, request: Request, next: Next) -> Response {
    let mut response = next.run(request).await;
    shop.policy.apply(response.headers_mut());
    response
}
