//! The list of orders: filtered, sorted, page by page; what changed of it; and the messages behind a history.

use std::time::Duration;

use axum::Json;
use axum::extract::{Path, RawQuery, State};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use checkout_api::OrderList;
use console_api::{OrderChanges, RawMessage};
use jiff::Timestamp;
use tokio::time::{Instant, timeout_at};
use utoipa::IntoParams;

use super::App;
use super::orders::{parsed, unreadable};
use crate::access::Actor;
use crate::error::ApiError;
use crate::masking::masked;
use crate::orders;
use crate::payments::attempt::Anomaly;
use crate::payments::state::State as PaymentState;
use crate::search_words;
use crate::store::orders_list::{ChangeMark, Changes, OrderQuery, Place, Sort, WithAnomaly};

/// The last part of an address where order numbers stand otherwise.
pub(super) const CHANGES: &str = "changes";
const PAGE: u32 = 50;
const LARGEST_PAGE: u32 = 200;
const MOST_CHANGES: u32 = 200;
const LONGEST_WAIT: u64 = 25;
/// Another instance's changes are seen by looking again.
const LOOK_AGAIN: Duration = Duration::from_secs(1);

/// The query of the list. Read by hand: `state` and `order` may come more than once, empty values count as absent.
#[derive(Debug, IntoParams)]
#[into_params(parameter_in = Query, rename_all = "camelCase")]
#[expect(dead_code, reason = "only describes the query")]
pub(super) struct ListQuery {
    /// States; may come more than once, or separated by commas
    #[param(required = false, example = "CAPTURED,PAID")]
    state: String,
    /// Put at or after: RFC 3339
    #[param(required = false, example = "2026-11-01T00:00:00Z")]
    from: String,
    /// Put before: RFC 3339
    #[param(required = false)]
    to: String,
    /// Sums in this currency only; without it `minAmount` and `maxAmount` compare numbers of any currency
    #[param(required = false, example = "UAH")]
    currency: String,
    /// At least so many minor units
    #[param(required = false)]
    min_amount: i64,
    /// At most so many minor units
    #[param(required = false)]
    max_amount: i64,
    /// The order number begins with it
    #[param(required = false, example = "A-10")]
    number: String,
    /// Each of its words begins a word of the order: number, description, lines, customer, the bank's ids, rrn
    #[param(required = false)]
    text: String,
    /// `any`, or one anomaly
    #[param(required = false, example = "any")]
    anomaly: String,
    /// These order numbers only; may come 200 times
    #[param(required = false, example = "A-1001")]
    order: String,
    /// `created` (unless told otherwise), `amount`, `state` or `number`
    #[param(required = false, example = "created")]
    sort: String,
    /// `desc` (unless told otherwise) or `asc`
    #[param(required = false, example = "desc")]
    dir: String,
    /// `next` of the page before, with the same sort and direction
    #[param(required = false)]
    cursor: String,
    /// How many, 50 unless told, 200 at most
    #[param(required = false)]
    limit: u32,
}

/// The query of the changes.
#[derive(Debug, IntoParams)]
#[into_params(parameter_in = Query)]
#[expect(dead_code, reason = "only describes the query")]
pub(super) struct ChangesQuery {
    /// `cursor` of the answer before; without it the answer is the place of now
    #[param(required = false)]
    after: String,
    /// Seconds to wait for a change, 25 at most
    #[param(required = false)]
    wait: u64,
}

/// List orders
///
/// Filtered and sorted, a page at a time. A new order moves nothing between two pages.
#[utoipa::path(
    get,
    path = "/v1/orders",
    tag = "Orders",
    params(ListQuery),
    responses((status = 200, description = "A page of orders", body = OrderList)),
    security(("shopKey" = []), ("console" = [])),
)]
pub(super) async fn list(
    State(app): State<App>,
    actor: Actor,
    RawQuery(query): RawQuery,
) -> Result<Json<OrderList>, ApiError> {
    let filter = filter(query.as_deref())?;
    // A token of one order reads that row, as its details.
    match filter.orders.as_slice() {
        [order] => actor.read(order)?,
        _ => actor.read_all()?,
    }
    let page = app.store.orders(filter).await?;
    Ok(Json(OrderList {
        orders: page.orders.into_iter().map(orders::summary).collect(),
        next: page.next.as_ref().map(cursor),
    }))
}

