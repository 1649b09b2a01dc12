//! One order: put by the shop's server, read whole, checked at the bank.

use std::time::Duration;

use axum::Json;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::IntoResponse;
use checkout_api::{OrderAccepted, OrderChecked, OrderRef, OrderToken, PutOrder, ShopOrder};
use jiff::Timestamp;
use money::Amount;

use super::{App, hash};
use crate::access::Actor;
use crate::country::Country;
use crate::error::ApiError;
use crate::http::JsonBody;
use crate::orders;
use crate::payments::asking::Unanswered;
use crate::payments::product::Product;
use crate::payments::return_url;
use crate::payments::schedule::after;
use crate::payments::state::State as PaymentState;
use crate::random::random_text;
use crate::sessions::rfc3339;
use crate::store::records::{OrderPut, OrderView, PutOrderRecord};

const TOKEN_LIFETIME: Duration = Duration::from_hours(24);
/// Databases find what is no longer than this by an index.
pub(super) const LONGEST_REF: usize = 128;
const LONGEST_TEXT: usize = 255;
/// The bank takes 1000; the session is still to be added.
const LONGEST_RETURN_URL: usize = 900;
const MOST_LINES: usize = 500;

/// Put an order
///
/// Stores or renews what is sold and its sum, and gives a token: the right to pay this one order for 24 hours. The sum
/// that is paid is this `amount` and nothing else.
#[utoipa::path(
    put,
    path = "/v1/orders/{order}",
    tag = "Orders",
    params(("order" = String, Path, description = "The shop's own order number", example = "A-1001")),
    request_body = PutOrder,
    responses(
        (status = 201, description = "The order is new", body = OrderAccepted),
        (status = 200, description = "The order was there and is renewed", body = OrderAccepted)
    ),
    security(("shopKey" = [])),
    extensions(("x-problems" = json!(["order_locked", "return_url_refused", "product_not_offered"])))
)]
pub(super) async fn put(
    State(app): State<App>,
    Path(order): Path<String>,
    actor: Actor,
    JsonBody(body): JsonBody<PutOrder>,
) -> Result<impl IntoResponse, ApiError> {
    actor.is_shop()?;
    let token = OrderToken::new(random_text()?);
    let record = record(&app, order, body, &token)?;
    let expires_at = record.token_expires_at;
    let order = record.order.clone();
    // A changed sum must not meet an opening that is under way with the old one.
    let _turn = match app.store.order_sum(order.as_str().to_owned()).await? {
        Some((id, sum)) if sum != record.amount => {
            Some(app.opening.turn(id).await.ok_or_else(ApiError::order_locked)?)
        }
        Some(_) | None => None,
    };
    let (status, state) = match app.store.put_order(record).await? {
        OrderPut::Created => {
            app.waiting.wake_followers();
            (StatusCode::CREATED, PaymentState::Created)
        }
        OrderPut::Renewed(state) => (StatusCode::OK, state),
        OrderPut::Locked => return Err(ApiError::order_locked()),
    };
    let accepted = OrderAccepted {
        order,
        state: state.into(),
        order_token: token,
        order_token_expires_at: rfc3339(expires_at),
    };
    Ok((status, Json(accepted)))
}

/// Read a whole order
///
/// Lines, attempts, the bank's operations, refunds and the history. Ship when `state` is `CAPTURED` or `PAID` and
/// `anomalies` is empty.
#[utoipa::path(
    get,
    path = "/v1/orders/{order}",
    tag = "Orders",
    params(("order" = String, Path, description = "The shop's own order number", example = "A-1001")),
    responses((status = 200, description = "The order", body = ShopOrder)),
    security(("shopKey" = []), ("console" = [])),
    extensions(("x-problems" = json!(["not_found"])))
)]
pub(super) async fn whole(
    State(app): State<App>,
    Path(order): Path<String>,
    actor: Actor,
) -> Result<Json<ShopOrder>, ApiError> {
    actor.read(&order)?;
    Ok(Json(orders::whole(find(&app, order).await?, &*app.provider)))
}

/// Ask the bank now
///
/// Asks the bank about every attempt it may know, stores what it says and repairs the order's state.
#[utoipa::path(
    post,
    path = "/v1/orders/{order}/check",
    tag = "Orders",
    params(("order" = String, Path, description = "The shop's own order number", example = "A-1001")),
    responses((status = 200, description = "What the bank says, stored", body = OrderChecked)),
    security(("shopKey" = []), ("console" = [])),
    extensions(("x-problems" = json!(["not_found", "bank_unavailable"])))
)]
pub(super) async fn check(
    State(app): State<App>,
    Path(order): Path<String>,
    actor: Actor,
) -> Result<Json<OrderChecked>, ApiError> {
    actor.check(&order)?;
    let known = find(&app, order.clone()).await?;
    app.store.write_audit(actor.did_with(&order, "order_checked")).await?;
    let mut changed = false;
    let mut silent = None;
    // Who moves the money of one attempt may be down while another's provider answers.
    for question in app.store.askable(known.id).await? {
        match app.asking.ask(question).await {
            Ok(recorded) => changed |= recorded.changed,
            Err(unanswered) => silent = Some(unanswered),
        }
    }
    if let Some(unanswered) = silent {
        return Err(match unanswered {
            Unanswered::Bank => ApiError::bank_silent(),
            Unanswered::Ledger => ApiError::unavailable(),
        });
    }
    let order = orders::whole(find(&app, order).await?, &*app.provider);
    Ok(Json(OrderChecked { order, changed, source: "bank".to_owned() }))
}

