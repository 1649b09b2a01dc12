//! Typed client of the AlliancePay bank API; the only place where the bank's field names appear.
//!
//! What is here: the messages ([`CreateOrder`], [`OrderOperations`], [`Notification`], …), the JWE envelope
//! ([`jwe`]), the bank token and who renews it ([`TokenStore`]), and the [`Client`] that puts them on the wire.
//! What is not: any decision about money. The client tells what the bank said, and when it cannot know.
//!
//! Where to start: [`Client::create_order`], [`Client::operations`], [`Client::refund`] and
//! [`Error::outcome_unknown`].
//!
//! Sums are integer minor units ([`Amount`]), or `i64` minor units where the bank does not name the currency. "AlliancePay
//! docs" in these pages is the bank's public documentation, docs.merchant.alb.ua; what only its plugins and libraries
//! show is marked so.

#![warn(missing_docs)]

mod bank_error;
mod client;
mod completion;
mod customer;
mod error;
pub mod jwe;
mod jwk;
mod lenient;
mod notification;
mod open_enum;
mod operation;
mod operations;
mod order;
mod order_created;
mod priority_bank;
mod refund;
mod rules;
mod secret;
mod time;
mod token;
mod vocabulary;

pub use money::{Amount, AmountError, Currency, DecimalError};

pub use bank_error::{BankError, MsgType};
pub use client::{Client, ClientConfig, Terminal, Timeouts};
pub use completion::{Completion, CompletionBody};
pub use customer::{CustomerData, Gender};
pub use error::{Error, WhoActs};
pub use jwk::{JwkError, PrivateJwk, PublicJwk};
pub use notification::{Notification, NotificationError};
pub use operation::{Operation, TransactionResponse};
pub use operations::{OperationsRequest, OrderOperations};
pub use order::{CreateOrder, CreateOrderBody, PageBasket, PageProduct};
pub use order_created::OrderCreated;
pub use priority_bank::PriorityBank;
pub use refund::{Refund, RefundBody};
pub use secret::Secret;
pub use time::{BankTime, BankTimeError};
pub use token::{Authorize, BankToken, BoxError, MemoryTokenStore, TokenStore};
pub use vocabulary::{
    DirectType, OperationStatus, OperationType, OrderStatus, PayType, PaymentMethod, StatusPageType,
    ThreeDsMode, TryMode,
};

/// The README's code compiles.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;
