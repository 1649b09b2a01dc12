//! A page of the merchant's own making, on a server of its own: the smallest embed there is, and the servers that
//! get it wrong. It serves files and headers; everything behind them is the real backend.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use axum::extract::{Path as UrlPath, State};
use axum::http::{HeaderValue, StatusCode, Uri, header};
use axum::response::{Html, IntoResponse, Response};
use axum::routing::get;
use axum::{Json, Router};
use serde_json::json;
use tokio::net::TcpListener;
use tokio::task::JoinHandle;

use super::buyer::Buyer;
use super::ledger::Ledger;
use super::settings::host;
use super::world::{World, dist, trapping};

/// The order of a page that sells one.
pub(crate) const ORDER: &str = "J-1";
const AMOUNT: i64 = 25_000;
const CONSOLE_TOKEN_SECONDS: u32 = 3;

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
    /// The same policy without the word that lets WebAssembly run.
    StrictlyWithoutWasm,
    /// The server answers with its own 200 page for whatever it does not know.
    WasmIsAPage,
    /// Somebody on the way changed the files with this ending.
    Changed(&'static str),
    /// Something on the way forbids the WebAssembly file.
    WasmForbidden,
    /// The browser has no WebAssembly at all.
    NoWebAssembly,
    /// An optimiser has taken the script over: the tag's type is its own, the code is run later from a string.
    TagRewritten,
    /// The same, and nothing is left of the tag.
    TagGone,
    /// The build that panics where the page tells it to.
    Trapping,
}

/// The tag a merchant writes.
pub(crate) const TAG: &str = "<script src=/widget/alliancepay.js async></script>";

/// A running merchant's server. It ends when dropped.
#[derive(Debug)]
pub(crate) struct MerchantPage {
    pub(crate) url: String,
    site: Arc<Site>,
    served: JoinHandle<()>,
}

#[derive(Debug)]
struct Site {
    url: String,
    /// By path.
    pages: BTreeMap<String, String>,
    policy: Option<String>,
    widget: Widget,
    dist: PathBuf,
    ledger: Ledger,
    tokens_given: AtomicUsize,
    /// The widget's files that browsers have asked for, in order.
    files_asked: Mutex<Vec<String>>,
    console_tokens_given: AtomicUsize,
}

impl MerchantPage {
    /// Puts an order of 250 hryvnias and serves the page that sells it.
    pub(crate) async fn selling(world: &World, widget: Widget, attributes: &str) -> anyhow::Result<Self> {
        Self::selling_over(&world.at.backend, world, widget, attributes).await
    }

    /// The same; the page reaches the backend by another address.
    pub(crate) async fn selling_over(
        backend: &str,
        world: &World,
        widget: Widget,
        attributes: &str,
    ) -> anyhow::Result<Self> {
        let token = world.ledger.put_order(ORDER, AMOUNT, &world.at.merchant_page).await?;
        let body = pay_view(world, ORDER, &token, attributes).replace(&world.at.backend, backend);
        Self::start(world, widget, &body).await
    }

    /// Puts the same order and sells it on a page of this head; `body` is given the pay view and makes the body of it.
    pub(crate) async fn with_head(
        world: &World,
        head: &str,
        body: impl FnOnce(&str) -> String,
    ) -> anyhow::Result<Self> {
        let token = world.ledger.put_order(ORDER, AMOUNT, &world.at.merchant_page).await?;
        let body = body(&pay_view(world, ORDER, &token, ""));
        Self::with_pages(world, Widget::Served, None, [("/", head, body.as_str())]).await
    }

    /// Serves `body` inside a page that loads the widget from the same server.
    pub(crate) async fn start(world: &World, widget: Widget, body: &str) -> anyhow::Result<Self> {
        let (backend, bank) = (&world.at.backend, &world.at.bank);
        let wasm = if widget == Widget::StrictlyServed { "'wasm-unsafe-eval'" } else { "" };
        let policy = [Widget::StrictlyServed, Widget::StrictlyWithoutWasm].contains(&widget).then(|| {
            format!(
                "default-src 'none'; script-src 'self' {wasm}; connect-src 'self' {backend}; \
                 form-action {backend} {bank}; base-uri 'none'; require-trusted-types-for 'script'; trusted-types 'none'"
            )
        });
        let head = format!("<script src=/complaints.js></script>{}", widget.loader());
        Self::with_pages(world, widget, policy, [("/", head.as_str(), body)]).await
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
        let url = world.at.merchant_page.clone();
        let site = Arc::new(Site {
            url: url.clone(),
            pages,
            policy,
            widget,
            dist: folder,
            ledger: world.ledger.clone(),
            tokens_given: AtomicUsize::default(),
            files_asked: Mutex::default(),
            console_tokens_given: AtomicUsize::default(),
        });
        let routes = Router::new()
            .route("/complaints.js", get(complaints))
            .route("/all.js", get(joined))
            .route("/token", get(token))
            .route("/logo.svg", get(logo))
            .route("/console-token/{scope}/{role}", get(console_token))
            .route("/widget/{*file}", get(file))
            .fallback(page)
            .with_state(Arc::clone(&site));
        let listener = TcpListener::bind(host(&world.at.merchant_page)).await?;
        let served = tokio::spawn(async move {
            let _ = axum::serve(listener, routes).await;
        });
        Ok(Self { url, site, served })
    }

