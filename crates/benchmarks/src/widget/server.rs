//! One local server for every page: files with brotli as built, and a stand-in for each service a page asks.
//!
//! Two origins of it run: the shop's, with the pages; and a vendor's, for what a peer asks of its maker.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use anyhow::Context;
use axum::http::{HeaderName, HeaderValue, StatusCode, header};
use axum::response::{Html, IntoResponse};
use axum::routing::{any, get, post};
use axum::{Json, Router};
use serde_json::{Value, json};
use tokio::net::TcpListener;
use tower_http::compression::CompressionLayer;
use tower_http::services::ServeDir;
use tower_http::set_header::SetResponseHeaderLayer;

use super::contestants::CONTESTANTS;

/// Where the built files are, each with its `.br` beside it.
#[derive(Debug, Clone)]
pub struct Files {
    /// What a merchant loads.
    pub widget: PathBuf,
    /// The built peers.
    pub peers: PathBuf,
}

/// The running server; it ends with the runtime.
#[derive(Debug)]
pub struct Site {
    /// The shop's origin.
    pub origin: String,
}

impl Site {
    /// Serves on two free ports of this machine.
    pub async fn serve(files: &Files) -> anyhow::Result<Self> {
        let (shop, origin) = listen().await?;
        let (maker, vendor) = listen().await?;
        tokio::spawn(async move { axum::serve(maker, vendor_routes()).await });
        let routes = shop_routes(files, &origin, &vendor, &preload(files)?);
        tokio::spawn(async move { axum::serve(shop, routes).await });
        Ok(Self { origin })
    }
}

async fn listen() -> anyhow::Result<(TcpListener, String)> {
    let listener = TcpListener::bind("127.0.0.1:0").await.context("taking a free port")?;
    let origin = format!("http://{}", listener.local_addr()?);
    Ok((listener, origin))
}

fn shop_routes(files: &Files, origin: &str, vendor: &str, preload: &str) -> Router {
    let mut pages = Router::new();
    for contestant in CONTESTANTS {
        let page = contestant.page(origin, vendor, preload);
        pages = pages.route(&format!("/{}", contestant.name), get(async move || Html(page)));
    }
    pages
        .route("/blank", get(async || Html("<!doctype html><title>blank</title>")))
        .route("/v1/checkout", get(order))
        .route("/submit", post(async || Json(json!({"resultCode": "Pending"}))))
        .layer(CompressionLayer::new())
        .nest_service("/widget", ServeDir::new(&files.widget).precompressed_br())
        .nest_service("/peers", ServeDir::new(&files.peers).precompressed_br())
        .layer(not_stored())
}

/// The hints by which a browser fetches the widget's files beside its script instead of after it: the lines that
/// `docs/embedding.md` gives a merchant.
fn preload(files: &Files) -> anyhow::Result<String> {
    let manifest =
        std::fs::read(files.widget.join("manifest.json")).context("reading the widget's manifest")?;
    let manifest: Value = serde_json::from_slice(&manifest)?;
    let listed = manifest["files"].as_array().into_iter().flatten();
    let wanted = listed.filter(|file| file["path"].as_str().is_some_and(is_wanted));
    let mut hints = String::new();
    for file in wanted {
        let path = file["path"].as_str().unwrap_or_default();
        let _ = write!(hints, "<link rel=\"preload\" as=\"fetch\" crossorigin href=\"/widget/{path}\" />");
    }
    Ok(hints)
}

fn is_wanted(path: &str) -> bool {
    let is_wasm = Path::new(path).extension().is_some_and(|ending| ending == "wasm");
    is_wasm || path.starts_with("alliancepay-en-")
}

/// What the backend says of an order that waits to be paid.
async fn order() -> impl IntoResponse {
    Json(json!({
        "order": "A-1",
        "amount": {"minor": 101_490, "currency": "UAH"},
        "description": "Coffee",
        "products": ["card"],
        "session": null,
        "state": null,
        "canRetry": true,
        "orderTokenExpiresAt": "2099-01-01T00:00:00Z",
    }))
}

/// Answers whatever a peer asks of its maker: measuring, pictures, translations.
fn vendor_routes() -> Router {
    Router::new()
        .fallback(any(async || (StatusCode::OK, Json(json!({"id": "benchmark"})))))
        .layer(SetResponseHeaderLayer::overriding(
            header::ACCESS_CONTROL_ALLOW_ORIGIN,
            HeaderValue::from_static("*"),
        ))
        .layer(SetResponseHeaderLayer::overriding(
            header::ACCESS_CONTROL_ALLOW_HEADERS,
            HeaderValue::from_static("*"),
        ))
        .layer(SetResponseHeaderLayer::overriding(
            HeaderName::from_static("timing-allow-origin"),
            HeaderValue::from_static("*"),
        ))
}

/// Every load is a first visit.
fn not_stored() -> SetResponseHeaderLayer<HeaderValue> {
    SetResponseHeaderLayer::overriding(header::CACHE_CONTROL, HeaderValue::from_static("no-store"))
}
