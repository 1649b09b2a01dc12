//! What goes into the ledger's transactions and what comes out. Plain data.

mod figures;
mod outbox;
mod refunds;
mod settlement;
mod turns;

use std::time::Duration;

use checkout_api::{OrderLine, OrderRef, SessionId};
use jiff::Timestamp;
use money::Amount;

use crate::country::Country;
use crate::payments::attempt::{Anomaly, Attempt, AttemptId, OrderId};
use crate::payments::idempotency::KeyedBody;
use crate::payments::product::Product;
use crate::payments::refund::Refund;
use crate::payments::state::State;
use crate::provider::{Limits, Operation};

pub use figures::Figures;
pub use outbox::{ClaimedWebhook, Delivery, DeliveryPlan, Renewal, RenewalClaim, WebhookView};
pub use refunds::{BeginRefund, KnownRefund, RefundBegun, RefundToFind, RefundToSend};
pub use settlement::{
    Batch, BatchRecorded, DaySums, ImportBegun, ImportFilter, ImportId, ImportPage, ImportView, NewImport,
    RowFilter, RowPage, RowView, Tally, Transaction, TransactionFilter, TransactionMark,
};
pub use turns::{Change, Turn, TurnClaim};

/// An order as the shop puts it, checked.
#[derive(Debug, Clone)]
pub struct PutOrderRecord {
    /// The shop's order number.
    pub order: OrderRef,
    /// What the buyer pays.
    pub amount: Amount,
    /// The shop's words for the order.
    pub description: Option<String>,
    /// The basket.
    pub lines: Vec<OrderLine>,
    /// Shipping, in minor units.
    pub shipping_minor: i64,
    /// The shop's id of the buyer.
    pub customer_id: Option<String>,
    /// The buyer's country.
    pub buyer_country: Option<Country>,
    /// Where the buyer comes back to.
    pub return_url: Option<String>,
    /// The buyer's language.
    pub locale: Option<String>,
    /// The ways to pay.
    pub products: Vec<Product>,
    /// The new token, hashed.
    pub token_hash: Vec<u8>,
    /// When that token ends.
    pub token_expires_at: Timestamp,
    /// The time of the request.
    pub now: Timestamp,
}

/// What became of a put.
#[derive(Debug, Clone)]
pub enum OrderPut {
    /// A new order.
    Created,
    /// Known before; its data is renewed.
    Renewed(State),
    /// The sum changed while an attempt lives or after money came: nothing was stored.
    Locked,
}

/// Whose token it is.
#[derive(Debug, Clone)]
pub struct TokenOwner {
    /// The order it may pay.
    pub order: OrderId,
    /// When it ends.
    pub expires_at: Timestamp,
}

/// A terminal an attempt may use.
#[derive(Debug, Clone)]
pub struct Terminal {
    /// The way to pay.
    pub product: Product,
    /// The merchant at the bank.
    pub merchant_id: String,
    /// How long a page lives.
    pub lifetime: Duration,
    /// Which orders it takes.
    pub limits: Limits,
}

/// The ids of an attempt that may be stored. Randomness is an input: the store makes none.
#[derive(Debug, Clone)]
pub struct FreshIds {
    /// The buyer's handle.
    pub session: SessionId,
    /// Our id of the request to the bank.
    pub merchant_request_id: String,
    /// The unguessable end of the notification URL.
    pub notification_secret: String,
}

/// A wish to pay.
#[derive(Debug, Clone)]
pub struct Begin {
    /// The order.
    pub order: OrderId,
    /// The caller's idempotency key; a plain form has none.
    pub keyed: Option<KeyedBody>,
    /// The product chosen; absent: the first the order offers.
    pub product: Option<Product>,
    /// The buyer's language; absent: the order's.
    pub locale: Option<String>,
    /// What there are terminals for.
    pub terminals: Vec<Terminal>,
    /// For a new attempt.
    pub fresh: FreshIds,
    /// The time of the request.
    pub now: Timestamp,
}

