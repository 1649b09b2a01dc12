//! A page for every phase: the real widget against a backend that answers what the phase needs, with the golden answers
//! of `checkout-api`. The page's clock can be put on, so that nobody waits for a deadline to look at a screen.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use anyhow::Context;
use axum::Router;
use axum::extract::{Path as UrlPath, Query, State};
use axum::http::{Method, StatusCode, header};
use axum::response::{Html, IntoResponse, Response};
use axum::routing::{any, get};
use base64::Engine as _;
use browser::fantoccini::Locator;
use browser::{Driver, Engine, Page, Profile};
use serde::Deserialize;
use serde_json::json;
use tokio::net::TcpListener;
use tokio::task::JoinHandle;

use super::axe;
use super::phase::{Answer, Phase};
use crate::support::{dist, host, ports};

/// How a phase is looked at.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Look<'a> {
    pub(crate) language: &'a str,
    /// `ltr` or `rtl`.
    pub(crate) direction: &'a str,
}

impl<'a> Look<'a> {
    pub(crate) const fn in_language(language: &'a str) -> Self {
        Self { language, direction: "ltr" }
    }
}

/// The running server. It ends when dropped.
#[derive(Debug)]
pub(crate) struct Stage {
    url: String,
    served: JoinHandle<()>,
}

impl Stage {
    pub(crate) async fn open() -> anyhow::Result<Self> {
        let url = format!("http://127.0.0.1:{}", ports::free()?);
        let routes = Router::new()
            .route("/", get(page))
            .route("/sheet", get(|| async { Html("<!doctype html><link rel=stylesheet href=/stage.css>") }))
            .route("/stage.css", get(|| async { typed("text/css", include_str!("stage.css")) }))
            .route("/clock.js", get(|| async { typed("text/javascript", include_str!("clock.js")) }))
            .route("/screens.js", get(|| async { typed("text/javascript", include_str!("screens.js")) }))
            .route("/axe.js", get(axe_script))
            .route("/widget/{file}", get(file))
            // The bank's page that never comes: the browser stays where it is.
            .route("/nowhere", get(|| async { StatusCode::NO_CONTENT }))
            .route("/{phase}/v1/{*call}", any(backend))
            .with_state(url.clone());
        let listener = TcpListener::bind(host(&url)).await?;
        let served = tokio::spawn(async move {
            let _ = axum::serve(listener, routes).await;
        });
        Ok(Self { url, served })
    }

    /// Brings the widget into the phase, in a browser that is already open. Its first screen is a page that loads; on the
    /// next ones the page takes the widget out and puts another in, as checkouts do, which is several times faster.
    pub(crate) async fn shows(&self, page: &Page, phase: &Phase, look: Look<'_>) -> anyhow::Result<()> {
        let Look { language, direction } = look;
        let url = format!("{}/?phase={}&lang={language}&dir={direction}", self.url, phase.name);
        if page.holds("window.nextScreen").await? {
            page.run("await nextScreen(arguments[0]);", &[json!(url)]).await?;
        } else {
            page.goto(&url).await?;
        }
        page.wait_until("deep('.root[data-phase]')").await?;
        for step in phase.steps {
            page.wait_until(step.once).await?;
            page.run(step.then, &[]).await?;
        }
        let is_there = format!("deep('.root').dataset.phase === '{}' && ({})", phase.shown_as, phase.holds);
        page.wait_until(&is_there).await.with_context(|| format!("{} in {language}", phase.name))
    }

