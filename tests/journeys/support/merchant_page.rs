//! A page of the merchant's own making, on a server of its own: the smallest embed there is, and the servers that
//! get it wrong. It serves files and headers; everything behind them is the real backend.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use axum::Router;
use axum::extract::{Path as UrlPath, State};
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{Html, IntoResponse, Response};
use axum::routing::get;
use tokio::net::TcpListener;
use tokio::task::JoinHandle;

use super::settings::host;
use super::world::{World, dist};

/// How the merchant's server hands out the widget's files.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Widget {
    /// As they are.
    Served,
    /// Somebody forgot to upload the WebAssembly file.
    WasmMissing,
    /// The server knows no MIME type for `.wasm`, and forbids browsers to guess.
    WasmAsText,
    /// As they are, on a page with the strictest policy under which a widget of WebAssembly can run.
    StrictlyServed,
    /// The server answers with its own 200 page for whatever it does not know.
    WasmIsAPage,
}

/// A running merchant's server. It ends when dropped.
#[derive(Debug)]
pub(crate) struct MerchantPage {
    pub(crate) url: String,
    served: JoinHandle<()>,
}

struct Site {
    html: String,
    policy: Option<String>,
    widget: Widget,
    dist: PathBuf,
}

impl MerchantPage {
    /// Serves `body` inside a page that loads the widget from the same server.
    pub(crate) async fn start(world: &World, widget: Widget, body: &str) -> anyhow::Result<Self> {
        let html = format!(
            "<!doctype html><html lang=en><head><meta charset=utf-8><meta name=referrer content=no-referrer>\
             <title>Merchant</title><script src=/widget/alliancepay.js async></script></head>\
             <body><h1>Merchant</h1>{body}</body></html>"
        );
        let (backend, bank) = (&world.at.backend, &world.at.bank);
        let policy = (widget == Widget::StrictlyServed).then(|| {
            format!(
                "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; connect-src 'self' {backend}; \
                 form-action {backend} {bank}; base-uri 'none'; require-trusted-types-for 'script'; trusted-types 'none'"
            )
        });
        let site = Arc::new(Site { html, policy, widget, dist: dist()? });
        let routes = Router::new().route("/", get(page)).route("/widget/{*file}", get(file)).with_state(site);
        let listener = TcpListener::bind(host(&world.at.merchant_page)).await?;
        let served = tokio::spawn(async move {
            let _ = axum::serve(listener, routes).await;
        });
        Ok(Self { url: world.at.merchant_page.clone(), served })
    }
}

impl Drop for MerchantPage {
    fn drop(&mut self) {
        self.served.abort();
    }
}

/// The pay view with a plain form as its fallback, as the README shows it.
pub(crate) fn pay_view(world: &World, order: &str, token: &str, attributes: &str) -> String {
    let backend = &world.at.backend;
    format!(
        "<alliancepay-checkout view=pay backend='{backend}' order='{order}' order-token='{token}' lang=en {attributes}>\
         <form method=post action='{backend}/pay'><input type=hidden name=order_token value='{token}'>\
         <button>Pay at the bank</button></form></alliancepay-checkout>"
    )
}

async fn page(State(site): State<Arc<Site>>) -> Response {
    let mut answer = Html(site.html.clone()).into_response();
    if let Some(policy) = site.policy.as_deref().and_then(|policy| HeaderValue::from_str(policy).ok()) {
        answer.headers_mut().insert(header::CONTENT_SECURITY_POLICY, policy);
    }
    answer
}

async fn file(State(site): State<Arc<Site>>, UrlPath(path): UrlPath<String>) -> Response {
    let extension = Path::new(&path).extension().and_then(|word| word.to_str());
    let is_wasm = extension == Some("wasm");
    match site.widget {
        Widget::WasmMissing if is_wasm => return StatusCode::NOT_FOUND.into_response(),
        Widget::WasmIsAPage if is_wasm => return Html(site.html.clone()).into_response(),
        Widget::Served
        | Widget::StrictlyServed
        | Widget::WasmMissing
        | Widget::WasmAsText
        | Widget::WasmIsAPage => {}
    }
    let kind = match extension {
        Some("wasm") if site.widget == Widget::WasmAsText => "text/plain",
        Some("wasm") => "application/wasm",
        Some("js" | "mjs") => "text/javascript",
        Some("css") => "text/css",
        Some(_) | None => "application/octet-stream",
    };
    match tokio::fs::read(site.dist.join(&path)).await {
        Ok(bytes) => {
            let mut answer = bytes.into_response();
            answer.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static(kind));
            answer.headers_mut().insert(header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
            answer
        }
        Err(_) => StatusCode::NOT_FOUND.into_response(),
    }
}