/// An attempt the bank refuses as a duplicate, and the one that follows it.
#[derive(Debug, Clone)]
pub struct Succession {
    /// The attempt nobody has the page of.
    pub lost: AttemptId,
    /// What there are terminals for.
    pub terminals: Vec<Terminal>,
    /// For the new attempt.
    pub fresh: FreshIds,
    /// The time.
    pub now: Timestamp,
}

/// What a wish to pay led to.
#[derive(Debug, Clone)]
pub enum Begun {
    /// An attempt that has its answer already.
    Existing(Box<SessionView>),
    /// An attempt that the bank must be asked about before another may begin.
    AskFirst(DueQuestion),
    /// An attempt the bank must be called for.
    Send(Box<ToSend>),
    /// The key came with another body before.
    KeyReused,
    /// The order is paid, by this session.
    AlreadyPaid(SessionId),
    /// The bank refused this attempt when it was made.
    Refused {
        /// The bank's code.
        code: String,
    },
    /// The order or this backend does not offer the product.
    NotOffered,
    /// There is no such order.
    NoOrder,
}

/// An attempt and what the bank must be told of its order.
#[derive(Debug, Clone)]
pub struct ToSend {
    /// The attempt.
    pub attempt: Attempt,
    /// The shop's order number.
    pub order: OrderRef,
    /// The shop's words for the order.
    pub description: Option<String>,
    /// The shop's id of the buyer.
    pub customer_id: Option<String>,
    /// The buyer's country.
    pub buyer_country: Option<Country>,
    /// Where the buyer comes back to.
    pub return_url: Option<String>,
}

/// A session as its page may see it.
#[derive(Debug, Clone)]
pub struct SessionView {
    /// The store's id of the order.
    pub order_id: OrderId,
    /// The session.
    pub session: SessionId,
    /// The shop's order number.
    pub order: OrderRef,
    /// How the attempt stands.
    pub state: State,
    /// Why.
    pub reason: Option<String>,
    /// Counts the order's changes.
    pub revision: u64,
    /// What was asked for.
    pub amount: Amount,
    /// The payment page.
    pub page: Option<String>,
    /// When the page stops taking money.
    pub expires_at: Timestamp,
    /// Money facts beside the state.
    pub anomalies: Vec<Anomaly>,
    /// Whether a new attempt may begin.
    pub can_retry: bool,
    /// Whether money came for the order, by this attempt or another.
    pub order_is_paid: bool,
    /// The buyer's language.
    pub locale: Option<String>,
    /// The shop's return URL.
    pub return_url: Option<String>,
}

/// An order as a page with its token may see it.
#[derive(Debug, Clone)]
pub struct CheckoutView {
    /// The shop's order number.
    pub order: OrderRef,
    /// What the buyer pays.
    pub amount: Amount,
    /// The shop's words for the order.
    pub description: Option<String>,
    /// The buyer's country.
    pub buyer_country: Option<Country>,
    /// The ways to pay.
    pub products: Vec<Product>,
    /// The attempt that brought money, else the latest one.
    pub session: Option<SessionId>,
    /// How it stands.
    pub state: Option<State>,
    /// Whether a new attempt may begin.
    pub can_retry: bool,
}

/// An attempt to ask the bank about.
#[derive(Debug, Clone)]
pub struct DueQuestion {
    /// The order: one question at a time.
    pub order: OrderId,
    /// The attempt.
    pub attempt: AttemptId,
    /// The way to pay.
    pub product: Product,
    /// The bank's order; `None` where only time can end the attempt.
    pub bank_order: Option<String>,
    /// The refund to look for, where the question is about one.
    pub refund: Option<RefundToFind>,
}

/// A notification is stored.
#[derive(Debug, Clone)]
pub struct HintStored {
    /// What to ask about.
    pub question: DueQuestion,
    /// The shop's order number, for the log.
    pub order: OrderRef,
    /// Whether the ids it names are those of the attempt.
    pub ids_match: bool,
}

