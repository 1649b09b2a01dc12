//! `/widget/*`: the files a shop's page loads. Anyone may load them from anywhere; names with a version or a hash
//! never change, the others are asked about each time. A page that names a version which is not here any more is led to the
//! file of today: it shows the widget, or where it also pinned the hash, its form.

use std::path::Path;

use axum::Router;
use axum::extract::Request;
use axum::http::{HeaderValue, StatusCode, header};
use axum::middleware::{self, Next};
use axum::response::{IntoResponse, Response};
use serde::Deserialize;
use tower_http::services::ServeDir;
use utoipa::OpenApi;

/// The widget's files
///
/// `alliancepay.js` is a stable name, asked about each time; `VERSION/…`, with the version of `manifest.json`, and names with
/// a hash never change: load those with the hash of `manifest.json` as `integrity`. Another version leads to the file of today.
#[utoipa::path(
    get,
    path = "/widget/{file}",
    tag = "Operating",
    params(("file" = String, Path, description = "A path, which may have folders", example = "alliancepay.js")),
    responses(
        (status = 200, description = "The file", content_type = "*/*"),
        (status = 307, description = "That version is not here any more; the file of today: `Location`"),
        (status = 404, description = "There is no such file")
    )
)]
#[allow(dead_code, reason = "describes what the folder's service answers")]
fn files() {}

/// The description of the folder, which is no route of its own.
#[derive(OpenApi)]
#[openapi(paths(files))]
pub(super) struct Files;

/// Serves `folder`, and the same files once more below the version that its manifest names.
pub(super) fn router(folder: &Path) -> Router {
    let router = Router::new().fallback_service(served(folder));
    let router = match version(folder) {
        Some(version) => router.nest_service(&format!("/{version}"), served(folder)),
        None => router,
    };
    router.layer(middleware::from_fn(dress))
}

/// The folder, with the `.br` or `.gz` beside a file where the browser takes it.
fn served(folder: &Path) -> ServeDir {
    ServeDir::new(folder).precompressed_br().precompressed_gzip().append_index_html_on_directories(false)
}

/// The version of the build in the folder, where it has one that can stand in an address.
fn version(folder: &Path) -> Option<String> {
    #[derive(Deserialize)]
    struct Manifest {
        version: String,
    }
    let manifest = std::fs::read(folder.join("manifest.json")).ok()?;
    let Manifest { version } = serde_json::from_slice(&manifest).ok()?;
    let plain = version.chars().all(|c| c.is_ascii_alphanumeric() || c == '.' || c == '-');
    (plain && never_changes(&format!("/{version}/file"))).then_some(version)
}

async fn dress(request: Request, next: Next) -> Response {
    let address = request.uri().clone();
    let mut response = next.run(request).await;
    if response.status() == StatusCode::NOT_FOUND
        && let Some(Ok(today)) = file_of_today(address.path()).as_deref().map(HeaderValue::from_str)
    {
        response = (StatusCode::TEMPORARY_REDIRECT, [(header::LOCATION, today)]).into_response();
    }
    let lasting = never_changes(address.path()) && response.status() != StatusCode::TEMPORARY_REDIRECT;
    let found = response.status().is_success() || response.status().is_redirection();
    let caching = match (found, lasting) {
        (true, true) => "public, max-age=31536000, immutable",
        (true, false) => "public, no-cache",
        (false, _) => "no-store",
    };
    let headers = response.headers_mut();
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static(caching));
    headers.insert(header::ACCESS_CONTROL_ALLOW_ORIGIN, HeaderValue::from_static("*"));
    headers.insert("cross-origin-resource-policy", HeaderValue::from_static("cross-origin"));
    response
}

/// A folder named by a version, or a file name that ends in a hash.
fn never_changes(path: &str) -> bool {
    below_a_version(path).is_some() || has_hash(path.rsplit('/').next().unwrap_or_default())
}

/// What stands below a folder that is named by a version.
fn below_a_version(path: &str) -> Option<&str> {
    let (first, rest) = path.trim_start_matches('/').split_once('/')?;
    let is_version = first.starts_with(|c: char| c.is_ascii_digit()) && first.split('.').count() >= 3;
    is_version.then_some(rest)
}

/// Where a file of any version is today, seen from its address: the server does not know what stands before `/widget`.
fn file_of_today(path: &str) -> Option<String> {
    let rest = below_a_version(path)?;
    Some("../".repeat(rest.split('/').count()) + rest)
}

/// Whether a file's name ends in the hash of what is in it.
pub(super) fn has_hash(file: &str) -> bool {
    let stem = file.split('.').next().unwrap_or_default();
    let hash = stem.rsplit('-').next().unwrap_or_default();
    stem.contains('-')
        && hash.len() >= 8
        && hash.chars().all(|c| c.is_ascii_hexdigit())
        && hash.chars().any(|c| c.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn versions_and_hashes_last_and_stable_names_do_not() {
        for lasting in ["/0.1.0/alliancepay.js", "/1.2.3-rc.1/x.wasm", "/widget-0a1b2c3d4e5f6071.wasm"] {
            assert!(never_changes(lasting), "{lasting}");
        }
        for stable in
            ["/alliancepay.js", "/alliancepay.mjs", "/manifest.json", "/npm/index.js", "/a-facade.js"]
        {
            assert!(!never_changes(stable), "{stable}");
        }
    }

    #[test]
    fn a_file_of_any_version_is_today_where_the_version_is_left_out() {
        assert_eq!(file_of_today("/0.1.0/alliancepay.js").as_deref(), Some("../alliancepay.js"));
        assert_eq!(file_of_today("/0.1.0-12ab/npm/index.mjs").as_deref(), Some("../../npm/index.mjs"));
        assert_eq!(file_of_today("/npm/index.mjs"), None);
        assert_eq!(file_of_today("/alliancepay.js"), None);
    }
}
