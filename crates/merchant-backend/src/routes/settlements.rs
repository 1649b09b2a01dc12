//! The bank's registers: imported, listed, and what they sum up to.

use axum::Json;
use axum::extract::rejection::QueryRejection;
use axum::extract::{FromRequest, Multipart, Path, Query, Request, State};
use axum::http::{StatusCode, header};
use axum::response::IntoResponse;
use console_api::{Settlement, SettlementDays, SettlementImported, SettlementList, SettlementRows};
use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{Timestamp, ToSpan};
use serde::Deserialize;
use utoipa::IntoParams;

use super::App;
use super::orders::parsed;
use crate::access::Actor;
use crate::error::ApiError;
use crate::settlement::upload::Upload;
use crate::settlement::{Kind, importing, wire};
use crate::store::records::{ImportFilter, ImportId, ImportView, RowFilter};

const PAGE: u32 = 50;
const LARGEST_PAGE: u32 = 200;
/// Without `from`, so many days are summed up.
const DAYS: i32 = 92;
const MOST_DAYS: u32 = 1000;
const LONGEST_NAME: usize = 255;
/// The bank's day.
pub(super) const ZONE: &str = "Europe/Kyiv";

/// The query of all of them; empty values count as absent.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[serde(rename_all = "camelCase", default)]
#[into_params(parameter_in = Query)]
pub(super) struct SettlementQuery {
    /// The file's name
    #[param(required = false)]
    name: String,
    /// The day of rows that tell none: `2026-11-22`
    #[param(required = false, example = "2026-11-22")]
    day: String,
    /// `matched`, `unmatched`, `mismatched` or `malformed`
    #[param(required = false, example = "unmatched")]
    kind: String,
    /// From this day on
    #[param(required = false, example = "2026-11-01")]
    from: String,
    /// To this day
    #[param(required = false)]
    to: String,
    /// `next` of the page before
    #[param(required = false)]
    cursor: String,
    /// How many, 50 unless told, 200 at most
    #[param(required = false, value_type = u32)]
    limit: String,
}

type Asked = Result<Query<SettlementQuery>, QueryRejection>;

/// Import a register
///
/// The bank's register as CSV, or Worldline's WX file about Alipay+ as XML, packed by gzip or not: the file as the body, or as
/// a part of a form. Which it is, is told by its first bytes. The same file changes nothing twice.
#[utoipa::path(
    post,
    path = "/v1/settlements",
    tag = "Settlement",
    params(SettlementQuery),
    request_body(content = String, content_type = "text/csv", description = "The register; or the WX file, as `application/xml` or `application/gzip`"),
    responses(
        (status = 201, description = "Imported", body = SettlementImported),
        (status = 200, description = "The same file was imported before", body = SettlementImported)
    ),
    security(("shopKey" = []), ("console" = [])),
    extensions(("x-problems" = json!(["not_a_register"])))
)]
pub(super) async fn import(
    State(app): State<App>,
    actor: Actor,
    query: Asked,
    request: Request,
) -> Result<impl IntoResponse, ApiError> {
    actor.operate()?;
    let query = read(query)?;
    let day = match parsed::<Date>("day", &query.day)? {
        Some(day) => day,
        None => today(),
    };
    let upload = take(request, &query).await?;
    // Its own task: a caller who is gone once the file is whole does not cut the import off.
    let importing = importing::import(app.store.clone(), app.waiting.clone(), upload, actor.name(), day);
    let imported = tokio::spawn(importing).await.map_err(|_| importing::ImportError::Stopped)??;
    let status = if imported.new { StatusCode::CREATED } else { StatusCode::OK };
    Ok((status, Json(wire::imported(&imported))))
}

/// List registers
///
/// Newest first.
#[utoipa::path(
    get,
    path = "/v1/settlements",
    tag = "Settlement",
    params(SettlementQuery),
    responses((status = 200, description = "A page of registers", body = SettlementList)),
    security(("shopKey" = []), ("console" = [])),
)]
pub(super) async fn list(
    State(app): State<App>,
    actor: Actor,
    query: Asked,
) -> Result<Json<SettlementList>, ApiError> {
    actor.read_all()?;
    let query = read(query)?;
    let before = parsed("cursor", &query.cursor)?.map(ImportId);
    let page = app.store.imports(ImportFilter { before, limit: query.limit()? }).await?;
    Ok(Json(SettlementList {
        settlements: page.imports.into_iter().map(wire::settlement).collect(),
        next: page.next.map(|id| id.0.to_string()),
    }))
}

