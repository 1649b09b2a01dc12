//! Waiting ended without an answer: "we are still waiting for your bank; you will not be charged twice". Never offers
//! to pay: the money may be on its way.
//!
//! | happens | becomes | effects |
//! |---|---|---|
//! | the deadline | unresolved | `Abandon`, `Tell(Outcome: none)` once; asks rarely while the page is visible |
//! | `CheckPressed` | awaiting, for a shorter time | `FetchStatus` at once |
//! | not known yet | unresolved | none |
//! | final, past its time, never got a page | as in `awaiting.rs` | |

use checkout_api::{OrderRef, PaymentState};

use crate::checkout::Checkout;
use crate::inquiry::Pace;
use crate::phase::Phase;

impl Checkout {
    /// Stops waiting, truthfully.
    pub(crate) fn stop_waiting(&mut self) {
        self.enter(Phase::Unresolved);
        if self.inquiry.is_none() {
            return self.stop_asking_order();
        }
        self.ask_slowly();
        let Some(inquiry) = &self.inquiry else { return };
        let session = inquiry.session.clone();
        let state = inquiry.known.as_ref().map(|(_, state)| state.clone());
        let order = self.order.clone().unwrap_or_else(|| OrderRef::new(""));
        let state = state.unwrap_or_else(|| PaymentState::Unrecognized(String::new()));
        self.tell_outcome(order, session, state, None);
    }

    pub(crate) fn check_pressed(&mut self) {
        match &self.phase {
            Phase::Unresolved => {}
            Phase::Option
            | Phase::Ready(_)
            | Phase::Opening(_)
            | Phase::Redirecting(_)
            | Phase::Awaiting(_)
            | Phase::Settled(_)
            | Phase::SetupError(_) => return,
        }
        self.enter_awaiting(self.config.policy.short_deadline());
        if self.inquiry.is_some() {
            self.ask_anew(Pace::Long);
        } else {
            self.ask_order();
        }
    }
}