pub(super) fn parsed<T: std::str::FromStr>(name: &str, text: &str) -> Result<Option<T>, ApiError> {
    if text.is_empty() { Ok(None) } else { text.parse().map(Some).map_err(|_| unreadable(name, text)) }
}

pub(super) fn unreadable(name: &str, text: &str) -> ApiError {
    ApiError::invalid(format!("`{name}` cannot be `{text}`."))
}

async fn find(app: &App, order: String) -> Result<OrderView, ApiError> {
    app.store.order(order).await?.ok_or_else(|| ApiError::not_found("order"))
}

fn record(app: &App, order: String, body: PutOrder, token: &OrderToken) -> Result<PutOrderRecord, ApiError> {
    if order.chars().count() > LONGEST_REF || !is_a_name(&order) {
        return Err(ApiError::invalid(format!(
            "The order number has at most {LONGEST_REF} printable characters, letters or digits among them."
        )));
    }
    if order == super::orders_list::CHANGES {
        return Err(ApiError::invalid("This order number is the name of an address: take another."));
    }
    if body.amount.is_zero() {
        return Err(ApiError::invalid("`amount.minor` must be above zero: there is nothing to pay."));
    }
    if body.shipping_minor < 0 || body.lines.iter().any(|line| line.unit_minor < 0 || line.quantity == 0) {
        return Err(ApiError::invalid("Lines need a quantity; no price may be below zero."));
    }
    if body.lines.len() > MOST_LINES {
        return Err(ApiError::invalid(format!("An order has at most {MOST_LINES} lines.")));
    }
    if body.lines.iter().any(|line| line.id.chars().count() > LONGEST_REF) {
        return Err(ApiError::invalid(format!("A line's `id` has at most {LONGEST_REF} characters.")));
    }
    let mut ids: Vec<&str> = body.lines.iter().map(|line| line.id.as_str()).collect();
    ids.sort_unstable();
    if ids.windows(2).any(|pair| pair[0] == pair[1]) {
        return Err(ApiError::invalid("Two lines have the same `id`."));
    }
    let texts =
        [("description", &body.description), ("customerId", &body.customer_id), ("locale", &body.locale)];
    for (name, text) in texts {
        if text.as_ref().is_some_and(|text| {
            text.chars().count() > LONGEST_TEXT || text.chars().any(|c| hides(c) && !c.is_whitespace())
        }) {
            return Err(ApiError::invalid(format!(
                "`{name}` has at most {LONGEST_TEXT} visible characters."
            )));
        }
    }
    let return_url = match body.return_url {
        Some(text) => {
            let url = return_url::check(&text, &app.shop.return_hosts);
            let url = url.map_err(|error| ApiError::return_url(error.to_string()))?.to_string();
            // Measured as it goes to the bank: there a Ukrainian letter takes six characters.
            if url.len() > LONGEST_RETURN_URL {
                return Err(ApiError::return_url(format!(
                    "returnUrl has at most {LONGEST_RETURN_URL} characters, percent-encoded"
                )));
            }
            Some(url)
        }
        None => None,
    };
    let buyer_country = match body.buyer_country.as_deref() {
        None | Some("") => None,
        Some(text) => {
            let country = text.parse::<Country>();
            Some(country.map_err(|error| ApiError::invalid(format!("`buyerCountry`: {error}.")))?)
        }
    };
    let now = Timestamp::now();
    Ok(PutOrderRecord {
        order: OrderRef::new(order),
        amount: body.amount,
        // One line: the bank and statements take no other.
        description: body.description.map(|text| text.split_whitespace().collect::<Vec<_>>().join(" ")),
        lines: body.lines,
        shipping_minor: body.shipping_minor,
        customer_id: body.customer_id.filter(|id| !id.is_empty()),
        buyer_country,
        return_url,
        locale: body.locale.filter(|locale| !locale.is_empty()),
        products: products(app, body.amount, buyer_country, body.products)?,
        token_hash: hash(token.reveal()),
        token_expires_at: after(now, TOKEN_LIFETIME),
        now,
    })
}

/// Whether people can read it out: something to read, and nothing that hides or turns the text around.
fn is_a_name(text: &str) -> bool {
    text.chars().any(char::is_alphanumeric) && !text.chars().any(hides)
}

/// Characters without a picture of their own: controls, zero-width ones and those that change the writing direction.
fn hides(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{ad}' | '\u{61c}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}')
}

/// The products the shop names that this backend has terminals for; all of those when it names none. What takes no such
/// sum is not named: whether that changes is looked at again when the page asks.
fn products(
    app: &App,
    amount: Amount,
    country: Option<Country>,
    named: Option<Vec<checkout_api::Product>>,
) -> Result<Vec<Product>, ApiError> {
    let mut offered = app.provider.products();
    let Some(named) = named else { return Ok(offered) };
    offered.retain(|product| app.provider.takes(*product, amount, country));
    let mut products = Vec::new();
    for product in named.iter().filter_map(|product| Product::from_word(product.as_str())) {
        if offered.contains(&product) && !products.contains(&product) {
            products.push(product);
        }
    }
    if products.is_empty() {
        return Err(ApiError::product(
            "This backend has no terminal for any of `products` that takes this sum in this currency from this country.",
        ));
    }
    Ok(products)
}
