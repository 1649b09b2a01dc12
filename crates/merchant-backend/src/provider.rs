//! What the ledger needs of a payment provider that works by redirect: make an order with a page, tell how an order
//! stands, give money back, read a notification. Amounts, states and schedules are not the provider's business; what they
//! have to know of it, for they are decided without it, stands in `payments::product`.

pub mod alipayplus;
pub mod alliancepay;
mod limits;
mod page_hosts;
mod refund;
mod together;

use std::fmt;
use std::time::Duration;

use async_trait::async_trait;
use jiff::Timestamp;
use money::Amount;

use crate::country::Country;
use crate::payments::product::Product;

pub use limits::{Limits, Within};
pub(crate) use refund::refusal;
pub use refund::{RefundOrder, RefundQuestion, RefundSent, RefundTold};
pub use together::Together;

/// A provider of hosted payment pages.
#[async_trait]
pub trait PaymentProvider: Send + Sync + fmt::Debug {
    /// The products there is a terminal for, in the order to show them.
    fn products(&self) -> Vec<Product>;

    /// The merchant id of a product's terminal.
    fn merchant_id(&self, product: Product) -> Option<&str>;

    /// Which orders a product takes now.
    fn limits(&self, _product: Product) -> Limits {
        Limits::Any
    }

    /// Whether an order of this sum, of a buyer in this country, can be paid so now.
    fn takes(&self, product: Product, amount: Amount, country: Option<Country>) -> bool {
        self.products().contains(&product) && self.limits(product).take(amount, country)
    }

    /// How long a payment page of `product` lives when `wanted` is asked for.
    fn page_lifetime(&self, product: Product, wanted: Duration) -> Duration;

    /// Makes the order at the provider. Sending the same request again makes no second order.
    async fn create(&self, request: &CreateOrder) -> Result<OpenedPage, CreateError>;

    /// Asks how an order stands.
    async fn ask(&self, question: &Question) -> Result<Answer, AskError>;

    /// Asks to give money back. Never sent twice: where the answer is unclear, [`Self::find_refund`] tells.
    async fn refund(&self, order: &RefundOrder) -> RefundSent;

    /// Looks for a refund by our own id of it; `None` when the provider has not heard of it.
    async fn find_refund(&self, question: &RefundQuestion) -> Result<Option<RefundTold>, AskError>;

    /// Reads a notification's body. Nothing in it is believed.
    fn hint(&self, body: &[u8]) -> Result<Hint, MalformedNotification>;

    /// Opens the technical session of a terminal; tells in words what is wrong.
    async fn authorize(&self, product: Product) -> Result<(), String>;
}

/// A request for an order with a payment page.
#[derive(Debug, Clone)]
pub struct CreateOrder {
    /// The way to pay, which picks the terminal.
    pub product: Product,
    /// Our id of this request; the same one means the same order.
    pub merchant_request_id: String,
    /// What the buyer pays.
    pub amount: Amount,
    /// The shop's order number.
    pub order: String,
    /// The shop's words for the order.
    pub description: Option<String>,
    /// The shop's id of the buyer, or the order number.
    pub customer_id: String,
    /// The buyer's country, where the shop names it.
    pub country: Option<Country>,
    /// The buyer's language.
    pub locale: Option<String>,
    /// Where the buyer comes back to, however it ended.
    pub return_url: String,
    /// Where the provider sends its notifications.
    pub notification_url: String,
    /// How long the page takes money.
    pub lifetime: Duration,
}

/// The provider's order and its page.
#[derive(Debug, Clone)]
pub struct OpenedPage {
    /// The provider's id of the order.
    pub bank_order: String,
    /// A second id some providers give.
    pub bank_reference: Option<String>,
    /// Where the buyer pays.
    pub page: String,
    /// The provider's own status page.
    pub status_page: Option<String>,
    /// When the page stops taking money.
    pub expires_at: Option<Timestamp>,
    /// The message, personal data and secrets masked.
    pub raw: String,
}

/// Why there is no page.
#[derive(Debug, Clone, thiserror::Error)]
pub enum CreateError {
    /// The provider refused; no order exists.
    #[error("the bank refused the order: {code} {message}")]
    Refused {
        /// The provider's code.
        code: String,
        /// The provider's words.
        message: String,
    },
    /// The provider made the order and declined it at once.
    #[error("the bank declined the payment: {code} {message}")]
    Declined {
        /// The provider's id of the order: late money could still come by it.
        bank_order: String,
        /// The provider's code.
        code: String,
        /// The provider's words.
        message: String,
    },
    /// The provider made the order and cancelled it at once.
    #[error("the bank cancelled the payment: {message}")]
    Cancelled {
        /// The provider's id of the order: late money could still come by it.
        bank_order: String,
        /// What is known of it, in words.
        message: String,
    },
    /// The provider has an order of this request already and will not say which.
    #[error("the bank already has an order of this request")]
    Duplicate,
    /// No readable answer: an order may or may not exist.
    #[error("the bank's answer is not known: {0}")]
    Unclear(String),
}

/// A question about one order.
#[derive(Debug, Clone)]
pub struct Question {
    /// The way to pay, which picks the terminal.
    pub product: Product,
    /// The provider's id of the order.
    pub bank_order: String,
}

/// How an order stands.
#[derive(Debug, Clone)]
pub struct Answer {
    /// The provider's id of the order.
    pub bank_order: String,
    /// The second id, where there is one.
    pub bank_reference: Option<String>,
    /// The terminal's merchant.
    pub merchant_id: String,
    /// Our id of the request that made the order.
    pub merchant_request_id: String,
    /// The provider's word for the whole order.
    pub order: OrderWord,
    /// Every movement on it.
    pub operations: Vec<Operation>,
    /// The message, personal data and secrets masked.
    pub raw: String,
}

