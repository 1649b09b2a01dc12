//! Typed client of what Alipay+ (payment product 866) needs of Worldline Connect's Server API v1.
//!
//! What is here: the messages ([`CreatePayment`], [`Payment`], [`Refund`], …), the `GCS v1HMAC` signature
//! ([`signature`]), the [`Client`] that puts them on the wire, [`WebhookKeys`] for what the platform posts, and
//! [`wx`] for its daily settlement file. What is not: any decision about money. The client tells what the platform
//! said, and when it cannot know.
//!
//! Where to start: [`Client::create_payment`], [`Client::payment`], [`Client::refund`] and [`Error::outcome_unknown`].
//!
//! Sums are integers that **always have two decimals**, whatever the currency ([`AmountOfMoney`]). "Connect docs" in
//! these pages is Worldline's public documentation, docs.connect.worldline-solutions.com and its API reference; "SDK"
//! marks what only the platform's official libraries show.

#![warn(missing_docs)]

mod amount;
mod api_error;
mod client;
mod create_payment;
mod error;
mod idempotence;
mod lenient;
mod open_enum;
mod payment;
mod product;
mod refund;
mod secret;
pub mod signature;
mod vocabulary;
mod webhook;
pub mod wx;

pub use money::{Amount, Currency};

pub use amount::AmountOfMoney;
pub use api_error::{ApiError, Declined, Refusal};
pub use client::{Client, ClientConfig, FindPayments, Timeouts};
pub use create_payment::{CreatePayment, CreatedPayment, CreationOutput, MerchantAction, RedirectData};
pub use error::{Error, WhoActs};
pub use idempotence::{IdempotenceKey, Repeatable};
pub use payment::{Payment, PaymentOutput, RedirectOutput, References, StatusOutput};
pub use product::{Product, ProductQuestion};
pub use refund::{CreateRefund, Refund, RefundOutput};
pub use secret::Secret;
pub use vocabulary::{
    ActionType, ErrorCategory, EventKind, PaymentStatus, RefundReason, RefundStatus, StatusCategory,
};
pub use webhook::{CHALLENGE_HEADER, Event, WebhookError, WebhookKeys};

/// Alipay+ among the platform's payment products.
pub const ALIPAY_PLUS: u32 = 866;

/// The README's code compiles.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;
