//! The backend has said how it ended. The only way in is a fetched status.
//!
//! | the status says | becomes | effects |
//! |---|---|---|
//! | paid, refunded | that | `Forget` (with a token), `Tell(Outcome)`; nothing is asked any more |
//! | declined, expired, cancelled | that; offers to pay if the order may and the page has a token | `Forget`, `Tell(Outcome)` |
//! | not known yet, but past its time | expired; offers to pay with a token | `Forget`; asks rarely |
//! | …and later: not known yet | expired; offers to pay while the order may | asks rarely |
//!
//! | happens | becomes | effects |
//! |---|---|---|
//! | `PayPressed` where offered | opening, as a new attempt | see `ready.rs` |

use checkout_api::{Outcome, PaymentSession, PaymentState};

use crate::checkout::Checkout;
use crate::inquiry::Pace;
use crate::phase::Phase;
use crate::polling::WAY_BACK_MILLIS;
use crate::verdict::Verdict;
use crate::{Effect, PhaseName, Screen};

/// How it ended.
#[derive(Debug, Clone)]
pub(crate) enum Settled {
    Paid,
    Refunded,
    Declined { reason: Option<String>, can_retry: bool },
    Expired { can_retry: bool },
    Cancelled { can_retry: bool },
}

impl Settled {
    pub(crate) const fn name(&self) -> PhaseName {
        match self {
            Self::Paid => PhaseName::Paid,
            Self::Refunded => PhaseName::Refunded,
            Self::Declined { .. } => PhaseName::Declined,
            Self::Expired { .. } => PhaseName::Expired,
            Self::Cancelled { .. } => PhaseName::Cancelled,
        }
    }

    pub(crate) const fn offers_to_pay(&self) -> bool {
        match self {
            Self::Paid | Self::Refunded => false,
            Self::Declined { can_retry, .. }
            | Self::Expired { can_retry }
            | Self::Cancelled { can_retry } => *can_retry,
        }
    }

    pub(crate) fn screen(&self) -> Screen {
        match self {
            Self::Paid => Screen::Paid,
            Self::Refunded => Screen::Refunded,
            Self::Declined { reason, can_retry } => {
                Screen::Declined { reason: reason.clone(), can_retry: *can_retry }
            }
            Self::Expired { can_retry } => Screen::Expired { can_retry: *can_retry },
            Self::Cancelled { can_retry } => Screen::Cancelled { can_retry: *can_retry },
        }
    }
}

impl Checkout {
    /// Takes in what a fetched status means, for a session of the page's order.
    pub(crate) fn conclude(&mut self, session: PaymentSession) {
        let can_retry = session.can_retry && self.can_pay();
        match Verdict::of(&session) {
            Verdict::Paid => self.settle(session, Settled::Paid, Outcome::Paid),
            Verdict::Refunded => self.settle(session, Settled::Refunded, Outcome::Refunded),
            Verdict::Declined => {
                let reason = session.reason.clone();
                self.settle(session, Settled::Declined { reason, can_retry }, Outcome::Declined);
            }
            Verdict::Expired => self.settle(session, Settled::Expired { can_retry }, Outcome::Expired),
            Verdict::Cancelled => self.settle(session, Settled::Cancelled { can_retry }, Outcome::Cancelled),
            Verdict::Lapsed => self.lapse(&session, can_retry),
            Verdict::Unopened if can_retry => {
                self.stop_asking();
                self.offer_to_resume();
            }
            Verdict::Pending | Verdict::Unopened => self.not_known_yet(&session, can_retry),
        }
    }

    fn settle(&mut self, session: PaymentSession, settled: Settled, outcome: Outcome) {
        let money_came = match &settled {
            Settled::Paid | Settled::Refunded => true,
            Settled::Declined { .. } | Settled::Expired { .. } | Settled::Cancelled { .. } => false,
        };
        self.stop_asking();
        if money_came {
            self.stop_asking_order();
        }
        match (money_came, self.can_pay()) {
            // The order is paid: whatever attempt this tab remembers is over.
            (true, true) => self.forget_attempt(),
            // A status page without a token shows the payment again after a reload.
            (true, false) => {}
            (false, _) => self.forget_attempt_of(&session.session),
        }
        if self.can_pay() || self.is_own(&session.session) {
            self.tidy_address(&session.session);
        }
        self.enter(Phase::Settled(settled));
        self.tell_outcome(session.order, session.session, session.state, Some(outcome));
    }

    /// Its page takes no money any more, but what happened before is not known yet.
    fn lapse(&mut self, session: &PaymentSession, can_retry: bool) {
        self.forget_attempt_of(&session.session);
        self.enter(Phase::Settled(Settled::Expired { can_retry }));
        if let Some(inquiry) = &mut self.inquiry {
            inquiry.pace = Pace::Slow;
        }
        self.keep_asking();
    }

