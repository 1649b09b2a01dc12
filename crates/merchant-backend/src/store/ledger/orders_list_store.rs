//! The list's part of the store: which read each method is.

use async_trait::async_trait;
use jiff::Timestamp;

use super::{Database, Ledger, changes, day_numbers, orders_list};
use crate::store::StoreError;
use crate::store::orders_list::{ChangeMark, Changes, DayNumbers, OrderPage, OrderQuery, OrdersListStore};

#[async_trait]
impl<D: Database> OrdersListStore for Ledger<D> {
    async fn orders(&self, query: OrderQuery) -> Result<OrderPage, StoreError> {
        self.database.snapshot(move |connection| orders_list::list(connection, &query)).await
    }

    async fn order_changes(&self, after: Option<ChangeMark>, limit: u32) -> Result<Changes, StoreError> {
        self.database.snapshot(move |connection| changes::read(connection, after, limit)).await
    }

    async fn event_message(&self, order_ref: String, event: i64) -> Result<Option<String>, StoreError> {
        self.database.look(move |connection| changes::message(connection, &order_ref, event)).await
    }

    async fn day_numbers(&self, from: Timestamp, to: Timestamp) -> Result<DayNumbers, StoreError> {
        self.database.snapshot(move |connection| day_numbers::read(connection, from, to)).await
    }
}
