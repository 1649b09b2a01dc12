//! The attempt under way: its key, what it was begun with, and its session once the backend has named it.

use checkout_api::{IdempotencyKey, Product, SessionId};

use crate::checkout::Checkout;
use crate::{Effect, Note};

/// One attempt to pay. It lives from the first Pay until the backend says it is over.
#[derive(Debug, Clone)]
pub(crate) struct Attempt {
    /// Reused by every retry.
    pub(crate) key: IdempotencyKey,
    /// What it was begun with: the same key with another choice would be refused.
    pub(crate) product: Option<Product>,
    /// Its session.
    pub(crate) session: Option<SessionId>,
    /// Whether this tab remembers it, so that there is something to forget.
    pub(crate) remembered: bool,
    /// Whether it was found at the start and the backend has not answered it since: it may be of another order of
    /// this shop, paid in this tab before.
    pub(crate) recalled: bool,
}

impl Attempt {
    pub(crate) const fn begun(key: IdempotencyKey, product: Option<Product>) -> Self {
        Self { key, product, session: None, remembered: false, recalled: false }
    }

    /// The attempt a note tells of.
    pub(crate) fn recalled(note: Note) -> Self {
        let Note { key, session, product } = note;
        Self { key, product, session, remembered: true, recalled: true }
    }

    pub(crate) fn note(&self) -> Note {
        Note { key: self.key.clone(), session: self.session.clone(), product: self.product.clone() }
    }

    /// Whether `session` may be this attempt: the same, or the backend's name for it has not arrived.
    pub(crate) fn may_be(&self, session: &SessionId) -> bool {
        self.session.as_ref().is_none_or(|own| own == session)
    }
}

impl Checkout {
    /// Whether the backend has named `session` as this tab's own attempt.
    pub(crate) fn is_own(&self, session: &SessionId) -> bool {
        self.attempt.as_ref().and_then(|attempt| attempt.session.as_ref()) == Some(session)
    }

    /// Remembers the attempt in this tab as it is now.
    pub(crate) fn remember_attempt(&mut self) {
        if let Some(attempt) = &mut self.attempt {
            attempt.remembered = true;
            self.effects.push(Effect::Remember(attempt.note()));
        }
    }

    /// Forgets the attempt: the next press begins another with its own key.
    pub(crate) fn forget_attempt(&mut self) {
        if self.attempt.take().is_some_and(|attempt| attempt.remembered) {
            self.effects.push(Effect::Forget);
        }
    }

    /// Forgets the attempt if `session` is or may be its own.
    pub(crate) fn forget_attempt_of(&mut self, session: &SessionId) {
        if self.attempt.as_ref().is_some_and(|attempt| attempt.may_be(session)) {
            self.forget_attempt();
        }
    }

    /// Drops an attempt that nothing was remembered or sent for.
    pub(crate) fn drop_unsent_attempt(&mut self) {
        self.attempt.take_if(|attempt| !attempt.remembered);
    }
}