/// Why the bank gave no page.
#[derive(Debug, Clone)]
pub struct Refusal {
    /// The bank's id of the order, where it made one and ended it at once.
    pub bank_order: Option<String>,
    /// Whether it was cancelled, not refused.
    pub cancelled: bool,
    /// The bank's code.
    pub code: String,
    /// The bank's words.
    pub message: String,
}

/// What an answer changed.
#[derive(Debug, Clone)]
pub struct Recorded {
    /// The order.
    pub order_id: OrderId,
    /// The shop's order number, for the log.
    pub order: OrderRef,
    /// Whether anything visible changed.
    pub changed: bool,
    /// The attempt's state before and after.
    pub states: (State, State),
    /// Anomalies that are new.
    pub new_anomalies: Vec<Anomaly>,
    /// The answer was about something else.
    pub mismatch: Option<&'static str>,
    /// A word of the bank that we do not know.
    pub unknown_word: Option<String>,
    /// The provider's word for what a person has to look at, where this answer brought it.
    pub alarm: Option<String>,
}

/// The whole order.
#[derive(Debug, Clone)]
pub struct OrderView {
    /// The store's id.
    pub id: OrderId,
    /// The order itself.
    pub summary: SummaryView,
    /// The basket.
    pub lines: Vec<OrderLine>,
    /// Shipping, in minor units.
    pub shipping_minor: i64,
    /// The shop's id of the buyer.
    pub customer_id: Option<String>,
    /// The buyer's country.
    pub buyer_country: Option<Country>,
    /// Where the buyer comes back to.
    pub return_url: Option<String>,
    /// The buyer's language.
    pub locale: Option<String>,
    /// The ways to pay.
    pub products: Vec<Product>,
    /// Every attempt, oldest first.
    pub attempts: Vec<AttemptView>,
    /// Every movement, oldest first.
    pub operations: Vec<(AttemptId, Operation)>,
    /// Every refund, oldest first.
    pub refunds: Vec<Refund>,
    /// The history, oldest first.
    pub events: Vec<EventView>,
}

/// An attempt and what only staff sees of it.
#[derive(Debug, Clone)]
pub struct AttemptView {
    /// The attempt.
    pub attempt: Attempt,
    /// The bank's second id of its order.
    pub bank_reference: Option<String>,
    /// The bank's own status page.
    pub status_page: Option<String>,
    /// When a notification with its ids first came.
    pub notified_at: Option<Timestamp>,
    /// When the bank last answered.
    pub asked_at: Option<Timestamp>,
}

/// One entry of the history.
#[derive(Debug, Clone)]
pub struct EventView {
    /// The store's id.
    pub id: i64,
    /// When.
    pub at: Timestamp,
    /// Who caused it.
    pub who: String,
    /// What happened.
    pub what: String,
    /// The attempt.
    pub session: Option<SessionId>,
    /// For a person.
    pub detail: Option<String>,
    /// Whether the message is kept.
    pub has_raw: bool,
}

/// One row of the list of orders.
#[derive(Debug, Clone)]
pub struct SummaryView {
    /// The shop's order number.
    pub order: OrderRef,
    /// The order's state.
    pub state: State,
    /// Why.
    pub reason: Option<String>,
    /// What the buyer pays.
    pub amount: Amount,
    /// The shop's words for the order.
    pub description: Option<String>,
    /// The anomalies of all attempts.
    pub anomalies: Vec<Anomaly>,
    /// What went back.
    pub refunded: Amount,
    /// The way to pay of the attempt whose state it has.
    pub product: Option<Product>,
    /// When a notification with that attempt's ids first came.
    pub notified_at: Option<Timestamp>,
    /// Counts the order's changes.
    pub revision: u64,
    /// When the shop first put it.
    pub created_at: Timestamp,
    /// When it last changed.
    pub updated_at: Timestamp,
}
