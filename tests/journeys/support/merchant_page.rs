//! A page of the merchant's own making, on a server of its own: the smallest embed there is, and the servers that
//! get it wrong. It serves files and headers; everything behind them is the real backend.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use axum::Router;
use axum::extract::{Path as UrlPath, State};
use axum::http::{HeaderValue, StatusCode, Uri, header};
use axum::response::{Html, IntoResponse, Response};
use axum::routing::get;
use tokio::net::TcpListener;
use tokio::task::JoinHandle;

use super::settings::host;
use super::world::{World, dist, trapping};

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
    /// Somebody on the way changed the files with this ending.
    Changed(&'static str),
    /// The build that panics where the page tells it to.
    Trapping,
}

/// The tag a merchant writes.
pub(crate) const TAG: &str = "<script src=/widget/alliancepay.js async></script>";

/// A running merchant's server. It ends when dropped.
#[derive(Debug)]
pub(crate) struct MerchantPage {
    pub(crate) url: String,
    served: JoinHandle<()>,
}

struct Site {
    /// By path.
    pages: BTreeMap<String, String>,
    policy: Option<String>,
    widget: Widget,
    dist: PathBuf,
}

impl MerchantPage {
    /// Serves `body` inside a page that loads the widget from the same server.
    pub(crate) async fn start(world: &World, widget: Widget, body: &str) -> anyhow::Result<Self> {
        let (backend, bank) = (&world.at.backend, &world.at.bank);
        let policy = (widget == Widget::StrictlyServed).then(|| {
            format!(
                "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; connect-src 'self' {backend}; \
                 form-action {backend} {bank}; base-uri 'none'; require-trusted-types-for 'script'; trusted-types 'none'"
            )
        });
        Self::with_pages(world, widget, policy, [("/", TAG, body)]).await
    }

    /// Serves several pages, each a path, what stands in its head, and its body.
    pub(crate) async fn with_pages<'a>(
        world: &World,
        widget: Widget,
        policy: Option<String>,
        pages: impl IntoIterator<Item = (&'a str, &'a str, &'a str)>,
    ) -> anyhow::Result<Self> {
        let html = |head: &str, body: &str| {
            format!(
                "<!doctype html><html lang=en><head><meta charset=utf-8><meta name=referrer content=no-referrer>\
                 <title>Merchant</title>{head}</head><body><h1>Merchant</h1>{body}</body></html>"
            )
        };
        let pages = pages.into_iter().map(|(path, head, body)| (path.to_owned(), html(head, body))).collect();
        let folder = if widget == Widget::Trapping { trapping()? } else { dist()? };
        let site = Arc::new(Site { pages, policy, widget, dist: folder });
        let routes = Router::new().route("/widget/{*file}", get(file)).fallback(page).with_state(site);
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

async fn page(State(site): State<Arc<Site>>, address: Uri) -> Response {
    let Some(html) = site.pages.get(address.path()) else { return StatusCode::NOT_FOUND.into_response() };
    let mut answer = Html(html.clone()).into_response();
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
        Widget::WasmIsAPage if is_wasm => return Html("<!doctype html><title>Shop</title>").into_response(),
        Widget::Served
        | Widget::StrictlyServed
        | Widget::WasmMissing
        | Widget::WasmAsText
        | Widget::WasmIsAPage
        | Widget::Changed(_)
        | Widget::Trapping => {}
    }
    let kind = match extension {
        Some("wasm") if site.widget == Widget::WasmAsText => "text/plain",
        Some("wasm") => "application/wasm",
        Some("js" | "mjs") => "text/javascript",
        Some("css") => "text/css",
        Some(_) | None => "application/octet-stream",
    };
    match tokio::fs::read(site.dist.join(&path)).await {
        Ok(mut bytes) => {
            if matches!(site.widget, Widget::Changed(ending) if extension == Some(ending)) {
                bytes.push(b' ');
            }
            let mut answer = bytes.into_response();
            answer.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static(kind));
            answer.headers_mut().insert(header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
            answer
        }
        Err(_) => StatusCode::NOT_FOUND.into_response(),
    }
}
