//! Turns with an order among all instances that serve it: one opens or refunds at a time, and one asks the bank at a
//! time, with a rest after it. Alone on a ledger there is nobody to take turns with.

use std::sync::Arc;
use std::time::Duration;

use tokio::task::JoinHandle;
use uuid::Uuid;

use super::attempt::OrderId;
use crate::store::records::{Turn, TurnClaim};
use crate::store::{Store, StoreError};

/// How long a turn lasts whose holder died; a living one keeps it up.
const LEASE: Duration = Duration::from_secs(10);
const KEEP_UP: Duration = Duration::from_secs(3);
/// How often one who waits looks.
const LOOK_AGAIN: Duration = Duration::from_millis(50);

/// Gives out turns. Cheap to clone.
#[derive(Debug, Clone)]
pub struct Turns {
    store: Arc<dyn Store>,
}

/// Which turns.
#[derive(Debug, Clone, Copy)]
pub enum TurnTo {
    /// To open a session of an order or to refund it.
    Work(OrderId),
    /// To ask the bank about an order.
    Ask(OrderId),
}

/// A wish for a turn, which can come again while it waits.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Wish {
    /// How often it came.
    pub times: u32,
    /// The turn of this instance that was under way when it came last.
    pub during: Option<i64>,
}

/// What came of waiting for a turn that another instance's can make needless.
#[derive(Debug)]
pub enum Waited {
    /// It is one's turn.
    Yours(Held),
    /// Another had one about the same since the wish came, as it was then.
    DoneByAnother(Wish),
}

/// A turn. It ends when it is dropped.
#[derive(Debug)]
pub struct Held {
    held: Option<Kept>,
}

#[derive(Debug)]
struct Kept {
    store: Arc<dyn Store>,
    name: String,
    number: i64,
    holder: String,
    rest: Duration,
    keeping: JoinHandle<()>,
}

impl Turns {
    /// Turns at the orders of `store`.
    pub fn new(store: Arc<dyn Store>) -> Self {
        Self { store }
    }

    /// Waits for a turn; after it others rest for `rest`.
    pub async fn take(&self, to: TurnTo, about: &str, rest: Duration) -> Result<Held, StoreError> {
        loop {
            if let Waited::Yours(held) = self.wait(to, about, rest, None::<fn() -> Wish>).await? {
                return Ok(held);
            }
        }
    }

    /// Waits for a turn, or until another instance had one about the same that began after the newest wish.
    pub async fn take_unless_done(
        &self,
        to: TurnTo,
        about: &str,
        rest: Duration,
        newest: impl Fn() -> Wish,
    ) -> Result<Waited, StoreError> {
        self.wait(to, about, rest, Some(newest)).await
    }

    async fn wait(
        &self,
        to: TurnTo,
        about: &str,
        rest: Duration,
        newest: Option<impl Fn() -> Wish>,
    ) -> Result<Waited, StoreError> {
        if !self.store.is_shared() {
            return Ok(Waited::Yours(Held { held: None }));
        }
        let name = match to {
            TurnTo::Work(order) => format!("work {}", order.0),
            TurnTo::Ask(order) => format!("ask {}", order.0),
        };
        let holder = Uuid::new_v4().to_string();
        let mut wish = Wish::default();
        let mut seen = None;
        loop {
            if let Some(now) = newest.as_ref().map(|newest| newest())
                && now != wish
            {
                wish = now;
                seen = now.during;
            }
            let claim = TurnClaim {
                name: name.clone(),
                about: about.to_owned(),
                holder: holder.clone(),
                lease: LEASE,
                seen,
            };
            match self.store.take_turn(claim).await? {
                Turn::Yours { number } => return Ok(Waited::Yours(self.held(name, number, holder, rest))),
                Turn::DoneByAnother => return Ok(Waited::DoneByAnother(wish)),
                Turn::Taken { number, left, ended } => {
                    // What this turn is about may be older than the wish; the next one's is not.
                    if newest.is_some() && seen.is_none() {
                        seen = Some(number);
                    }
                    tokio::time::sleep(if ended { left.min(LEASE) } else { left.min(LOOK_AGAIN) }).await;
                }
            }
        }
    }

    fn held(&self, name: String, number: i64, holder: String, rest: Duration) -> Held {
        let (store, kept_name, kept_holder) = (self.store.clone(), name.clone(), holder.clone());
        let keeping = tokio::spawn(async move {
            loop {
                tokio::time::sleep(KEEP_UP).await;
                if let Err(error) =
                    store.hold_turn(kept_name.clone(), kept_holder.clone(), LEASE, false).await
                {
                    tracing::warn!(%error, "a turn with an order could not be kept up");
                }
            }
        });
        Held { held: Some(Kept { store: self.store.clone(), name, number, holder, rest, keeping }) }
    }
}

impl Held {
    /// Which turn it is; none where nobody takes turns.
    pub fn number(&self) -> Option<i64> {
        self.held.as_ref().map(|kept| kept.number)
    }

    /// Ends the turn and waits until the others can know.
    pub async fn end(mut self) {
        if let Some(kept) = self.held.take() {
            kept.end().await;
        }
    }
}

impl Drop for Held {
    fn drop(&mut self) {
        if let Some(kept) = self.held.take() {
            tokio::spawn(kept.end());
        }
    }
}

impl Kept {
    async fn end(self) {
        self.keeping.abort();
        if let Err(error) = self.store.hold_turn(self.name, self.holder, self.rest, true).await {
            tracing::warn!(%error, "a turn with an order ends by itself");
        }
    }
}
