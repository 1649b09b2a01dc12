//! The daily report of transactions, for people with spreadsheets. Written page by page while it is read.

use std::sync::Arc;

use axum::body::{Body, Bytes};
use axum::extract::rejection::QueryRejection;
use axum::extract::{Query, State};
use axum::http::header;
use axum::response::IntoResponse;
use csv::{Writer, WriterBuilder};
use futures_util::stream::try_unfold;
use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use serde::Deserialize;
use utoipa::IntoParams;

use super::App;
use super::orders::parsed;
use super::settlements::ZONE;
use crate::access::Actor;
use crate::error::ApiError;
use crate::provider::OperationKind;
use crate::spreadsheet::{sum, text};
use crate::store::Store;
use crate::store::records::{Transaction, TransactionFilter, TransactionMark};
use crate::store::staff::NewAuditEntry;

/// Rows read, and sent, at once.
const ROWS_AT_ONCE: u32 = 500;

/// The report's columns. Part of the public interface: new ones go to the end.
const HEADING: [&str; 19] = [
    "time",
    "order",
    "orderState",
    "session",
    "product",
    "operation",
    "type",
    "status",
    "amount",
    "currency",
    "settledOn",
    "commission",
    "net",
    "settledCurrency",
    "operationId",
    "rrn",
    "instrument",
    "reason",
    "merchantId",
];

/// The query of the report.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[serde(default)]
#[into_params(parameter_in = Query)]
pub(super) struct ReportQuery {
    /// The day: `2026-11-22`; absent: today
    #[param(required = false, example = "2026-11-22")]
    day: String,
    /// The time zone of the day
    #[param(required = false, example = "Europe/Kyiv")]
    zone: String,
}

/// Report of transactions
///
/// Every operation of one day, oldest first, for spreadsheets.
#[utoipa::path(
    get,
    path = "/v1/reports/transactions.csv",
    tag = "Settlement",
    params(ReportQuery),
    responses((status = 200, description = "The report", body = String, content_type = "text/csv")),
    security(("shopKey" = []), ("console" = [])),
)]
pub(super) async fn transactions(
    State(app): State<App>,
    actor: Actor,
    query: Result<Query<ReportQuery>, QueryRejection>,
) -> Result<impl IntoResponse, ApiError> {
    actor.read_all()?;
    let Query(query) = query.map_err(|error| ApiError::invalid(error.body_text()))?;
    let name = if query.zone.is_empty() { ZONE } else { &query.zone };
    let zone = TimeZone::get(name)
        .map_err(|_| ApiError::invalid(format!("`zone` cannot be `{name}`: name one as in `{ZONE}`.")))?;
    let day: Date =
        parsed("day", &query.day)?.unwrap_or_else(|| Timestamp::now().to_zoned(zone.clone()).date());
    let begins = |day: Date| Ok::<_, jiff::Error>(day.to_zoned(zone.clone())?.timestamp());
    let outside = |_| ApiError::invalid(format!("`day` cannot be `{day}`."));
    let from = begins(day).map_err(outside)?;
    let to = day.tomorrow().and_then(begins).map_err(outside)?;
    let entry = NewAuditEntry { detail: Some(day.to_string()), ..actor.did("report_exported") };
    app.store.write_audit(entry).await?;
    let report = Report { store: app.store.clone(), zone, from, to, at: Place::Heading };
    let file = format!("attachment; filename=\"transactions-{day}.csv\"");
    let headers =
        [(header::CONTENT_TYPE, "text/csv; charset=utf-8".to_owned()), (header::CONTENT_DISPOSITION, file)];
    Ok((headers, Body::from_stream(try_unfold(report, Report::next))))
}

/// A report being written.
struct Report {
    store: Arc<dyn Store>,
    zone: TimeZone,
    from: Timestamp,
    to: Timestamp,
    at: Place,
}

enum Place {
    Heading,
    After(Option<TransactionMark>),
    End,
}

/// Why a report breaks off: its reader sees an unfinished answer, never a short one that looks whole.
type BrokeOff = Box<dyn std::error::Error + Send + Sync>;

impl Report {
    async fn next(mut self) -> Result<Option<(Bytes, Self)>, BrokeOff> {
        let after = match self.at {
            Place::Heading => {
                let mut csv = writer();
                csv.write_record(HEADING)?;
                self.at = Place::After(None);
                return Ok(Some((csv.into_inner()?.into(), self)));
            }
            Place::After(ref after) => after.clone(),
            Place::End => return Ok(None),
        };
        let filter = TransactionFilter { from: self.from, to: self.to, after, limit: ROWS_AT_ONCE };
        let page = self.store.transactions(filter).await.inspect_err(|error| {
            tracing::error!(%error, "a report broke off");
        })?;
        let Some(last) = page.last() else { return Ok(None) };
        let mark = TransactionMark { at: last.at, id: last.operation.id.clone() };
        let full = u32::try_from(page.len()).is_ok_and(|rows| rows >= ROWS_AT_ONCE);
        self.at = if full { Place::After(Some(mark)) } else { Place::End };
        let mut csv = writer();
        for transaction in &page {
            self.write(&mut csv, transaction)?;
        }
        Ok(Some((csv.into_inner()?.into(), self)))
    }

    fn write(&self, csv: &mut Writer<Vec<u8>>, one: &Transaction) -> Result<(), csv::Error> {
        let operation = &one.operation;
        let signed = match operation.kind {
            OperationKind::Refund(_) => operation.amount_minor.saturating_neg(),
            OperationKind::Other(_) if operation.takes_away() => operation.amount_minor.saturating_neg(),
            OperationKind::Capture(_) | OperationKind::Other(_) => operation.amount_minor,
        };
        let or_empty = |value: &Option<String>| value.as_deref().map(text).unwrap_or_default().into_owned();
        let (day, commission, net, currency) = match &one.settled {
            Some((day, commission, net, currency)) => {
                (day.clone(), sum(*commission, currency), sum(*net, currency), text(currency).into_owned())
            }
            None => Default::default(),
        };
        let time = one.at.to_zoned(self.zone.clone()).strftime("%Y-%m-%dT%H:%M:%S%:z").to_string();
        csv.write_record([
            time.as_str(),
            &text(one.order.as_str()),
            one.order_state.word(),
            &text(one.session.as_str()),
            one.product.word(),
            &text(&operation.id),
            &text(operation.kind.word()),
            &text(operation.status.word()),
            &sum(signed, &operation.currency),
            &text(&operation.currency),
            &day,
            &commission,
            &net,
            &currency,
            &or_empty(&operation.operation_id),
            &or_empty(&operation.rrn),
            &or_empty(&operation.instrument),
            &or_empty(&operation.reason),
            &text(&one.merchant_id),
        ])
    }
}

fn writer() -> Writer<Vec<u8>> {
    WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(Vec::new())
}
