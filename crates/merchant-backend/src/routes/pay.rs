//! Paying without scripts: a form that leads to the payment page, and a status page that refreshes itself. Neither
//! sets or reads a cookie.

use axum::extract::rejection::QueryRejection;
use axum::extract::{Path, Query, Request, State};
use axum::http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode, header};
use axum::response::{Html, IntoResponse, Response};
use checkout_api::{SessionId, code};
use jiff::Timestamp;
use serde::Deserialize;
use utoipa::{IntoParams, ToSchema};

use super::App;
use super::payment_sessions::{locale, product};
use crate::error::ApiError;
use crate::http::RawBody;
use crate::payments::opening::Wish;
use crate::status_page::{self, Language, Occasion};

/// Pages load our one stylesheet; they run and send nothing, and nobody frames them.
const POLICY: &str = "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'none'; \
    frame-ancestors 'none'; base-uri 'none'";

/// What a buyer asked for who is to be answered by a page, whatever comes of it.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Asked {
    occasion: Occasion,
    language: Language,
}

/// The fields of the form that we know; a page may send more.
#[derive(Debug, Default, ToSchema)]
#[schema(as = PayForm)]
struct Form {
    /// The right to pay
    #[schema(required = true, value_type = String)]
    order_token: Option<String>,
    /// `card`, `a2a` or `alipayplus`; absent: the first the order offers
    product: Option<String>,
    /// `uk` or `en`
    locale: Option<String>,
}

/// Pay without scripts
///
/// A plain form leads to the payment page. Sets and reads no cookie. What goes wrong is told as a page.
#[utoipa::path(
    post,
    path = "/pay",
    tag = "Pages without scripts",
    request_body(content = Form, content_type = "application/x-www-form-urlencoded"),
    responses((status = 303, description = "The payment page's address, in `Location`; the status page's where the order is paid")),
    extensions(("x-problems" = json!(["order_token_invalid", "not_found", "order_already_paid", "idempotency_key_in_use", "product_not_offered", "bank_refused", "bank_unavailable", "unavailable", "rate_limited"])))
)]
pub(super) async fn pay(
    State(app): State<App>,
    headers: HeaderMap,
    body: Result<RawBody, ApiError>,
) -> Response {
    let asked = |locale: Option<&str>| Asked {
        occasion: Occasion::Paying,
        language: language(locale, None, &headers),
    };
    let form = match body {
        Ok(RawBody(body)) => Form::read(&body),
        Err(error) => return asked(None).problem(&error),
    };
    let asked = asked(form.locale.as_deref());
    match payment_page(&app, form).await {
        Ok(page) => asked.see_other(&page),
        Err(error) => match error.session {
            Some(session) if error.code == code::ORDER_ALREADY_PAID => {
                asked.see_other(&format!("/pay/{}", session.as_str()))
            }
            Some(_) | None => asked.problem(&error),
        },
    }
}

#[derive(Debug, Default, Deserialize, IntoParams)]
#[serde(default)]
#[into_params(parameter_in = Query)]
pub(super) struct PageQuery {
    /// `uk` or `en`; absent: the buyer's own
    #[param(required = false, value_type = String)]
    lang: Option<String>,
}

/// The status page
///
/// How a payment stands, for people: Ukrainian and English, refreshes itself until it is final, works without scripts.
#[utoipa::path(
    get,
    path = "/pay/{session}",
    tag = "Pages without scripts",
    params(
        ("session" = String, Path, description = "The session's id", example = "ps_0a1b2c"),
        PageQuery,
    ),
    responses((status = 200, description = "The page", body = String, content_type = "text/html")),
    extensions(("x-problems" = json!(["not_found", "rate_limited", "unavailable"])))
)]
pub(super) async fn status(
    State(app): State<App>,
    Path(session): Path<String>,
    query: Result<Query<PageQuery>, QueryRejection>,
    headers: HeaderMap,
) -> Response {
    let Query(query) = query.unwrap_or_default();
    let problem = |error: &ApiError| {
        let language = language(query.lang.as_deref(), None, &headers);
        Asked { occasion: Occasion::Looking, language }.problem(error)
    };
    match app.store.session(SessionId::new(session), Timestamp::now()).await {
        Ok(Some(view)) => {
            let language = language(query.lang.as_deref(), view.locale.as_deref(), &headers);
            let shop = app.shop.name.as_deref();
            page(StatusCode::OK, status_page::render(&view, language, shop))
        }
        Ok(None) => problem(&ApiError::not_found("payment")),
        Err(error) => problem(&error.into()),
    }
}

/// The status page's styles
#[utoipa::path(
    get,
    path = "/pay/status.css",
    tag = "Pages without scripts",
    responses((status = 200, description = "The styles", body = String, content_type = "text/css"))
)]
pub(super) async fn stylesheet() -> impl IntoResponse {
    let headers =
        [(header::CONTENT_TYPE, "text/css; charset=utf-8"), (header::CACHE_CONTROL, "public, max-age=3600")];
    (headers, status_page::STYLESHEET)
}

impl Form {
    fn read(body: &[u8]) -> Self {
        let mut form = Self::default();
        for (name, value) in url::form_urlencoded::parse(body) {
            let value = Some(value.trim().to_owned()).filter(|value| !value.is_empty());
            match name.as_ref() {
                "order_token" => form.order_token = value,
                "product" => form.product = value,
                "locale" => form.locale = value,
                _ => {}
            }
        }
        form
    }
}

async fn payment_page(app: &App, form: Form) -> Result<String, ApiError> {
    app.limits.order_token(form.order_token.as_deref().unwrap_or_default())?;
    let order = app.payer(form.order_token.as_deref()).await?.order;
    let product = product(form.product.as_deref())?;
    let wish = Wish { order, keyed: None, product, locale: locale(form.locale.as_deref()) };
    let session = app.opening.open(wish).await?.session;
    Ok(session.page.unwrap_or_else(|| format!("/pay/{}", session.session.as_str())))
}

impl Asked {
    /// Who asks for an address of the pages gets a page, also where no page's handler was asked.
    pub(crate) fn by(request: &Request) -> Option<Self> {
        let path = request.uri().path();
        let occasion = match *request.method() {
            Method::GET | Method::HEAD => Occasion::Looking,
            _ => Occasion::Paying,
        };
        let is_page = path == "/pay" || path.starts_with("/pay/");
        is_page.then(|| Self { occasion, language: language(None, None, request.headers()) })
    }

    /// The page of a request that was not done.
    pub(crate) fn problem(self, error: &ApiError) -> Response {
        let html = status_page::render_problem(error, self.occasion, self.language);
        let mut response = page(error.status, html);
        if let Some(seconds) = error.retry_after {
            response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from(seconds));
        }
        response
    }

    fn see_other(self, location: &str) -> Response {
        match HeaderValue::from_str(location) {
            Ok(location) => (StatusCode::SEE_OTHER, [(header::LOCATION, location)]).into_response(),
            Err(_) => self.problem(&ApiError::bank_silent()),
        }
    }
}

fn page(status: StatusCode, html: String) -> Response {
    let headers = [
        (header::CONTENT_SECURITY_POLICY, POLICY),
        (header::CACHE_CONTROL, "no-store"),
        (HeaderName::from_static("x-robots-tag"), "noindex"),
    ];
    (status, headers, Html(html)).into_response()
}

fn language(asked: Option<&str>, stored: Option<&str>, headers: &HeaderMap) -> Language {
    let accepted = headers.get(header::ACCEPT_LANGUAGE).and_then(|value| value.to_str().ok());
    Language::choose([asked, stored, accepted])
}
