//! The npm package in other people's builds, opened and paid through: what `tests/npm` has built with Vite and webpack, for
//! React 19 and 18, under `StrictMode`, and rendered on a server. `cargo xtask test` builds it before the journeys.

use std::path::{Path, PathBuf};

use anyhow::{Context, ensure};
use axum::extract::{Request, State};
use axum::http::{StatusCode, header};
use axum::response::{Html, IntoResponse, Response};
use axum::routing::get;
use axum::{Json, Router};
use serde_json::json;
use tokio::net::TcpListener;
use tokio::task::JoinHandle;

use crate::support::{Buyer, Card, ORDER, PAID, Profile, Settings, World, host, journey};

#[tokio::test]
async fn react_built_by_vite_asks_the_page_and_pays() {
    the_react_page_pays("apps/react-vite/dist").await;
}

/// `StrictMode` runs effects twice in development builds only.
#[tokio::test]
async fn react_under_strict_mode_is_one_widget_and_pays() {
    the_react_page_pays("apps/react-vite/dist-strict").await;
}

#[tokio::test]
async fn react_18_under_strict_mode_is_one_widget_and_pays() {
    the_react_page_pays("react-18/app/dist-strict").await;
}

#[tokio::test]
async fn webpack_mounts_restyles_unmounts_and_pays() {
    journey(Settings::default(), async |world| {
        let shop = Shop::opens(world, "apps/webpack").await?;
        let buyer = world.buyer().await?;
        buyer.page().goto(&shop.url).await?;
        buyer.can_pay().await?;
        buyer.page().press("#dark").await?;
        buyer.page().wait_until("getComputedStyle(deep('.root')).colorScheme === 'dark'").await?;
        buyer.page().press("#other").await?;
        buyer.page().wait_until("!deep('alliancepay-checkout') && deep('#payment p')").await?;

        buyer.page().goto(&shop.url).await?;
        buyer.pays_and_comes_back(Card::Succeeds).await?;
        buyer.sees(PAID).await?;
        buyer.sees(&format!("{ORDER}: paid")).await?;
        world.ledger.is_captured_once(ORDER).await.map(drop)
    })
    .await;
}

#[tokio::test]
async fn a_page_rendered_on_a_server_is_taken_over_without_a_word_and_pays() {
    journey(Settings::default(), async |world| {
        let shop = Shop::opens(world, RENDERED).await?;
        let buyer = world.buyer().await?;
        buyer.page().goto(&shop.url).await?;
        buyer.can_pay().await?;
        // React keeps what the server sent; a page that differs from it would be made anew, and React would complain.
        let kept = "document.querySelectorAll('alliancepay-checkout.payment > form').length === 1";
        ensure!(buyer.page().holds(kept).await?, "the plain form is still inside");
        let complaints: Vec<_> =
            buyer.page().console().await?.into_iter().filter(|line| !is_noise(line)).collect();
        ensure!(complaints.is_empty(), "{complaints:?}");
        buyer.pays_and_comes_back(Card::Succeeds).await?;
        buyer.sees(PAID).await?;
        world.ledger.is_captured_once(ORDER).await.map(drop)
    })
    .await;
}

#[tokio::test]
async fn a_page_rendered_on_a_server_pays_with_scripts_off() {
    journey(Settings::default(), async |world| {
        let shop = Shop::opens(world, RENDERED).await?;
        let plain = world.buyer_with(&Profile::default().without_scripts()).await?;
        plain.page().goto(&shop.url).await?;
        plain.pays_by_the_form(Card::Succeeds).await?;
        world.ledger.is_captured_once(ORDER).await.map(drop)
    })
    .await;
}

const RENDERED: &str = "apps/rendered/dist-strict";

/// The sample's page: without the box ticked it stops the payment by `onBeforeSubmit`.
async fn the_react_page_pays(build: &str) {
    journey(Settings::default(), async |world| {
        let shop = Shop::opens(world, build).await?;
        let buyer = world.buyer().await?;
        buyer.page().goto(&shop.url).await?;
        buyer.presses_pay().await?;
        buyer.sees("The shop stopped the payment").await?;
        ensure!(world.ledger.all_attempts()?.is_empty(), "nothing was sent");
        ensure!(buyer.page().holds("deepAll('.card').length === 1").await?, "one widget");

        buyer.page().press("input[type=checkbox]").await?;
        buyer.pays_and_comes_back(Card::Succeeds).await?;
        buyer.sees(PAID).await?;
        tells_the_page_once(&buyer).await?;
        world.ledger.is_captured_once(ORDER).await?;
        world.ledger.only_attempt(ORDER).map(drop)
    })
    .await;
}

/// What `onOutcome` was told stands in the page's own words.
async fn tells_the_page_once(buyer: &Buyer) -> anyhow::Result<()> {
    buyer
        .page()
        .wait_until(&format!("document.querySelector('main > [role=status]').innerText === '{ORDER}: paid'"))
        .await
}

/// What React and the browser say of any development page.
fn is_noise(line: &str) -> bool {
    line.contains("React DevTools") || line.contains("favicon.ico")
}

/// A shop's server in front of a built application: its files, and `/order`. It ends when dropped.
struct Shop {
    url: String,
    served: JoinHandle<()>,
}

/// What it serves from.
#[derive(Clone)]
struct Files {
    folder: PathBuf,
    backend: String,
    token: String,
}

impl Shop {
    async fn opens(world: &World, build: &str) -> anyhow::Result<Self> {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("target/npm-apps").join(build);
        let found = folder.join("index.html").is_file();
        ensure!(found, "{} is not built: run `cargo xtask npm-apps`", folder.display());
        let url = world.at.merchant_page.clone();
        let token = world.ledger.put_order(ORDER, 25_000, &url).await?;
        let files = Files { folder, backend: world.at.backend.clone(), token };
        let routes = Router::new().route("/order", get(order)).fallback(file).with_state(files);
        let listener = TcpListener::bind(host(&url)).await.context("the shop's port")?;
        let served = tokio::spawn(async move {
            let _ = axum::serve(listener, routes).await;
        });
        Ok(Self { url, served })
    }
}

impl Drop for Shop {
    fn drop(&mut self) {
        self.served.abort();
    }
}

async fn order(State(files): State<Files>) -> impl IntoResponse {
    Json(json!({"order": ORDER, "backend": files.backend, "orderToken": files.token}))
}

/// A file of the build; in a page the server fills in the order.
async fn file(State(files): State<Files>, request: Request) -> Response {
    let name = request.uri().path().trim_start_matches('/');
    let name = if name.is_empty() { "index.html" } else { name };
    let Ok(bytes) = tokio::fs::read(files.folder.join(name)).await else {
        return StatusCode::NOT_FOUND.into_response();
    };
    let kind = match Path::new(name).extension().and_then(|word| word.to_str()) {
        Some("html") => {
            let page = String::from_utf8_lossy(&bytes)
                .replace("{{BACKEND}}", &files.backend)
                .replace("{{ORDER}}", ORDER)
                .replace("{{TOKEN}}", &files.token);
            return Html(page).into_response();
        }
        Some("js") => "text/javascript",
        Some("wasm") => "application/wasm",
        Some("json") => "application/json",
        Some(_) | None => "application/octet-stream",
    };
    ([(header::CONTENT_TYPE, kind)], bytes).into_response()
}
