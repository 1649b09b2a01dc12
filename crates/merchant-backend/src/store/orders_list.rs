//! The list of orders, its live changes, the messages behind a history, and a day in numbers: what staff read.

use async_trait::async_trait;
use jiff::Timestamp;
use money::{Amount, Currency};

use super::StoreError;
use super::records::SummaryView;
use crate::payments::attempt::Anomaly;
use crate::payments::state::State;

/// What the list is sorted by. Every order has its own place: what is equal is sorted by time and id.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Sort {
    /// When the shop first put it.
    #[default]
    Created,
    /// The sum, whatever its currency.
    Amount,
    /// The state's word.
    State,
    /// The order number, letter by letter.
    Number,
}

/// Which orders have an anomaly.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum WithAnomaly {
    /// Any.
    Any,
    /// This one.
    Kind(Anomaly),
}

/// Which orders to list, and how.
#[derive(Debug, Clone, Default)]
pub struct OrderQuery {
    /// Only these states; empty: all.
    pub states: Vec<State>,
    /// Put at or after.
    pub from: Option<Timestamp>,
    /// Put before.
    pub to: Option<Timestamp>,
    /// Only sums in this currency.
    pub currency: Option<Currency>,
    /// At least this sum, in minor units.
    pub min_amount: Option<i64>,
    /// At most this sum, in minor units.
    pub max_amount: Option<i64>,
    /// The order number begins with it.
    pub number: Option<String>,
    /// Each begins a word of the order: see `search_words`.
    pub words: Vec<String>,
    /// Only with an anomaly.
    pub anomaly: Option<WithAnomaly>,
    /// Only these order numbers; empty: all.
    pub orders: Vec<String>,
    /// By what.
    pub sort: Sort,
    /// The largest first.
    pub descending: bool,
    /// Only what follows this place.
    pub after: Option<Place>,
    /// How many.
    pub limit: u32,
}

/// A place in a sorted list. New orders and changes elsewhere do not move it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Place {
    /// In the list by time.
    Created(i64, i64),
    /// In the list by sum.
    Amount(i64, i64),
    /// In the list by state.
    State(String, i64, i64),
    /// In the list by number.
    Number(String),
}

/// A page of the list.
#[derive(Debug, Clone)]
pub struct OrderPage {
    /// In the order asked for.
    pub orders: Vec<SummaryView>,
    /// The place of the last one, where more follow.
    pub next: Option<Place>,
}

/// A place among all changes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ChangeMark {
    /// The change.
    pub change: i64,
    /// The order.
    pub order: i64,
}

/// What changed.
#[derive(Debug, Clone)]
pub struct Changes {
    /// As they stand now; the latest change last.
    pub orders: Vec<SummaryView>,
    /// Up to here.
    pub mark: ChangeMark,
}

/// A day in numbers.
#[derive(Debug, Clone, Default)]
pub struct DayNumbers {
    /// Captures by hour of the day (from 0) and currency: how many, how much.
    pub captured: Vec<(i64, Amount, u64)>,
    /// What went back, by currency.
    pub refunded: Vec<Amount>,
    /// Attempts begun that day, by state and reason.
    pub attempts: Vec<(State, Option<String>, u64)>,
    /// Orders whose payment is under way now.
    pub waiting: u64,
    /// The one that has waited longest: its number, state and since when.
    pub oldest_unresolved: Option<(String, State, Timestamp)>,
    /// Orders with an anomaly now, by kind.
    pub anomalies: Vec<(Anomaly, u64)>,
    /// How long after the bank's operation its notification came, in milliseconds, the shortest first.
    pub notification_delays: Vec<i64>,
}

/// What staff read of all orders.
#[async_trait]
pub trait OrdersListStore {
    /// A page of orders.
    async fn orders(&self, query: OrderQuery) -> Result<OrderPage, StoreError>;

    /// What changed after a place; without one only the place of now.
    async fn order_changes(&self, after: Option<ChangeMark>, limit: u32) -> Result<Changes, StoreError>;

    /// The message of an entry of an order's history; `None` if there is none.
    async fn event_message(&self, order_ref: String, event: i64) -> Result<Option<String>, StoreError>;

    /// A day in numbers: from its begin to its end.
    async fn day_numbers(&self, from: Timestamp, to: Timestamp) -> Result<DayNumbers, StoreError>;
}
