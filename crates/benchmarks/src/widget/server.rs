//! One local server for every page: files with brotli as built, and a stand-in for each service a page asks.
//!
//! Two origins of it run: the shop's, with the pages; and a vendor's, for what a peer asks of its maker.

use std::path::PathBuf;

use anyhow::Context;
use axum::http::{HeaderName, HeaderValue, StatusCode, header};
use axum::response::{Html, IntoResponse};
use axum::routing::{any, get, post};
use axum::{Json, Router};
use serde_json::json;
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
        let routes = shop_routes(files, &origin, &vendor);
        tokio::spawn(async move { axum::serve(shop, routes).await });
        Ok(Self { origin })
    }
}

async fn listen() -> anyhow::Result<(TcpListener, String)> {
    let listener = TcpListener::bind("127.0.0.1:0").await.context("taking a free port")?;
    let origin = format!("http://{}", listener.local_addr()?);
    Ok((listener, origin))
}

fn shop_routes(files: &Files, origin: &str, vendor: &str) -> Router {
    let mut pages = Router::new();
    for contestant in CONTESTANTS {
        let page = contestant.page(origin, vendor);
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