    /// The widget's files that browsers have asked for, in order.
    pub(crate) fn files_asked(&self) -> Vec<String> {
        self.site.files_asked.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// How often the page has asked for a fresh order token.
    pub(crate) fn tokens_given(&self) -> usize {
        self.site.tokens_given.load(Ordering::Relaxed)
    }

    /// How often its views of the console have asked for a token.
    pub(crate) fn console_tokens_given(&self) -> usize {
        self.site.console_tokens_given.load(Ordering::Relaxed)
    }
}

impl Drop for MerchantPage {
    fn drop(&mut self) {
        self.served.abort();
    }
}

impl Widget {
    fn loader(self) -> &'static str {
        match self {
            Self::NoWebAssembly => {
                "<script>delete window.WebAssembly</script><script src=/widget/alliancepay.js async></script>"
            }
            Self::TagRewritten => {
                "<script type='4f2a-text/javascript' src=/widget/alliancepay.js></script><script>\
                 addEventListener('load', async () => { const tag = document.querySelector('script[type^=\"4f2a\"]'); \
                 (0, eval)(await (await fetch(tag.src)).text()); })</script>"
            }
            Self::TagGone => {
                "<script>addEventListener('load', async () => \
                 (0, eval)(await (await fetch('/widget/alliancepay.js')).text()))</script>"
            }
            Self::Served
            | Self::StrictlyServed
            | Self::StrictlyWithoutWasm
            | Self::WasmMissing
            | Self::WasmAsText
            | Self::WasmIsAPage
            | Self::WasmForbidden
            | Self::Changed(_)
            | Self::Trapping => TAG,
        }
    }
}

/// A buyer before [`MerchantPage::with_head`].
pub(crate) async fn at_a_page(
    world: &World,
    head: &str,
    body: impl FnOnce(&str) -> String,
) -> anyhow::Result<(MerchantPage, Buyer)> {
    let site = MerchantPage::with_head(world, head, body).await?;
    let buyer = world.buyer().await?;
    buyer.page().goto(&site.url).await?;
    Ok((site, buyer))
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

/// Keeps what the browser says about the page's policy, and the codes of the widget's errors, where a journey can read
/// them in any browser.
async fn complaints() -> Response {
    let script = "window.complaints = []; addEventListener('securitypolicyviolation', (event) => \
                  window.complaints.push(event.effectiveDirective + ' ' + event.blockedURI)); \
                  window.errors = []; addEventListener('alliancepay:error', (event) => \
                  window.errors.push(event.detail.code));";
    ([(header::CONTENT_TYPE, "text/javascript")], script).into_response()
}

/// The script as an optimiser joins it with others, at an address beside which none of the widget's files are.
async fn joined(State(site): State<Arc<Site>>) -> Response {
    match tokio::fs::read_to_string(site.dist.join("alliancepay.js")).await {
        Ok(script) => {
            let joined = format!("var before = 1;{script};var after = 1;");
            ([(header::CONTENT_TYPE, "text/javascript")], joined).into_response()
        }
        Err(_) => StatusCode::NOT_FOUND.into_response(),
    }
}

/// The shop's own logo, three times as wide as high.
async fn logo() -> Response {
    let drawing = "<svg xmlns='http://www.w3.org/2000/svg' width='96' height='32'><rect width='96' height='32' fill='teal'/></svg>";
    ([(header::CONTENT_TYPE, "image/svg+xml")], drawing).into_response()
}

/// A fresh token for the page's order, as a shop's own server gives one.
async fn token(State(site): State<Arc<Site>>) -> Response {
    site.tokens_given.fetch_add(1, Ordering::Relaxed);
    match site.ledger.put_order(ORDER, AMOUNT, &site.url).await {
        Ok(token) => Json(json!({"orderToken": token})).into_response(),
        Err(error) => (StatusCode::BAD_GATEWAY, error.to_string()).into_response(),
    }
}

/// A token for a view of the console, as a shop's own admin gives one: here it lives for seconds.
async fn console_token(
    State(site): State<Arc<Site>>,
    UrlPath((scope, role)): UrlPath<(String, String)>,
) -> Response {
    site.console_tokens_given.fetch_add(1, Ordering::Relaxed);
    match site.ledger.console_token(&scope, &role, CONSOLE_TOKEN_SECONDS).await {
        Ok(token) => Json(json!({"token": token})).into_response(),
        Err(error) => (StatusCode::BAD_GATEWAY, error.to_string()).into_response(),
    }
}

async fn file(State(site): State<Arc<Site>>, UrlPath(path): UrlPath<String>) -> Response {
    site.files_asked.lock().unwrap_or_else(PoisonError::into_inner).push(path.clone());
    let extension = Path::new(&path).extension().and_then(|word| word.to_str());
    let is_wasm = extension == Some("wasm");
    match site.widget {
        Widget::WasmMissing if is_wasm => return StatusCode::NOT_FOUND.into_response(),
        Widget::WasmForbidden if is_wasm => return StatusCode::FORBIDDEN.into_response(),
        Widget::WasmIsAPage if is_wasm => return Html("<!doctype html><title>Shop</title>").into_response(),
        Widget::Served
        | Widget::StrictlyServed
        | Widget::StrictlyWithoutWasm
        | Widget::WasmForbidden
        | Widget::NoWebAssembly
        | Widget::TagRewritten
        | Widget::TagGone
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
            // As our backend: what is named by its contents is kept.
            let named_by_hash = path.starts_with("alliancepay-");
            let kept = if named_by_hash { "public, max-age=31536000, immutable" } else { "public, no-cache" };
            answer.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static(kept));
            answer
        }
        Err(_) => StatusCode::NOT_FOUND.into_response(),
    }
}
