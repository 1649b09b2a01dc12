//! `/console/*`: the merchant console. Its page may load its own files and nothing else, and nobody may frame it; the
//! files themselves may be loaded by the shop's admin too, which shows some of its views.

use std::path::Path;

use axum::Router;
use axum::extract::{OriginalUri, Request};
use axum::http::{HeaderValue, header};
use axum::middleware::{self, Next};
use axum::response::{IntoResponse, Redirect, Response};
use tower_http::services::ServeDir;
use utoipa::OpenApi;

use super::widget_files::has_hash;

const PAGE: &str = "/console/";
const POLICY: &str = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; connect-src 'self'; \
    img-src 'self' data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; \
    require-trusted-types-for 'script'; trusted-types 'none'";

/// The console
///
/// The merchant console's page and files.
#[utoipa::path(
    get,
    path = "/console/{file}",
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

/// Serves `folder`, with the `.br` or `.gz` beside a file where the browser takes it.
pub(super) fn router(folder: &Path) -> Router {
    Router::new()
        .fallback_service(ServeDir::new(folder).precompressed_br().precompressed_gzip())
        .layer(middleware::from_fn(dress))
}

async fn dress(OriginalUri(address): OriginalUri, request: Request, next: Next) -> Response {
    // The page's links are relative: without the slash they would lead beside it.
    if !address.path().starts_with(PAGE) {
        return Redirect::permanent(PAGE).into_response();
    }
    let lasting = has_hash(address.path().rsplit('/').next().unwrap_or_default());
    let mut response = next.run(request).await;
    let found = response.status().is_success();
    let caching = match (found, lasting) {
        (true, true) => "public, max-age=31536000, immutable",
        (true, false) => "no-cache",
        (false, _) => "no-store",
    };
    let headers = response.headers_mut();
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static(caching));
    headers.insert(header::CONTENT_SECURITY_POLICY, HeaderValue::from_static(POLICY));
    headers.insert(header::X_FRAME_OPTIONS, HeaderValue::from_static("DENY"));
    headers.insert(header::ACCESS_CONTROL_ALLOW_ORIGIN, HeaderValue::from_static("*"));
    headers.insert("cross-origin-resource-policy", HeaderValue::from_static("cross-origin"));
    headers.insert("cross-origin-opener-policy", HeaderValue::from_static("same-origin"));
    response
}
