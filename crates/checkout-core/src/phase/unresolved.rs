//! Waiting ended without an answer: "still waiting for confirmation; you will not be charged twice". Never offers
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

#[cfg(test)]
mod tests {
    use crate::fixture::{session, status_page};
    use crate::{Effect, Event, HostEvent, PhaseName, Screen};

    fn unresolved() -> crate::fixture::Subject {
        let mut it = status_page();
        it.status_fetched(session("s1", "REDIRECTED", "awaiting", 3));
        while it.phase() == PhaseName::Awaiting {
            it.sleep();
        }
        it
    }

    #[test]
    fn waiting_ends_truthfully_after_three_minutes() {
        let it = unresolved();
        assert_eq!((it.now, it.screen()), (1_180_000, Screen::Unresolved));
        let told = it.effects.iter().any(|effect| {
            matches!(effect, Effect::Tell(HostEvent::Outcome { outcome: None, order, .. }) if order.as_str() == "1042")
        });
        assert!(told, "{:?}", it.effects);
    }

    #[test]
    fn it_still_asks_but_rarely_and_a_late_payment_is_shown() {
        let mut it = unresolved();
        let mut asked = 0;
        let until = it.now + 120_000;
        while it.now < until {
            it.sleep();
            if it.asked_about().is_some() {
                asked += 1;
                it.status_fetched(session("s1", "REDIRECTED", "awaiting", 3));
            }
        }
        assert!((2..=5).contains(&asked), "{asked}");
        it.sleep();
        it.status_fetched(session("s1", "CAPTURED", "paid", 4));
        assert_eq!(it.phase(), PhaseName::Paid);
    }

    #[test]
    fn check_again_waits_anew_for_a_shorter_time_and_tells_the_page_once() {
        let mut it = unresolved();
        let before = it.now;
        it.handle(Event::CheckPressed);
        assert_eq!(it.phase(), PhaseName::Awaiting);
        assert_eq!(it.asked_about(), Some(("s1", Some(3), 20)));
        while it.phase() == PhaseName::Awaiting {
            it.sleep();
        }
        assert_eq!(it.now - before, 45_000);
        assert!(!it.effects.iter().any(|it| matches!(it, Effect::Tell(HostEvent::Outcome { .. }))));
    }

    #[test]
    fn nobody_pays_from_here() {
        let mut it = unresolved();
        it.handle(Event::PayPressed { key: crate::fixture::key("k") });
        assert_eq!((it.effects.len(), it.phase()), (0, PhaseName::Unresolved));
    }
}