/// Follow the list of orders
///
/// What changed since, at once or as soon as something does, each order as it stands now. Something may be told twice;
/// nothing is left out.
#[utoipa::path(
    get,
    path = "/v1/orders/changes",
    tag = "Orders",
    params(ChangesQuery),
    responses((status = 200, description = "What changed, and the place of now", body = OrderChanges)),
    security(("shopKey" = []), ("console" = [])),
)]
pub(super) async fn changes(
    State(app): State<App>,
    actor: Actor,
    RawQuery(query): RawQuery,
) -> Result<Json<OrderChanges>, ApiError> {
    actor.read_all()?;
    let (mut after, mut wait) = (String::new(), 0_u64);
    for (name, value) in pairs(query.as_deref()) {
        match name.as_str() {
            "after" => after = value,
            "wait" => wait = parsed("wait", &value)?.unwrap_or(0),
            _ => {}
        }
    }
    let after =
        if after.is_empty() { None } else { Some(mark(&after).ok_or_else(|| unreadable("after", &after))?) };
    let (mut stop, mut news) = (app.stop.clone(), app.waiting.follow_all());
    let deadline = Instant::now() + Duration::from_secs(wait.min(LONGEST_WAIT));
    loop {
        let changes = app.store.order_changes(after, MOST_CHANGES).await?;
        let over = Instant::now() >= deadline || *stop.borrow();
        if over || after.is_none() || !changes.orders.is_empty() {
            return Ok(Json(told(changes)));
        }
        let woken = async {
            tokio::select! {
                _ = news.changed() => {}
                _ = stop.changed() => {}
            }
        };
        // Woken or not: the ledger says whether something changed.
        let _ = timeout_at(deadline.min(Instant::now() + LOOK_AGAIN), woken).await;
    }
}

/// Read the message behind an event
///
/// As the bank sent it, personal data and secrets masked.
#[utoipa::path(
    get,
    path = "/v1/orders/{order}/events/{id}/raw",
    tag = "Orders",
    params(
        ("order" = String, Path, description = "The shop's own order number", example = "A-1001"),
        ("id" = String, Path, description = "`id` of an event that `hasRaw`", example = "2")
    ),
    responses((status = 200, description = "The message", body = RawMessage)),
    security(("shopKey" = []), ("console" = [])),
    extensions(("x-problems" = json!(["not_found"])))
)]
pub(super) async fn raw_message(
    State(app): State<App>,
    Path((order, id)): Path<(String, String)>,
    actor: Actor,
) -> Result<Json<RawMessage>, ApiError> {
    actor.read(&order)?;
    let found = match id.parse() {
        Ok(event) => app.store.event_message(order.clone(), event).await?,
        Err(_) => None,
    };
    let raw = found.ok_or_else(|| ApiError::not_found("message"))?;
    app.store.write_audit(actor.did_with(&order, "message_read")).await?;
    Ok(Json(RawMessage { id, raw: masked(&raw) }))
}

/// Reads the query of the list.
pub(super) fn filter(query: Option<&str>) -> Result<OrderQuery, ApiError> {
    let mut filter = OrderQuery { descending: true, limit: PAGE, ..OrderQuery::default() };
    let mut after = None;
    for (name, value) in pairs(query).filter(|(_, value)| !value.is_empty()) {
        match name.as_str() {
            "state" => {
                for word in value.split(',').filter(|word| !word.is_empty()) {
                    let state = PaymentState::from_word(word).ok_or_else(|| unreadable("state", word))?;
                    if !filter.states.contains(&state) {
                        filter.states.push(state);
                    }
                }
            }
            "order" => filter.orders.push(value),
            "from" => filter.from = parsed::<Timestamp>("from", &value)?,
            "to" => filter.to = parsed::<Timestamp>("to", &value)?,
            "currency" => filter.currency = parsed("currency", &value)?,
            "minAmount" => filter.min_amount = parsed("minAmount", &value)?,
            "maxAmount" => filter.max_amount = parsed("maxAmount", &value)?,
            "number" => filter.number = Some(value),
            "text" => {
                filter.words = search_words::typed(&value);
                if filter.words.is_empty() {
                    return Err(ApiError::invalid("`text` needs a letter or a digit."));
                }
            }
            "anomaly" => filter.anomaly = Some(anomaly(&value).ok_or_else(|| unreadable("anomaly", &value))?),
            "sort" => filter.sort = sort(&value).ok_or_else(|| unreadable("sort", &value))?,
            "dir" => {
                filter.descending = match value.as_str() {
                    "asc" => false,
                    "desc" => true,
                    _ => return Err(unreadable("dir", &value)),
                }
            }
            "cursor" => after = Some(value),
            "limit" => filter.limit = parsed("limit", &value)?.unwrap_or(PAGE).clamp(1, LARGEST_PAGE),
            _ => {}
        }
    }
    if filter.orders.len() > usize::try_from(LARGEST_PAGE).unwrap_or(usize::MAX) {
        return Err(ApiError::invalid(format!("`order` may come {LARGEST_PAGE} times.")));
    }
    filter.after =
        after.map(|text| place(&text, filter.sort).ok_or_else(|| unreadable("cursor", &text))).transpose()?;
    Ok(filter)
}