    /// Pictures side by side, each with its name, as one picture.
    pub(crate) async fn sheet(
        &self,
        page: &Page,
        pictures: impl Iterator<Item = (&'static str, PathBuf)>,
    ) -> anyhow::Result<Vec<u8>> {
        let mut figures = String::new();
        for (name, file) in pictures {
            let bytes = std::fs::read(&file).with_context(|| format!("reading {}", file.display()))?;
            let data = base64::engine::general_purpose::STANDARD.encode(bytes);
            let _ = write!(
                figures,
                "<figure><figcaption>{name}</figcaption><img alt='' src='data:image/png;base64,{data}'></figure>"
            );
        }
        page.goto(&format!("{}/sheet", self.url)).await?;
        page.run(
            "document.body.innerHTML = arguments[0];",
            &[json!(format!("<div class=sheet>{figures}</div>"))],
        )
        .await?;
        page.wait_until("[...document.images].every((one) => one.complete)").await?;
        let sheet = page.client().find(Locator::Css(".sheet")).await?;
        sheet.screenshot().await.context("taking a picture")
    }
}

impl Drop for Stage {
    fn drop(&mut self) {
        self.served.abort();
    }
}

/// A browser of one engine before the stage.
pub(crate) async fn opened(engine: Engine, profile: &Profile) -> anyhow::Result<(Driver, Page)> {
    let driver = Driver::start(engine)?;
    let page = driver.open(profile).await?;
    Ok((driver, page))
}

#[derive(Deserialize)]
struct Wanted {
    phase: String,
    lang: String,
    dir: String,
}

async fn page(State(url): State<String>, Query(wanted): Query<Wanted>) -> Response {
    let Wanted { phase, lang, dir } = wanted;
    let Some(phase) = Phase::named(&phase) else { return StatusCode::NOT_FOUND.into_response() };
    let backend = if phase.has_backend { format!("backend='{url}/{}'", phase.name) } else { String::new() };
    let widget = format!("<alliancepay-checkout lang={lang} {backend} {}>", phase.attributes);
    Html(format!(
        "<!doctype html><html lang={lang} dir={dir}><head><meta charset=utf-8>\
         <meta name=viewport content='width=device-width, initial-scale=1'>\
         <title>{name}</title><link rel=icon href='data:,'><link rel=stylesheet href=/stage.css>\
         <script src=/clock.js></script><script src=/screens.js></script><script src=/widget/alliancepay.js async></script></head>\
         <body><main><h1>{name}</h1>{widget}<form method=post action='{url}/pay'>\
         <button>AlliancePay</button></form></alliancepay-checkout></main></body></html>",
        name = phase.name,
    ))
    .into_response()
}

async fn backend(
    State(url): State<String>,
    UrlPath((phase, call)): UrlPath<(String, String)>,
    method: Method,
) -> Response {
    let Some(phase) = Phase::named(&phase) else { return StatusCode::NOT_FOUND.into_response() };
    if call.ends_with("/qr") {
        // Looks like a code and leads nowhere.
        return typed("image/svg+xml", include_str!("code.svg")).into_response();
    }
    let answer = match (method, call.as_str()) {
        (Method::GET, "checkout") => phase.checkout,
        (Method::POST, "payment-sessions") => phase.opened,
        _ => phase.status,
    };
    match answer {
        Answer::Held => std::future::pending().await,
        Answer::Status(status) => {
            let status = StatusCode::from_u16(status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
            (status, typed("application/json", "{}")).into_response()
        }
        Answer::Golden(text) => {
            let page = format!("{url}/nowhere");
            let living = text
                .replace("https://pay.alb.ua/?hpp_id=1762952514564YK07ZIElutD", &page)
                .replace("2026-11-2", "2099-11-2");
            typed("application/json", &living).into_response()
        }
    }
}

async fn file(UrlPath(name): UrlPath<String>) -> Response {
    let kind = match Path::new(&name).extension().and_then(|word| word.to_str()) {
        Some("wasm") => "application/wasm",
        Some("js") => "text/javascript",
        Some(_) | None => "application/json",
    };
    let bytes = dist().and_then(|folder| Ok(std::fs::read(folder.join(&name))?));
    bytes.map_or(StatusCode::NOT_FOUND.into_response(), |bytes| kept(kind, bytes).into_response())
}

async fn axe_script() -> Response {
    axe::script()
        .map_or(StatusCode::NOT_FOUND.into_response(), |text| kept("text/javascript", text).into_response())
}

/// The browser keeps it from screen to screen, with what it has compiled.
fn kept(kind: &'static str, body: impl IntoResponse) -> impl IntoResponse {
    ([(header::CONTENT_TYPE, kind), (header::CACHE_CONTROL, "max-age=3600")], body)
}

fn typed(kind: &'static str, text: &str) -> impl IntoResponse + use<> {
    ([(header::CONTENT_TYPE, kind)], text.to_owned())
}
