//! Opening a payment session: one bank order per wish, whatever is clicked, repeated or lost.
//!
//! Wishes of one order are worked on one after the other. The attempt is stored before the bank is called; a lost
//! answer sends the same request once more; a duplicate the bank will not show is followed by a new attempt.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError, Weak};
use std::time::Duration;

use checkout_api::SessionId;
use jiff::Timestamp;
use tokio::sync::OwnedMutexGuard;
use url::Url;

use super::asking::Asking;
use super::attempt::OrderId;
use super::idempotency::KeyedBody;
use super::product::Product;
use super::return_url;
use super::schedule::Schedule;
use super::state::{self, State};
use super::turns::{Held, TurnTo, Turns};
use crate::provider::{CreateError, CreateOrder, OpenedPage, PaymentProvider};
use crate::random::random_text;
use crate::store::records::{Begin, Begun, FreshIds, Refusal, SessionView, Succession, Terminal, ToSend};
use crate::store::{Store, StoreError};
use crate::telemetry::Metrics;
use crate::waiting::Waiting;

/// How long a wish waits for another one about the same order.
const LONGEST_WAIT: Duration = Duration::from_secs(20);
/// Attempts one wish may use up: the second follows a duplicate, a third would mean the bank refuses them all.
const ATTEMPTS_PER_WISH: usize = 2;
/// Earlier attempts one wish may ask the bank about.
const QUESTIONS_PER_WISH: usize = 4;

/// Opens payment sessions. Cheap to clone.
#[derive(Debug, Clone)]
pub struct Opening {
    inner: Arc<Inner>,
}

#[derive(Debug)]
struct Inner {
    store: Arc<dyn Store>,
    provider: Arc<dyn PaymentProvider>,
    schedule: Schedule,
    waiting: Waiting,
    metrics: Arc<Metrics>,
    asking: Asking,
    public_url: Url,
    page_lifetime: Duration,
    one_at_a_time: Mutex<HashMap<OrderId, Weak<tokio::sync::Mutex<()>>>>,
    turns: Turns,
}

/// Nothing else works on the order, in this instance and in the others, until it is dropped.
#[derive(Debug)]
pub struct AtWork {
    _among_instances: Held,
    _here: OwnedMutexGuard<()>,
}

/// What an opening needs to know.
#[derive(Debug)]
pub struct OpeningSettings {
    /// How the bank and browsers reach us.
    pub public_url: Url,
    /// How long a payment page lives.
    pub page_lifetime: Duration,
    /// When to ask about it.
    pub schedule: Schedule,
}

/// A wish to pay.
#[derive(Debug)]
pub struct Wish {
    /// The order.
    pub order: OrderId,
    /// The caller's idempotency key.
    pub keyed: Option<KeyedBody>,
    /// The product chosen.
    pub product: Option<Product>,
    /// The buyer's language.
    pub locale: Option<String>,
}

/// A session with its page.
#[derive(Debug)]
pub struct Opened {
    /// The session.
    pub session: SessionView,
    /// Whether this wish made it.
    pub new: bool,
}

/// Why there is no session.
#[derive(Debug, thiserror::Error)]
pub enum OpenError {
    /// The key came with another body before.
    #[error("the idempotency key came with another body")]
    KeyReused,
    /// Another wish about the order takes too long.
    #[error("another request about this order is still running")]
    Busy,
    /// The order is paid.
    #[error("the order is paid")]
    AlreadyPaid(SessionId),
    /// Not offered for this order.
    #[error("the product is not offered")]
    NotOffered,
    /// No such order.
    #[error("no such order")]
    NoOrder,
    /// The bank refused the order.
    #[error("the bank refused the order: {code}")]
    Refused {
        /// The bank's code.
        code: String,
    },
    /// The bank's answer is not known.
    #[error("the bank did not answer")]
    BankSilent,
    /// The ledger cannot be used.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl Opening {
    /// Opens sessions through `provider` and stores them in `store`.
    pub fn new(
        store: Arc<dyn Store>,
        provider: Arc<dyn PaymentProvider>,
        waiting: Waiting,
        metrics: Arc<Metrics>,
        asking: Asking,
        settings: OpeningSettings,
    ) -> Self {
        let OpeningSettings { public_url, page_lifetime, schedule } = settings;
        let (one_at_a_time, turns) = (Mutex::default(), Turns::new(store.clone()));
        let inner = Inner {
            store,
            provider,
            schedule,
            waiting,
            metrics,
            asking,
            public_url,
            page_lifetime,
            one_at_a_time,
            turns,
        };
        Self { inner: Arc::new(inner) }
    }

