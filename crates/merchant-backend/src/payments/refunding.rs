//! Giving money back: what remains is reserved before the bank is called, the bank is called once, and an answer that is
//! lost is looked for by our own id of the refund. Refunds of one order are worked on one after the other.

use std::sync::Arc;

use checkout_api::{OrderRef, SessionId};
use jiff::Timestamp;
use money::Amount;
use url::Url;
use uuid::Uuid;

use super::asking::Asking;
use super::attempt::{Attempt, paid_by};
use super::opening::Opening;
use super::refund::{Refund, Refusal, Wish, may_go_back};
use super::schedule::Schedule;
use crate::provider::{PaymentProvider, RefundOrder, RefundSent};
use crate::store::records::{BeginRefund, DueQuestion, OrderView, RefundBegun, RefundToFind, RefundToSend};
use crate::store::{Store, StoreError};
use crate::telemetry::Metrics;
use crate::waiting::Waiting;

/// Refunds orders. Cheap to clone.
#[derive(Debug, Clone)]
pub struct Refunding {
    inner: Arc<Inner>,
}

/// What refunding works with.
#[derive(Debug)]
pub struct Inner {
    /// The ledger.
    pub store: Arc<dyn Store>,
    /// Who gives money back.
    pub provider: Arc<dyn PaymentProvider>,
    /// Whose turns refunds take too: an order is opened or refunded, not both.
    pub opening: Opening,
    /// Who asks what the bank knows.
    pub asking: Asking,
    /// Who waits for news.
    pub waiting: Waiting,
    /// What is counted.
    pub metrics: Arc<Metrics>,
    /// When to look for a refund.
    pub schedule: Schedule,
    /// How the bank reaches us.
    pub public_url: Url,
}

/// A wish to refund.
#[derive(Debug)]
pub struct RefundWish {
    /// The shop's order number.
    pub order: OrderRef,
    /// The attempt whose money goes back; absent: the one that paid the order.
    pub session: Option<SessionId>,
    /// The caller's idempotency key.
    pub key: String,
    /// The body, hashed.
    pub body_hash: Vec<u8>,
    /// What is to go back.
    pub wish: Wish,
    /// Staff's reason.
    pub reason: Option<String>,
    /// Who asks for it.
    pub by: String,
}

/// A refund that is stored.
#[derive(Debug)]
pub struct Refunded {
    /// The refund.
    pub refund: Refund,
    /// The attempt whose money goes back.
    pub session: SessionId,
    /// Whether this wish made it.
    pub new: bool,
}

