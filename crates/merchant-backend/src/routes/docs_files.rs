//! `/docs/*`: the documentation. In the demo its playground talks to the demo shop and to the sandbox bank, and is told
//! where they are.

use std::path::Path;

use axum::extract::{OriginalUri, Request, State};
use axum::http::{HeaderValue, header};
use axum::middleware::{self, Next};
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::get;
use axum::{Json, Router};
use serde_json::{Value, json};
use tower_http::services::ServeDir;
use url::Url;
use utoipa::OpenApi;

const PAGE: &str = "/docs/";
/// Diagrams bring styles of their own; nothing is loaded from anybody else.
const POLICY: &str = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self' 'unsafe-inline'; \
    img-src 'self' data:; base-uri 'none'; frame-ancestors 'none'";

/// The documentation
///
/// The pages and files of the documentation.
#[utoipa::path(
    get,
    path = "/docs/{file}",
    tag = "Operating",
    params(("file" = String, Path, description = "A path, which may have folders", example = "index.html")),
    responses(
        (status = 200, description = "The file", content_type = "*/*"),
        (status = 308, description = "The page's address ends in a slash: `Location`"),
        (status = 404, description = "There is no such file")
    )
)]
#[allow(dead_code, reason = "describes what the folder's service answers")]
fn files() {}

/// The description of the folder, which is no route of its own.
#[derive(OpenApi)]
#[openapi(paths(files))]
pub(super) struct Files;

/// Where the playground's shop and bank are; only a demo has them.
#[derive(Debug, Clone)]
pub(crate) struct Playground {
    /// The demo shop.
    pub(crate) shop: Url,
    /// The sandbox bank.
    pub(crate) bank: Url,
}

/// Serves `folder`.
pub(super) fn router(folder: &Path, playground: Option<&Playground>) -> Router {
    let files = Router::new().fallback_service(ServeDir::new(folder));
    let files = match playground {
        None => files,
        Some(places) => {
            let settings = places.settings();
            files.route("/playground/settings.json", get(async move || Json(settings)))
        }
    };
    let policy = playground.map_or_else(|| with_connections(""), Playground::policy);
    files.layer(middleware::from_fn_with_state(policy, dress))
}

async fn dress(
    State(policy): State<HeaderValue>,
    OriginalUri(address): OriginalUri,
    request: Request,
    next: Next,
) -> Response {
    // The pages' links are relative: without the slash they would lead beside them.
    if !address.path().starts_with(PAGE) {
        return Redirect::permanent(PAGE).into_response();
    }
    let mut response = next.run(request).await;
    let headers = response.headers_mut();
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-cache"));
    headers.insert(header::CONTENT_SECURITY_POLICY, policy);
    response
}

impl Playground {
    fn settings(&self) -> Value {
        json!({"shop": origin(&self.shop), "bank": origin(&self.bank)})
    }

    fn policy(&self) -> HeaderValue {
        with_connections(&format!(" {} {}", origin(&self.shop), origin(&self.bank)))
    }
}

fn with_connections(others: &str) -> HeaderValue {
    HeaderValue::from_str(&format!("{POLICY}; connect-src 'self'{others}"))
        .unwrap_or(HeaderValue::from_static(POLICY))
}

fn origin(url: &Url) -> String {
    url.origin().ascii_serialization()
}
