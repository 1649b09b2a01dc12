//! `GET /v1/orders.csv`: the list as a file for spreadsheets, written page by page while it is read.

use std::sync::Arc;

use axum::body::{Body, Bytes};
use axum::extract::{RawQuery, State};
use axum::http::header;
use axum::response::IntoResponse;
use csv::{Terminator, Writer, WriterBuilder};
use futures_util::stream::try_unfold;

use super::App;
use super::orders_list::{ListQuery, filter};
use crate::access::Actor;
use crate::error::ApiError;
use crate::sessions::rfc3339;
use crate::spreadsheet::{sum, text};
use crate::store::Store;
use crate::store::orders_list::OrderQuery;
use crate::store::records::SummaryView;

/// Rows read, and sent, at once.
const ROWS_AT_ONCE: u32 = 500;

/// The columns. Part of the public interface: new ones go to the end.
const HEADING: [&str; 11] = [
    "order",
    "createdAt",
    "updatedAt",
    "state",
    "reason",
    "amount",
    "currency",
    "refunded",
    "product",
    "anomalies",
    "description",
];

/// Orders as a file
///
/// The filters and sorts of the list, all of its pages, for spreadsheets.
#[utoipa::path(
    get,
    path = "/v1/orders.csv",
    tag = "Orders",
    params(ListQuery),
    responses((status = 200, description = "The orders", body = String, content_type = "text/csv")),
    security(("shopKey" = []), ("console" = [])),
)]
pub(super) async fn export(
    State(app): State<App>,
    actor: Actor,
    RawQuery(query): RawQuery,
) -> Result<impl IntoResponse, ApiError> {
    actor.read_all()?;
    let query = OrderQuery { limit: ROWS_AT_ONCE, ..filter(query.as_deref())? };
    app.store.write_audit(actor.did("orders_exported")).await?;
    let export = Export { store: app.store.clone(), next: Next::Heading(query) };
    let headers = [
        (header::CONTENT_TYPE, "text/csv; charset=utf-8"),
        (header::CONTENT_DISPOSITION, "attachment; filename=\"orders.csv\""),
    ];
    Ok((headers, Body::from_stream(try_unfold(export, Export::next))))
}

/// A file being written.
struct Export {
    store: Arc<dyn Store>,
    next: Next,
}

enum Next {
    Heading(OrderQuery),
    Page(OrderQuery),
    End,
}

/// Why a file breaks off: its reader sees an unfinished answer, never a short one that looks whole.
type BrokeOff = Box<dyn std::error::Error + Send + Sync>;

impl Export {
    async fn next(self) -> Result<Option<(Bytes, Self)>, BrokeOff> {
        let mut csv = WriterBuilder::new().terminator(Terminator::CRLF).from_writer(Vec::new());
        let next = match self.next {
            Next::Heading(query) => {
                csv.write_record(HEADING)?;
                Next::Page(query)
            }
            Next::Page(query) => {
                let page = self.store.orders(query.clone()).await.inspect_err(|error| {
                    tracing::error!(%error, "an export broke off");
                })?;
                for order in &page.orders {
                    write(&mut csv, order)?;
                }
                match page.next {
                    Some(place) => Next::Page(OrderQuery { after: Some(place), ..query }),
                    None => Next::End,
                }
            }
            Next::End => return Ok(None),
        };
        Ok(Some((csv.into_inner()?.into(), Self { next, ..self })))
    }
}

fn write(csv: &mut Writer<Vec<u8>>, order: &SummaryView) -> Result<(), csv::Error> {
    let or_empty = |value: &Option<String>| value.as_deref().map(text).unwrap_or_default().into_owned();
    let currency = order.amount.currency().code();
    let anomalies: Vec<&str> = order.anomalies.iter().map(|anomaly| anomaly.word()).collect();
    csv.write_record([
        text(order.order.as_str()).as_ref(),
        &rfc3339(order.created_at),
        &rfc3339(order.updated_at),
        order.state.word(),
        &or_empty(&order.reason),
        &sum(order.amount.minor(), currency),
        currency,
        &sum(order.refunded.minor(), currency),
        order.product.map_or("", |product| product.word()),
        &anomalies.join(" "),
        &or_empty(&order.description),
    ])
}