/// The provider's word for the whole order, translated. It alone never means that money arrived.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum OrderWord {
    /// Not decided.
    Open,
    /// The provider calls it a success; the operations must show it.
    Succeeded,
    /// The same, and the provider has collected the money.
    Settled,
    /// Refused for good.
    Failed,
    /// Cancelled by the provider.
    Cancelled,
    /// A person has to look at it at the provider, which uses this word; the operations tell what there is of the money.
    Alarming(String),
    /// A word we do not know; changes nothing.
    Unknown(String),
}

/// One movement on an order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Operation {
    /// The provider's id of the movement.
    pub id: String,
    /// What it does to the buyer's money.
    pub kind: OperationKind,
    /// How it stands.
    pub status: OperationStatus,
    /// The sum in minor units of `currency`, as the buyer was charged.
    pub amount_minor: i64,
    /// ISO 4217 letters, or the provider's own text where it is no currency we take.
    pub currency: String,
    /// The sum in minor units of the currency the buyer's account was charged in.
    pub charged_minor: i64,
    /// The id that refunds refer to.
    pub operation_id: Option<String>,
    /// Our id of the request that made it; refunds carry one.
    pub merchant_request_id: Option<String>,
    /// Refunds, and what another hand took: the provider's id of the movement whose money goes.
    pub gives_back: Option<String>,
    /// Whether the provider is known to give such a movement back.
    pub refundable: bool,
    /// The bank's reference number.
    pub rrn: Option<String>,
    /// The masked card or account.
    pub instrument: Option<String>,
    /// What it was paid with, in the provider's words.
    pub payment_service: Option<String>,
    /// Why it failed.
    pub reason: Option<String>,
    /// The receipt's address.
    pub receipt: Option<String>,
    /// When it was made.
    pub created_at: Option<Timestamp>,
    /// When it last changed.
    pub modified_at: Option<Timestamp>,
}

/// What a movement does to the buyer's money; the provider's word is kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum OperationKind {
    /// Takes money: a purchase, a transfer or the completion of a hold.
    Capture(String),
    /// Gives money back.
    Refund(String),
    /// Moves no money to the merchant, or is a word we do not know. One that names a movement as `gives_back` takes its
    /// money away by another hand than the merchant's: a dispute, a reversal.
    Other(String),
}

/// How a movement stands; the provider's word is kept where there are several.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum OperationStatus {
    /// Done.
    Success,
    /// Refused.
    Failed(String),
    /// Not decided, or a word we do not know.
    Undecided(String),
}

impl OperationKind {
    /// The provider's word.
    pub fn word(&self) -> &str {
        match self {
            Self::Capture(word) | Self::Refund(word) | Self::Other(word) => word,
        }
    }
}

impl Operation {
    /// Whether money came by it.
    pub fn brought_money(&self) -> bool {
        matches!(self.kind, OperationKind::Capture(_)) && self.status == OperationStatus::Success
    }

    /// Whether it stands as it will stay.
    pub fn is_decided(&self) -> bool {
        match self.status {
            OperationStatus::Success | OperationStatus::Failed(_) => true,
            OperationStatus::Undecided(_) => false,
        }
    }

    /// Whether it is a movement by which another hand than the merchant's takes money away; not every one succeeds.
    pub fn takes_away(&self) -> bool {
        matches!(self.kind, OperationKind::Other(_)) && self.gives_back.is_some()
    }

    /// Whether money went by it that the merchant did not give back.
    pub fn took_money(&self) -> bool {
        self.takes_away() && self.status == OperationStatus::Success
    }
}

impl OperationStatus {
    /// The provider's word.
    pub fn word(&self) -> &str {
        match self {
            Self::Success => "SUCCESS",
            Self::Failed(word) | Self::Undecided(word) => word,
        }
    }
}

/// Why a question brought no answer.
#[derive(Debug, Clone, thiserror::Error)]
pub enum AskError {
    /// The provider answered that it has nothing to say about this order.
    #[error("the bank refused the question: {code} {message}")]
    Refused {
        /// The provider's code.
        code: String,
        /// The provider's words.
        message: String,
    },
    /// No readable answer; asking again is right.
    #[error("the bank did not answer: {0}")]
    Silent(String),
}

/// What a notification claims. Good for a question, for nothing else.
#[derive(Debug, Clone)]
pub struct Hint {
    /// The order it names.
    pub bank_order: String,
    /// The request it names.
    pub merchant_request_id: Option<String>,
    /// The merchant it names.
    pub merchant_id: Option<String>,
    /// The message, personal data and secrets masked.
    pub raw: String,
}

/// A body that is no notification. Holds no part of the body.
#[derive(Debug, Clone, thiserror::Error)]
#[error("the body is not a notification: {0}")]
pub struct MalformedNotification(pub String);

#[cfg(test)]
pub(crate) mod tests {
    use super::*;

    /// A payment in hryvnias that came.
    pub(crate) fn purchase(id: &str, minor: i64) -> Operation {
        Operation {
            id: id.to_owned(),
            kind: OperationKind::Capture("PURCHASE".to_owned()),
            status: OperationStatus::Success,
            amount_minor: minor,
            currency: "UAH".to_owned(),
            charged_minor: minor,
            operation_id: None,
            merchant_request_id: None,
            gives_back: None,
            refundable: true,
            rrn: None,
            instrument: None,
            payment_service: None,
            reason: None,
            receipt: None,
            created_at: None,
            modified_at: None,
        }
    }
}
