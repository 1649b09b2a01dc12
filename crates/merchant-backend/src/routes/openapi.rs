//! The OpenAPI document, generated from the routes: what all of them share is added here, so that a route only says
//! what is its own.

use std::collections::BTreeMap;

use axum::Extension;
use axum::http::header;
use axum::response::IntoResponse;
use checkout_api::Problem;
use utoipa::openapi::path::Operation;
use utoipa::openapi::security::{ApiKey, ApiKeyValue, HttpAuthScheme, HttpBuilder, SecurityScheme};
use utoipa::openapi::{
    ComponentsBuilder, ContentBuilder, InfoBuilder, OpenApi, OpenApiBuilder, Ref, ResponseBuilder,
    header::HeaderBuilder,
};
use utoipa::{PartialSchema, ToSchema};

use crate::error::catalogue::{Kind, kind};

/// Which problems a route answers with, beside those that follow from what it takes.
const PROBLEMS: &str = "x-problems";
const PAGES: &str = "Pages without scripts";

/// The document as text, made once.
#[derive(Debug, Clone)]
pub(super) struct Document(pub(super) std::sync::Arc<str>);

/// This document
///
/// The OpenAPI description of every route, generated from the code that answers.
#[utoipa::path(
    get,
    path = "/v1/openapi.json",
    tag = "Operating",
    responses((status = 200, description = "OpenAPI 3.1", body = Value, content_type = "application/json"))
)]
pub(super) async fn document(Extension(Document(text)): Extension<Document>) -> impl IntoResponse {
    ([(header::CONTENT_TYPE, "application/json")], text.to_string())
}

/// Adds to the routes' own descriptions what they share.
pub(super) fn finish(parts: impl IntoIterator<Item = OpenApi>) -> OpenApi {
    let bearer = |text: &str| {
        SecurityScheme::Http(
            HttpBuilder::new().scheme(HttpAuthScheme::Bearer).description(Some(text)).build(),
        )
    };
    let info = InfoBuilder::new()
        .title("AlliancePay merchant backend")
        .version(env!("CARGO_PKG_VERSION"))
        .description(Some(
            "Orders, payment sessions, refunds and webhooks of one merchant. Money is an integer number of minor units \
             with a currency; times are RFC 3339 in UTC; ids are opaque.",
        ));
    let components = ComponentsBuilder::new()
        .schema(Problem::name(), Problem::schema())
        .security_scheme("shopKey", bearer("The shop's key; a secret of its server."))
        .security_scheme("console", SecurityScheme::ApiKey(ApiKey::Cookie(ApiKeyValue::with_description(
            "__Host-alliancepay_console",
            "Staff who are signed in; what changes something also needs `X-CSRF-Token`. Or a console token as a bearer.",
        ))))
        .security_scheme("orderToken", bearer("The right to pay one order, for 24 hours."));
    let mut document = OpenApiBuilder::new().info(info.build()).components(Some(components.build())).build();
    for part in parts {
        document.merge(part);
    }
    for (path, item) in &mut document.paths.paths {
        let operations = [&mut item.get, &mut item.put, &mut item.post, &mut item.delete, &mut item.patch];
        for operation in operations.into_iter().flatten() {
            complete(path, operation);
        }
    }
    document
}

fn complete(path: &str, operation: &mut Operation) {
    // Named by what it does: the documents' pages and generated clients have these names.
    let name = operation.summary.as_deref().unwrap_or_default().trim_end_matches('.').to_lowercase();
    operation.operation_id = Some(name.replace(['\'', ','], "").replace(' ', "-"));
    let is_page = operation.tags.iter().flatten().any(|tag| tag == PAGES);
    let mut by_status: BTreeMap<u16, Vec<&Kind>> = BTreeMap::new();
    for code in codes(path, operation) {
        let kind = kind(&code).unwrap_or_else(|| panic!("{path}: `{code}` is not in error/catalogue.rs"));
        let kinds = by_status.entry(kind.status).or_default();
        if !kinds.iter().any(|known| known.code == kind.code) {
            kinds.push(kind);
        }
    }
    for (status, kinds) in by_status {
        let words: Vec<String> =
            kinds.iter().map(|kind| format!("`{}`: {}", kind.code, kind.meaning)).collect();
        let mut response = ResponseBuilder::new().description(words.join("\n"));
        response = if is_page {
            response.content("text/html", ContentBuilder::new().schema(Some(String::schema())).build())
        } else {
            let schema = Ref::from_schema_name(Problem::name());
            response.content("application/problem+json", ContentBuilder::new().schema(Some(schema)).build())
        };
        if matches!(status, 409 | 429 | 503) {
            let seconds =
                HeaderBuilder::new().schema(u32::schema()).description(Some("Seconds to wait")).build();
            response = response.header("Retry-After", seconds);
        }
        operation.responses.responses.insert(status.to_string(), response.build().into());
    }
    if let Some(body) = &mut operation.request_body {
        body.content.values_mut().for_each(show_example);
    }
    for response in operation.responses.responses.values_mut() {
        if let utoipa::openapi::RefOr::T(response) = response {
            response.content.values_mut().for_each(show_example);
        }
    }
}

/// Those the route names, and those that follow from what it takes.
fn codes(path: &str, operation: &Operation) -> Vec<String> {
    let mut codes: Vec<String> = operation
        .extensions
        .iter()
        .filter_map(|extensions| extensions.get(PROBLEMS)?.as_array().cloned())
        .flatten()
        .filter_map(|code| code.as_str().map(str::to_owned))
        .collect();
    let security = serde_json::to_value(&operation.security).unwrap_or_default().to_string();
    let mut also = |wanted: bool, more: &[&str]| {
        if wanted {
            codes.extend(more.iter().map(|code| (*code).to_owned()));
        }
    };
    also(security.contains("shopKey"), &["shop_key_invalid", "rate_limited"]);
    also(security.contains("orderToken"), &["order_token_invalid", "rate_limited"]);
    let by_console = security.contains("console");
    also(by_console, &["not_signed_in", "role_too_low", "scope", "csrf", "shop_key_invalid", "rate_limited"]);
    also(operation.request_body.is_some(), &["invalid_request", "too_large", "request_timeout"]);
    let takes = operation.parameters.as_ref().is_some_and(|parameters| !parameters.is_empty());
    also(takes, &["invalid_request"]);
    also(path.starts_with("/v1/") && path != "/v1/openapi.json", &["unavailable"]);
    codes
}

/// The golden file of the type, where there is one.
fn show_example(content: &mut utoipa::openapi::Content) {
    let schema = serde_json::to_value(&content.schema).unwrap_or_default();
    let name = schema["$ref"].as_str().and_then(|reference| reference.rsplit('/').next());
    let json = name.and_then(checkout_api::example);
    content.example = json.and_then(|json| serde_json::from_str(json).ok());
}