fn pairs(query: Option<&str>) -> impl Iterator<Item = (String, String)> + '_ {
    url::form_urlencoded::parse(query.unwrap_or_default().as_bytes()).into_owned()
}

fn sort(word: &str) -> Option<Sort> {
    match word {
        "created" => Some(Sort::Created),
        "amount" => Some(Sort::Amount),
        "state" => Some(Sort::State),
        "number" => Some(Sort::Number),
        _ => None,
    }
}

fn anomaly(word: &str) -> Option<WithAnomaly> {
    if word == "any" { Some(WithAnomaly::Any) } else { Anomaly::from_word(word).map(WithAnomaly::Kind) }
}

/// A place as text that callers hand back and do not read.
fn cursor(place: &Place) -> String {
    let text = match place {
        Place::Created(at, id) => format!("c {at} {id}"),
        Place::Amount(minor, id) => format!("a {minor} {id}"),
        Place::State(state, at, id) => format!("s {at} {id} {state}"),
        Place::Number(number) => format!("n {number}"),
    };
    URL_SAFE_NO_PAD.encode(text)
}

/// The place of a cursor, if it is one of a list sorted so.
fn place(cursor: &str, sort: Sort) -> Option<Place> {
    let text = String::from_utf8(URL_SAFE_NO_PAD.decode(cursor).ok()?).ok()?;
    let (kind, rest) = text.split_once(' ')?;
    let two = |rest: &str| {
        let (first, second) = rest.split_once(' ')?;
        Some((first.parse().ok()?, second.parse().ok()?))
    };
    match (sort, kind) {
        (Sort::Created, "c") => two(rest).map(|(at, id)| Place::Created(at, id)),
        (Sort::Amount, "a") => two(rest).map(|(minor, id)| Place::Amount(minor, id)),
        (Sort::State, "s") => {
            let (numbers, state) = rest.rsplit_once(' ')?;
            two(numbers).map(|(at, id)| Place::State(state.to_owned(), at, id))
        }
        (Sort::Number, "n") => Some(Place::Number(rest.to_owned())),
        (Sort::Created | Sort::Amount | Sort::State | Sort::Number, _) => None,
    }
}

fn told(changes: Changes) -> OrderChanges {
    OrderChanges {
        cursor: format!("{}.{}", changes.mark.change, changes.mark.order),
        orders: changes.orders.into_iter().map(orders::summary).collect(),
    }
}

fn mark(cursor: &str) -> Option<ChangeMark> {
    let (change, order) = cursor.split_once('.')?;
    Some(ChangeMark { change: change.parse().ok()?, order: order.parse().ok()? })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cursor_is_a_place_of_its_own_sort_only() {
        for (place_there, sort) in [
            (Place::Created(5, 7), Sort::Created),
            (Place::Amount(-1, 7), Sort::Amount),
            (Place::State("PAID".to_owned(), 5, 7), Sort::State),
            (Place::Number("A 1".to_owned()), Sort::Number),
        ] {
            let text = cursor(&place_there);
            assert_eq!(place(&text, sort), Some(place_there));
            for other in [Sort::Created, Sort::Amount, Sort::State, Sort::Number] {
                assert!(other == sort || place(&text, other).is_none(), "{text}");
            }
        }
        for wrong in ["", "x", "Yw", "YyAx"] {
            assert_eq!(place(wrong, Sort::Created), None, "{wrong}");
        }
    }
}
