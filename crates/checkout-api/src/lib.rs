//! Wire types between the widget and the merchant backend.
//!
//! JSON is camelCase, money is `{"minor","currency"}`, times are RFC 3339 in UTC and stay text here: nothing on
//! either side calculates with them before parsing them its own way. The golden files in `tests/golden/` are the
//! contract; the backend, the widget and the plugins read the same ones.
//!
//! Words this build does not know (a newer backend's state, product or anomaly) are kept as `Unrecognized`:
//! shown as "not known yet", never as paid and never as failed.
//!
//! The shipped widget uses these types without the `serde` feature and reads JSON through the browser.

mod checkout;
#[cfg(feature = "openapi")]
mod example;
mod id;
mod open_session;
mod page_hosts;
mod payment_session;
mod problem;
mod refund;
mod shop_order;
mod webhook;
mod word;

pub use checkout::Checkout;
#[cfg(feature = "openapi")]
pub use example::example;
pub use id::{IdempotencyKey, OrderRef, OrderToken, Revision, SessionId};
pub use open_session::OpenSession;
pub use page_hosts::{BANK_PAGE_HOSTS, WALLET_PAGE_HOSTS, host_covers};
pub use payment_session::PaymentSession;
pub use problem::{Problem, code};
pub use refund::{RefundRequest, RefundRequestLine, Refundable, ShopLine, ShopRefund, ShopRefundLine};
pub use shop_order::{
    OrderAccepted, OrderChecked, OrderLine, OrderList, OrderSummary, PutOrder, ShopAttempt, ShopEvent,
    ShopOperation, ShopOrder,
};
pub use webhook::{OrderWebhook, WebhookDelivery, WebhookList};
pub use word::{Anomaly, DeliveryState, Outcome, PaymentState, Product, RefundState};