    /// Opens a session or finds the one that lives. Runs to its end even if the caller goes away.
    pub async fn open(&self, wish: Wish) -> Result<Opened, OpenError> {
        let this = self.clone();
        let task = tokio::spawn(async move {
            let _turn = this.turn(wish.order).await.ok_or(OpenError::Busy)?;
            this.open_in_turn(wish).await
        });
        task.await.unwrap_or_else(|error| {
            tracing::error!(%error, "opening a session ended by a panic");
            Err(OpenError::BankSilent)
        })
    }

    /// Waits until nothing else works on `order`; `None` if that takes too long.
    pub async fn turn(&self, order: OrderId) -> Option<AtWork> {
        let lock = {
            let mut locks = self.inner.one_at_a_time.lock().unwrap_or_else(PoisonError::into_inner);
            locks.retain(|_, lock| lock.strong_count() > 0);
            if let Some(lock) = locks.get(&order).and_then(Weak::upgrade) {
                lock
            } else {
                let lock = Arc::new(tokio::sync::Mutex::new(()));
                locks.insert(order, Arc::downgrade(&lock));
                lock
            }
        };
        let turn = async {
            let here = lock.lock_owned().await;
            let among_instances = self.inner.turns.take(TurnTo::Work(order), "", Duration::ZERO).await;
            let among_instances = among_instances
                .inspect_err(|error| tracing::error!(%error, "no turn to work on an order"))
                .ok()?;
            Some(AtWork { _among_instances: among_instances, _here: here })
        };
        tokio::time::timeout(LONGEST_WAIT, turn).await.ok().flatten()
    }

    async fn open_in_turn(&self, wish: Wish) -> Result<Opened, OpenError> {
        let inner = &self.inner;
        let mut begun = self.begin(&wish).await?;
        for _ in 0..QUESTIONS_PER_WISH {
            let Begun::AskFirst(question) = begun else { break };
            inner.asking.ask(question).await.map_err(|_| OpenError::BankSilent)?;
            begun = self.begin(&wish).await?;
        }
        for _ in 0..ATTEMPTS_PER_WISH {
            let to_send = match begun {
                Begun::Existing(session) => return Ok(Opened { session: *session, new: false }),
                Begun::AskFirst(_) => return Err(OpenError::BankSilent),
                Begun::Send(to_send) => to_send,
                Begun::KeyReused => return Err(OpenError::KeyReused),
                Begun::AlreadyPaid(session) => return Err(OpenError::AlreadyPaid(session)),
                Begun::Refused { code } => return Err(OpenError::Refused { code }),
                Begun::NotOffered => return Err(OpenError::NotOffered),
                Begun::NoOrder => return Err(OpenError::NoOrder),
            };
            match self.send(&to_send).await {
                Ok(page) => return self.opened(&to_send, page).await,
                Err(CreateError::Refused { code, message }) => {
                    tracing::error!(
                        order = to_send.order.as_str(),
                        code,
                        message,
                        "the bank refused an order"
                    );
                    let refusal = Refusal { bank_order: None, cancelled: false, code: code.clone(), message };
                    self.refused(&to_send, refusal).await?;
                    return Err(OpenError::Refused { code });
                }
                Err(CreateError::Declined { bank_order, code, message }) => {
                    let declined = Refusal { bank_order: Some(bank_order), cancelled: false, code, message };
                    let session = self.refused(&to_send, declined).await?;
                    return Ok(Opened { session, new: true });
                }
                Err(CreateError::Cancelled { bank_order, message }) => {
                    let (bank_order, code) = (Some(bank_order), state::BANK.to_owned());
                    let ended = Refusal { bank_order, cancelled: true, code, message };
                    let session = self.refused(&to_send, ended).await?;
                    return Ok(Opened { session, new: true });
                }
                Err(CreateError::Unclear(_)) => return Err(OpenError::BankSilent),
                Err(CreateError::Duplicate) => {
                    tracing::warn!(
                        order = to_send.order.as_str(),
                        "the answer of a create-order call is lost for good"
                    );
                    begun = inner
                        .store
                        .succeed_attempt(Succession {
                            lost: to_send.attempt.id,
                            terminals: self.terminals(),
                            fresh: fresh_ids()?,
                            now: Timestamp::now(),
                        })
                        .await?;
                }
            }
        }
        Err(OpenError::BankSilent)
    }

