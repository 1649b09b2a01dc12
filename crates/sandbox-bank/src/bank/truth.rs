//! What `/sandbox/orders` shows: everything the bank knows, for tests to hold the merchant's side against.

use serde_json::{Value, json};

use super::order::Order;
use super::{Bank, messages};

impl Bank {
    pub(crate) fn truth(&self) -> Value {
        let orders: Vec<Value> = self.orders.iter().map(|order| self.order_truth(order)).collect();
        json!({
            "now": self.clock.now().to_string(),
            "orders": orders,
            "calls": self.calls.all,
            "callsByRequest": self.calls.by_request,
            "faults": self.faults.all(),
        })
    }

    pub(crate) fn order_truth(&self, order: &Order) -> Value {
        let request = &order.request;
        let operations: Vec<Value> = order
            .operations
            .iter()
            .map(|operation| messages::operation(order, operation, &self.origin, &self.merchant.name))
            .collect();
        let notifications: Vec<Value> = self
            .notifier
            .of_order(&order.hpp_order_id)
            .map(|delivery| {
                let tries: Vec<Value> = delivery
                    .tries
                    .iter()
                    .map(|one| json!({"at": one.at.to_string(), "http": one.http}))
                    .collect();
                json!({
                    "state": delivery.state.word(),
                    "url": delivery.url,
                    "due": delivery.due.to_string(),
                    "orderStatus": delivery.body.get("orderStatus"),
                    "tries": tries,
                })
            })
            .collect();
        json!({
            "hppOrderId": order.hpp_order_id,
            "ecomOrderId": order.ecom_order_id,
            "merchantRequestId": request.merchant_request_id,
            "merchantId": request.merchant_id,
            "hppPayType": request.pay_type.wire(),
            "coinAmount": request.coin_amount,
            "currencyCode": request.currency.code(),
            "orderStatus": order.status.wire(),
            "expired": order.expired(self.clock.now()),
            "createDate": order.created.to_string(),
            "expiredOrderDate": order.expires.to_string(),
            "redirectUrl": order.page_url(&self.origin),
            "notificationUrl": request.notification_url,
            "successUrl": request.success_url,
            "failUrl": request.fail_url,
            "purpose": request.purpose,
            "merchantComment": request.merchant_comment,
            "operations": operations,
            "notifications": notifications,
            "calls": self.calls.by_request.get(&request.merchant_request_id),
        })
    }
}