/// Why there is no refund.
#[derive(Debug, thiserror::Error)]
pub enum RefundError {
    /// No such order.
    #[error("no such order")]
    NoOrder,
    /// The order has no such attempt.
    #[error("no such session")]
    NoSession,
    /// The key came with another body before.
    #[error("the idempotency key came with another body")]
    KeyReused,
    /// Something else about the order takes too long.
    #[error("another request about this order is still running")]
    Busy,
    /// Nothing may go back as wished.
    #[error(transparent)]
    Refused(#[from] Refusal),
    /// The bank does not tell what remains: nothing was stored.
    #[error("the bank did not answer")]
    BankSilent,
    /// The ledger cannot be used.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl Refunding {
    /// Puts the parts together.
    pub fn new(inner: Inner) -> Self {
        Self { inner: Arc::new(inner) }
    }

    /// Refunds, or finds the refund of the same key. Runs to its end even if the caller goes away.
    pub async fn refund(&self, wish: RefundWish) -> Result<Refunded, RefundError> {
        let this = self.clone();
        let task = tokio::spawn(async move { this.in_turn(wish).await });
        task.await.unwrap_or_else(|error| {
            tracing::error!(%error, "a refund ended by a panic");
            Err(RefundError::Busy)
        })
    }

    async fn in_turn(&self, wish: RefundWish) -> Result<Refunded, RefundError> {
        let inner = &self.inner;
        let view = inner.store.order(wish.order.as_str().to_owned()).await?.ok_or(RefundError::NoOrder)?;
        let order = view.id;
        let _turn = inner.opening.turn(order).await.ok_or(RefundError::Busy)?;
        if let Some(known) = inner.store.known_refund(order, wish.key.clone()).await? {
            if known.body_hash != wish.body_hash {
                return Err(RefundError::KeyReused);
            }
            return Ok(told(&view, known.refund, false));
        }
        let attempt = target(&view, wish.session.as_ref())?;
        // What remains is checked against the bank: it may have given money back without us.
        if !wish.wish.offline && may_go_back(attempt.state) {
            let question = DueQuestion {
                order,
                attempt: attempt.id,
                product: attempt.product,
                bank_order: attempt.bank_order.clone(),
                refund: None,
            };
            let asked = inner.asking.ask(question).await.map_err(|_| RefundError::BankSilent)?;
            if asked.mismatch.is_some() {
                return Err(RefundError::BankSilent);
            }
        }
        let begun = inner
            .store
            .begin_refund(BeginRefund {
                order,
                attempt: attempt.id,
                key: wish.key,
                body_hash: wish.body_hash,
                wish: wish.wish,
                reason: wish.reason,
                by: wish.by,
                handle: format!("re_{}", Uuid::new_v4().simple()),
                merchant_request_id: Uuid::new_v4().to_string(),
                schedule: inner.schedule.clone(),
                now: Timestamp::now(),
            })
            .await?;
        let (refund, new) = match begun {
            RefundBegun::Existing(refund) => (*refund, false),
            RefundBegun::KeyReused => return Err(RefundError::KeyReused),
            RefundBegun::Refused(refusal) => return Err(refusal.into()),
            RefundBegun::Recorded(refund) => {
                inner.waiting.wake(order);
                (*refund, true)
            }
            RefundBegun::Send(to_send) => (self.send(&wish.order, *to_send).await?, true),
        };
        if new {
            inner.metrics.refunds.add(1);
            let (order, state) = (wish.order.as_str(), refund.state.word());
            tracing::info!(order, refund = refund.handle, state, "a refund is stored");
        }
        Ok(told(&view, refund, new))
    }

    async fn send(&self, order: &OrderRef, to_send: RefundToSend) -> Result<Refund, StoreError> {
        let inner = &self.inner;
        let RefundToSend { refund, plan, attempt } = to_send;
        inner.waiting.wake(attempt.order);
        let Some(request) = self.request(order, &refund, &attempt, plan.operation_id) else {
            return Err(StoreError::Unreadable("refunds".to_owned()));
        };
        let answer = inner.provider.refund(&request).await;
        let now = Timestamp::now();
        match answer {
            RefundSent::Answered(told) => {
                inner.store.record_refund(refund.id, Some(told), inner.schedule.clone(), now).await?;
            }
            RefundSent::Unclear(cause) => {
                inner.metrics.lost_refund_answers.add(1);
                let order = order.as_str();
                tracing::warn!(
                    order,
                    refund = refund.handle,
                    cause,
                    "the answer to a refund is lost: looking for it"
                );
                let find =
                    RefundToFind { refund: refund.id, merchant_request_id: request.merchant_request_id };
                let question = DueQuestion::about_refund(attempt.order, attempt.id, attempt.product, find);
                inner.asking.hint(question);
            }
        }
        inner.waiting.wake(attempt.order);
        inner.store.refund(refund.id).await
    }

    fn request(
        &self,
        order: &OrderRef,
        refund: &Refund,
        attempt: &Attempt,
        operation_id: Option<String>,
    ) -> Option<RefundOrder> {
        let notification = format!("/v1/notifications/{}", attempt.notification_secret);
        Some(RefundOrder {
            product: attempt.product,
            merchant_request_id: refund.merchant_request_id.clone()?,
            operation_id: operation_id?,
            // Payments charged in another currency are refused when planned.
            amount: Amount::new(refund.charged_minor, attempt.product.charged_in(attempt.amount.currency()))
                .ok()?,
            order: order.as_str().to_owned(),
            notification_url: self.inner.public_url.join(&notification).ok()?.to_string(),
        })
    }
}

/// The attempt that a session names; else the one that paid, else the latest: its state says why nothing goes back.
fn target<'a>(view: &'a OrderView, session: Option<&SessionId>) -> Result<&'a Attempt, RefundError> {
    let mut attempts = view.attempts.iter().map(|view| &view.attempt);
    if let Some(session) = session {
        return attempts.find(|attempt| attempt.session == *session).ok_or(RefundError::NoSession);
    }
    let all: Vec<Attempt> = attempts.clone().cloned().collect();
    let id = paid_by(&all).or(all.last()).map(|attempt| attempt.id);
    let found = attempts.find(|attempt| Some(attempt.id) == id);
    found.ok_or(RefundError::Refused(Refusal::NotPaid(view.summary.state)))
}

fn told(view: &OrderView, refund: Refund, new: bool) -> Refunded {
    let session = session_of(view, &refund);
    Refunded { refund, session, new }
}

fn session_of(view: &OrderView, refund: &Refund) -> SessionId {
    let attempt = view.attempts.iter().find(|view| view.attempt.id == refund.attempt);
    attempt.map_or_else(|| SessionId::new(""), |view| view.attempt.session.clone())
}
