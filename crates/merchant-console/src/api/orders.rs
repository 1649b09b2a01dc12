//! Orders: the list, one whole, asked at the bank, refunded, followed live.

use checkout_api::{OrderChecked, OrderList, RefundRequest, ShopOrder, ShopRefund};
use console_api::{OrderChanges, RawMessage};
use serde_json::json;
use web_sys::AbortSignal;

use super::Api;
use crate::browser::days::moment;
use crate::failure::Failure;
use crate::filters::Filters;
use crate::percent::encode;

const PAGE: &str = "50";

impl Api {
    /// One page of the list.
    pub async fn orders(&self, filters: &Filters, cursor: Option<&str>) -> Result<OrderList, Failure> {
        let cursor = cursor.map(|cursor| ["&cursor=", &encode(cursor)].concat()).unwrap_or_default();
        let query = filters.for_backend(moment);
        self.get(&["/v1/orders?limit=", PAGE, "&", &query, &cursor].concat()).await
    }

    /// These orders, in one request.
    pub async fn orders_named(&self, orders: &[String]) -> Result<OrderList, Failure> {
        let names: Vec<String> = orders.iter().map(|order| ["order=", &encode(order)].concat()).collect();
        self.get(&["/v1/orders?limit=200&", &names.join("&")].concat()).await
    }

    /// Where the list can be had as CSV.
    pub fn orders_csv(filters: &Filters) -> String {
        ["/v1/orders.csv?", &filters.for_backend(moment)].concat()
    }

    /// Those of these orders that the filters let through.
    pub async fn orders_that_fit(&self, filters: &Filters, orders: &[String]) -> Result<OrderList, Failure> {
        let names: Vec<String> = orders.iter().map(|order| ["&order=", &encode(order)].concat()).collect();
        self.get(&["/v1/orders?limit=200&", &filters.for_backend(moment), &names.concat()].concat()).await
    }

    /// The whole order.
    pub async fn whole(&self, order: &str) -> Result<ShopOrder, Failure> {
        self.get(&path(order, "")).await
    }

    /// Has the backend ask the bank now.
    pub async fn check(&self, order: &str) -> Result<OrderChecked, Failure> {
        self.send("POST", &path(order, "/check"), &json!({}), &[]).await
    }

    /// Gives money back. The same key names the same refund, however often it is sent.
    pub async fn refund(&self, order: &str, key: &str, wish: &RefundRequest) -> Result<ShopRefund, Failure> {
        self.send("POST", &path(order, "/refunds"), wish, &[("Idempotency-Key", key)]).await
    }

    /// What changed since `after`; waits so many seconds for something to change.
    pub async fn changes(
        &self,
        after: Option<&str>,
        wait: u32,
        abort: Option<AbortSignal>,
    ) -> Result<OrderChanges, Failure> {
        let after = after.map(|after| ["&after=", &encode(after)].concat()).unwrap_or_default();
        self.get_until(&["/v1/orders/changes?wait=", &wait.to_string(), &after].concat(), abort).await
    }

    /// The message behind an entry of the history.
    pub async fn raw(&self, order: &str, event: &str) -> Result<RawMessage, Failure> {
        self.get(&path(order, &["/events/", &encode(event), "/raw"].concat())).await
    }
}

fn path(order: &str, rest: &str) -> String {
    ["/v1/orders/", &encode(order), rest].concat()
}
