//! The outcome is being waited for: after the bank has sent the buyer back, on a status page, or when the backend
//! says that the order is paid already.
//!
//! | happens | becomes | effects |
//! |---|---|---|
//! | not known yet, or an unknown word | awaiting | `FetchStatus` after this revision, held by the backend |
//! | not known yet, past its time | expired, pay again | asks rarely: a late payment is still found |
//! | not known yet, never got a page, token | ready, resuming | none |
//! | final | settled | see `settled.rs` |
//! | failed | awaiting, retrying | again after a back-off, not before `Retry-After` |
//! | hidden or offline | awaiting, paused | `Abandon`; the end of waiting is put off |
//! | shown and online again | awaiting | `FetchStatus` at once |
//! | the session is another order's or absent | as without it | `TidyAddress` if the address named it |
//! | the deadline | unresolved | see `unresolved.rs` |

use checkout_api::SessionId;

use crate::Pause;
use crate::checkout::Checkout;
use crate::clock::Moment;
use crate::inquiry::Pace;
use crate::phase::Phase;

/// Until when the outcome is waited for.
#[derive(Debug, Clone)]
pub(crate) struct Awaiting {
    pub(crate) deadline: Moment,
}

impl Checkout {
    /// Waits for the outcome of `session`.
    pub(crate) fn wait_for(&mut self, session: SessionId) {
        self.enter_awaiting(self.config.policy.deadline_millis);
        self.follow(session, Pace::Long);
    }

    /// Waits for the order to name its session.
    pub(crate) fn look_for_session(&mut self) {
        self.enter_awaiting(self.config.policy.deadline_millis);
        self.ask_order();
    }

    pub(crate) fn enter_awaiting(&mut self, millis: u64) {
        let deadline = self.clock.after(millis);
        self.enter(Phase::Awaiting(Awaiting { deadline }));
    }

    /// Gives the buyer who comes back to the page at least a short time to see an answer.
    pub(crate) fn put_deadline_off(&mut self) {
        let at_least = self.clock.after(self.config.policy.short_deadline());
        if let Phase::Awaiting(awaiting) = &mut self.phase {
            awaiting.deadline = awaiting.deadline.max(at_least);
        }
    }

    /// Awaiting's alarm: the truthful stop.
    pub(crate) fn awaiting_due(&mut self) {
        let over = match &self.phase {
            Phase::Awaiting(awaiting) => awaiting.deadline <= self.clock.now(),
            Phase::Option
            | Phase::Ready(_)
            | Phase::Opening(_)
            | Phase::Redirecting(_)
            | Phase::Settled(_)
            | Phase::Unresolved
            | Phase::SetupError(_) => false,
        };
        if over && !self.is_paused() {
            self.stop_waiting();
        }
    }

    /// Why nothing is asked right now.
    pub(crate) fn pause(&self) -> Option<Pause> {
        let retrying = match &self.inquiry {
            Some(inquiry) => inquiry.is_waiting_to_retry(),
            None => self.order_question.is_waiting_to_retry(),
        };
        if self.offline {
            Some(Pause::Offline)
        } else if self.hidden {
            Some(Pause::Hidden)
        } else {
            retrying.then_some(Pause::Retrying)
        }
    }
}