    async fn begin(&self, wish: &Wish) -> Result<Begun, OpenError> {
        let begin = Begin {
            order: wish.order,
            keyed: wish.keyed.clone(),
            product: wish.product,
            locale: wish.locale.clone(),
            terminals: self.terminals(),
            fresh: fresh_ids()?,
            now: Timestamp::now(),
        };
        Ok(self.inner.store.begin_attempt(begin).await?)
    }

    /// Sends the request; if its answer is lost, the same request once more.
    async fn send(&self, to_send: &ToSend) -> Result<OpenedPage, CreateError> {
        let request = self.request(to_send)?;
        match self.inner.provider.create(&request).await {
            Err(CreateError::Unclear(cause)) => {
                self.inner.metrics.lost_create_answers.add(1);
                tracing::warn!(
                    order = to_send.order.as_str(),
                    cause,
                    "sending the same create-order once more"
                );
                self.inner.provider.create(&request).await
            }
            answered => answered,
        }
    }

    async fn opened(&self, to_send: &ToSend, page: OpenedPage) -> Result<Opened, OpenError> {
        let inner = &self.inner;
        let now = Timestamp::now();
        let session = inner.store.record_page(to_send.attempt.id, page, inner.schedule.clone(), now).await?;
        inner.metrics.sessions.add(1);
        inner.metrics.attempt_became(State::Redirected.word());
        inner.waiting.wake(session.order_id);
        tracing::info!(order = session.order.as_str(), "a payment page is open");
        Ok(Opened { session, new: true })
    }

    async fn refused(&self, to_send: &ToSend, refusal: Refusal) -> Result<SessionView, OpenError> {
        let inner = &self.inner;
        let (attempt, now) = (&to_send.attempt, Timestamp::now());
        let session = inner.store.record_refusal(attempt.id, refusal, inner.schedule.clone(), now).await?;
        inner.metrics.attempt_became(session.state.word());
        inner.waiting.wake(attempt.order);
        Ok(session)
    }

    fn request(&self, to_send: &ToSend) -> Result<CreateOrder, CreateError> {
        let attempt = &to_send.attempt;
        let session = &attempt.session;
        let unclear = |error: url::ParseError| CreateError::Unclear(error.to_string());
        let status_page =
            self.inner.public_url.join(&format!("/pay/{}", session.as_str())).map_err(unclear)?;
        let back = match to_send.return_url.as_deref().map(Url::parse) {
            Some(Ok(url)) => return_url::with_session(&url, session),
            Some(Err(error)) => return Err(unclear(error)),
            None => status_page,
        };
        let notification = format!("/v1/notifications/{}", attempt.notification_secret);
        Ok(CreateOrder {
            product: attempt.product,
            merchant_request_id: attempt.merchant_request_id.clone(),
            amount: attempt.amount,
            order: to_send.order.as_str().to_owned(),
            description: to_send.description.clone(),
            customer_id: to_send.customer_id.clone().unwrap_or_else(|| to_send.order.as_str().to_owned()),
            country: to_send.buyer_country,
            locale: attempt.locale.clone(),
            return_url: back.to_string(),
            notification_url: self.inner.public_url.join(&notification).map_err(unclear)?.to_string(),
            lifetime: self.inner.provider.page_lifetime(attempt.product, self.inner.page_lifetime),
        })
    }

    fn terminals(&self) -> Vec<Terminal> {
        let provider = &self.inner.provider;
        let terminal = |product| {
            let merchant_id = provider.merchant_id(product)?.to_owned();
            let lifetime = provider.page_lifetime(product, self.inner.page_lifetime);
            Some(Terminal { product, merchant_id, lifetime, limits: provider.limits(product) })
        };
        provider.products().into_iter().filter_map(terminal).collect()
    }
}

fn fresh_ids() -> Result<FreshIds, StoreError> {
    Ok(FreshIds {
        session: SessionId::new(random_text()?),
        merchant_request_id: uuid::Uuid::new_v4().to_string(),
        notification_secret: random_text()?,
    })
}