    fn not_known_yet(&mut self, session: &PaymentSession, can_retry: bool) {
        let page_lives =
            self.can_pay() && session.page.is_some() && session.state == PaymentState::Redirected;
        match &mut self.phase {
            Phase::Ready(ready) => {
                if self.returned.as_ref() == Some(&session.session) {
                    if let Some(inquiry) = &mut self.inquiry {
                        inquiry.pace = Pace::Long;
                    }
                    self.enter_awaiting(self.config.policy.deadline_millis);
                } else {
                    ready.resuming = true;
                }
                self.keep_asking();
            }
            Phase::Settled(Settled::Expired { can_retry: offered }) => {
                *offered = can_retry;
                self.keep_asking();
            }
            Phase::Awaiting(awaiting) => {
                awaiting.page_lives(page_lives, self.clock.after(WAY_BACK_MILLIS));
                self.keep_asking();
            }
            Phase::Unresolved | Phase::Redirecting(_) => self.keep_asking(),
            Phase::Settled(
                Settled::Paid | Settled::Refunded | Settled::Declined { .. } | Settled::Cancelled { .. },
            )
            | Phase::Option
            | Phase::Opening(_)
            | Phase::SetupError(_) => self.stop_asking(),
        }
    }

    /// Takes the session out of the address bar if it is the one named there.
    pub(crate) fn tidy_address(&mut self, session: &checkout_api::SessionId) {
        if self.returned.take_if(|named| named == session).is_some() {
            self.effects.push(Effect::TidyAddress);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fixture::{checkout, key, note, ready, returned, session, status_page};
    use crate::{Event, HostEvent, Visit};

    fn back_in_the_same_tab() -> crate::fixture::Subject {
        let visit = Visit { note: Some(note("k1", Some("s1"))), ..returned("s1") };
        let mut it = checkout(|_| (), visit);
        it.order_fetched(Some(("s1", "REDIRECTED")));
        it
    }

    fn can_retry(mut session: PaymentSession) -> PaymentSession {
        session.can_retry = true;
        session
    }

    #[test]
    fn paid_is_told_once_the_address_is_tidied_and_nothing_follows() {
        let mut it = back_in_the_same_tab();
        it.status_fetched(session("s1", "CAPTURED", "paid", 4));
        let outcome = HostEvent::Outcome {
            order: checkout_api::OrderRef::new("1042"),
            session: checkout_api::SessionId::new("s1"),
            state: checkout_api::PaymentState::Captured,
            outcome: Some(Outcome::Paid),
        };
        assert_eq!(
            it.effects,
            [
                Effect::Forget,
                Effect::TidyAddress,
                Effect::Tell(HostEvent::Change { phase: PhaseName::Paid }),
                Effect::Tell(outcome),
            ]
        );
        for event in [Event::PageRestored, Event::CheckPressed, Event::PayPressed { key: key("k") }] {
            it.handle(event);
            assert_eq!(it.effects, []);
        }
    }

    #[test]
    fn a_refused_payment_is_tried_again_under_a_new_key() {
        let mut it = back_in_the_same_tab();
        let mut rejected = can_retry(session("s1", "REJECTED", "declined", 4));
        rejected.reason = Some("51".to_owned());
        it.status_fetched(rejected);
        assert!(it.did(&Effect::Forget));
        assert_eq!(it.screen(), Screen::Declined { reason: Some("51".to_owned()), can_retry: true });
        it.press("k2");
        assert_eq!(it.opened_with(), Some("k2"));
    }

    #[test]
    fn a_page_without_a_token_offers_no_further_attempt() {
        let mut it = status_page();
        it.status_fetched(can_retry(session("s1", "REJECTED", "declined", 4)));
        assert_eq!(it.screen(), Screen::Declined { reason: None, can_retry: false });
        it.handle(Event::PayPressed { key: key("k") });
        assert_eq!(it.effects, []);
    }

    #[test]
    fn a_page_past_its_time_offers_another_attempt_and_a_late_payment_is_still_shown() {
        let mut it = back_in_the_same_tab();
        it.status_fetched(can_retry(session("s1", "REDIRECTED", "awaiting", 4)));
        assert_eq!(it.screen(), Screen::Expired { can_retry: true });
        assert!(it.sleep() >= 30_000);
        it.status_fetched(session("s1", "CAPTURED", "paid", 5));
        assert_eq!(it.screen(), Screen::Paid);

        let mut it = back_in_the_same_tab();
        it.status_fetched(can_retry(session("s1", "REDIRECTED", "awaiting", 4)));
        it.press("k2");
        assert_eq!(it.opened_with(), Some("k2"), "the expired attempt's key would bring its page again");
    }

    #[test]
    fn an_attempt_that_never_got_a_page_is_resumed() {
        let mut it = ready();
        it.press("k1");
        it.handle(Event::PageRestored);
        let mut it = checkout(|_| (), Visit { note: Some(note("k1", None)), ..Visit::default() });
        it.order_fetched(Some(("s1", "CREATED")));
        it.status_fetched(can_retry(session("s1", "CREATED", "awaiting", 1)));
        assert_eq!(it.screen(), Screen::Ready { resuming: true, notice: None });
        it.press("k2");
        assert_eq!(it.opened_with(), Some("k1"));
    }

    #[test]
    fn ended_by_time_or_by_the_bank_are_told_apart() {
        for (outcome, name) in [("expired", PhaseName::Expired), ("cancelled", PhaseName::Cancelled)] {
            let mut it = back_in_the_same_tab();
            it.status_fetched(session("s1", "CANCELLED", outcome, 4));
            assert_eq!(it.phase(), name);
            assert!(it.did(&Effect::Forget));
        }
    }
}