/// Read a register
///
/// What one import found.
#[utoipa::path(
    get,
    path = "/v1/settlements/{id}",
    tag = "Settlement",
    params(("id" = String, Path, description = "The import's id")),
    responses((status = 200, description = "The register", body = Settlement)),
    security(("shopKey" = []), ("console" = [])),
    extensions(("x-problems" = json!(["not_found"])))
)]
pub(super) async fn one(
    State(app): State<App>,
    Path(id): Path<String>,
    actor: Actor,
) -> Result<Json<Settlement>, ApiError> {
    actor.read_all()?;
    Ok(Json(wire::settlement(find(&app, id).await?)))
}

/// Rows of a register
///
/// In the file's order, by what they were held against.
#[utoipa::path(
    get,
    path = "/v1/settlements/{id}/rows",
    tag = "Settlement",
    params(("id" = String, Path, description = "The import's id"), SettlementQuery),
    responses((status = 200, description = "A page of rows", body = SettlementRows)),
    security(("shopKey" = []), ("console" = [])),
    extensions(("x-problems" = json!(["not_found"])))
)]
pub(super) async fn rows(
    State(app): State<App>,
    Path(id): Path<String>,
    actor: Actor,
    query: Asked,
) -> Result<Json<SettlementRows>, ApiError> {
    actor.read_all()?;
    let query = read(query)?;
    let kind = Some(query.kind.as_str()).filter(|word| !word.is_empty());
    let kind = kind
        .map(|word| {
            Kind::from_word(word).ok_or_else(|| {
                ApiError::invalid("`kind` is one of matched, unmatched, mismatched, malformed.")
            })
        })
        .transpose()?;
    let after = parsed("cursor", &query.cursor)?.unwrap_or(0);
    let limit = query.limit()?;
    let import = find(&app, id).await?.id;
    let page = app.store.import_rows(RowFilter { import, kind, after, limit }).await?;
    Ok(Json(SettlementRows {
        rows: page.rows.into_iter().map(wire::row).collect(),
        next: page.next.map(|number| number.to_string()),
    }))
}

/// Settled days
///
/// Sums by day: what came, what the bank kept, what was paid out.
#[utoipa::path(
    get,
    path = "/v1/settlements/days",
    tag = "Settlement",
    params(SettlementQuery),
    responses((status = 200, description = "The days", body = SettlementDays)),
    security(("shopKey" = []), ("console" = [])),
)]
pub(super) async fn days(
    State(app): State<App>,
    actor: Actor,
    query: Asked,
) -> Result<Json<SettlementDays>, ApiError> {
    actor.read_all()?;
    let query = read(query)?;
    let to = parsed("to", &query.to)?.unwrap_or_else(today);
    let from = match parsed("from", &query.from)? {
        Some(from) => from,
        None => to.checked_sub(DAYS.days()).map_err(|_| ApiError::invalid("`to` is too early."))?,
    };
    let days = app.store.settlement_days(from, to, MOST_DAYS).await?;
    Ok(Json(SettlementDays { days: days.into_iter().map(wire::day).collect() }))
}

impl SettlementQuery {
    fn limit(&self) -> Result<u32, ApiError> {
        Ok(parsed("limit", &self.limit)?.unwrap_or(PAGE).clamp(1, LARGEST_PAGE))
    }
}

fn read(query: Asked) -> Result<SettlementQuery, ApiError> {
    query.map(|Query(query)| query).map_err(|error| ApiError::invalid(error.body_text()))
}

async fn find(app: &App, id: String) -> Result<ImportView, ApiError> {
    app.store.import(id).await?.ok_or_else(|| ApiError::not_found("settlement"))
}

async fn take(request: Request, query: &SettlementQuery) -> Result<Upload, ApiError> {
    let kind = request.headers().get(header::CONTENT_TYPE).and_then(|kind| kind.to_str().ok());
    let is_form = kind.is_some_and(|kind| kind.to_ascii_lowercase().starts_with("multipart/form-data"));
    let named = |name: &str| {
        let name: String = name.chars().filter(|c| !c.is_control()).take(LONGEST_NAME).collect();
        (!name.is_empty()).then_some(name)
    };
    if !is_form {
        return Ok(Upload::take(request.into_body().into_data_stream(), named(&query.name)).await?);
    }
    let broken = |error: axum::extract::multipart::MultipartError| ApiError::invalid(error.body_text());
    let mut form =
        Multipart::from_request(request, &()).await.map_err(|error| ApiError::invalid(error.body_text()))?;
    while let Some(part) = form.next_field().await.map_err(broken)? {
        if part.file_name().is_some() || part.name() == Some("file") {
            let name = part.file_name().and_then(named).or_else(|| named(&query.name));
            return Ok(Upload::take(part, name).await?);
        }
    }
    Err(ApiError::invalid("The form has no file: send it as the part `file`."))
}

/// Rows that tell no day are of the day they come.
fn today() -> Date {
    let zone = TimeZone::get(ZONE).unwrap_or(TimeZone::UTC);
    Timestamp::now().to_zoned(zone).date()
}
