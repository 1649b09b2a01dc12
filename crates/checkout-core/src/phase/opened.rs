//! What the answer to opening a session allows: leaving for its page, opening it again, or only asking about it. The
//! table is in `opening.rs`.

use checkout_api::{Outcome, PaymentSession, PaymentState};

use crate::checkout::Checkout;
use crate::payment_page;
use crate::{ErrorCode, Notice, PageAddress, PageRefusal, RequestId, SetupError};

/// What the backend's answer allows.
enum Opened {
    Page(PageAddress),
    NoPageYet,
    /// Nothing to pay there: its status says what it is.
    AskStatus,
    Refused(PageRefusal),
}

impl Checkout {
    pub(crate) fn session_opened(
        &mut self,
        request: RequestId,
        session: PaymentSession,
        page: Option<PageAddress>,
    ) {
        if !self.is_opening(request) {
            return;
        }
        if self.is_foreign(&session.order) {
            // The page says one order and its token another: whoever pays here would pay the wrong one.
            self.forget_attempt();
            return self.set_up_wrongly(SetupError::Invalid { option: "order" }, ErrorCode::SetupError);
        }
        let opened = self.opened(&session, page);
        self.order = Some(session.order);
        self.amount = Some(session.amount);
        if let Some(attempt) = &mut self.attempt {
            attempt.session = Some(session.session.clone());
            attempt.recalled = false;
        }
        match opened {
            Opened::Page(page) => {
                self.remember_attempt();
                self.ask_before_redirect(session.session, page.href);
            }
            Opened::NoPageYet => self.open_missed(None, Notice::Busy, ErrorCode::Unavailable, None),
            Opened::AskStatus => {
                self.remember_attempt();
                self.wait_for(session.session);
            }
            Opened::Refused(refusal) => {
                self.set_up_wrongly(SetupError::PaymentPage(refusal), ErrorCode::PageNotAllowed);
            }
        }
    }

    /// Only a session that waits for its buyer is left for; everything else is asked about.
    fn opened(&self, session: &PaymentSession, page: Option<PageAddress>) -> Opened {
        let payable = match &session.state {
            PaymentState::Created => true,
            PaymentState::Redirected => !session.can_retry,
            PaymentState::Captured
            | PaymentState::Paid
            | PaymentState::PartiallyRefunded
            | PaymentState::Refunded
            | PaymentState::Rejected
            | PaymentState::Cancelled
            | PaymentState::Unrecognized(_) => false,
        };
        let awaiting = match &session.outcome {
            Outcome::Awaiting => true,
            // A backend may leave the outcome out of this answer; then the state decides.
            Outcome::Unrecognized(word) => word.is_empty(),
            Outcome::Paid | Outcome::Refunded | Outcome::Declined | Outcome::Expired | Outcome::Cancelled => {
                false
            }
        };
        if !payable || !awaiting {
            return Opened::AskStatus;
        }
        match page {
            None if session.page.is_some() => Opened::Refused(PageRefusal::Unreadable),
            None if session.state == PaymentState::Created => Opened::NoPageYet,
            // Its page has had its time, and the bank has not decided what it took.
            None => Opened::AskStatus,
            Some(page) => match payment_page::check(&page, &self.config.payment_hosts) {
                Ok(()) => Opened::Page(page),
                Err(refusal) => Opened::Refused(refusal),
            },
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fixture::{page, ready, session};
    use crate::{Event, Pause, PhaseName, Screen};

    #[test]
    fn what_cannot_be_paid_there_is_asked_about_and_never_left_for() {
        for (state, outcome) in [
            ("CAPTURED", "paid"),
            ("REJECTED", "declined"),
            ("CHARGED_BACK", "awaiting"),
            ("REDIRECTED", "charged_back"),
            ("REDIRECTED", "paid"),
        ] {
            let mut it = ready();
            it.press("k1");
            it.opened(session("s1", state, outcome, 1));
            assert_eq!(it.phase(), PhaseName::Awaiting, "{state} {outcome}");
            assert_eq!(it.asked_about(), Some(("s1", None, 0)));
        }
    }

    #[test]
    fn a_page_past_its_time_is_not_left_for() {
        let mut it = ready();
        it.press("k1");
        let mut old = session("s1", "REDIRECTED", "awaiting", 1);
        old.can_retry = true;
        it.opened(old);
        assert_eq!(it.phase(), PhaseName::Awaiting);
    }

    #[test]
    fn a_payment_that_the_bank_is_working_on_is_waited_for() {
        let mut it = ready();
        it.press("k1");
        let mut undecided = session("s1", "REDIRECTED", "awaiting", 1);
        undecided.page = None;
        let request = it.request();
        it.handle(Event::SessionOpened { request, session: undecided, page: None });
        assert_eq!(it.phase(), PhaseName::Awaiting);
        assert_eq!(it.asked_about(), Some(("s1", None, 0)));
    }

    #[test]
    fn a_session_without_a_page_yet_is_opened_again() {
        let mut it = ready();
        it.press("k1");
        let mut created = session("s1", "CREATED", "awaiting", 1);
        created.page = None;
        let request = it.request();
        it.handle(Event::SessionOpened { request, session: created, page: None });
        assert_eq!(it.screen(), Screen::Opening { pause: Some(Pause::Retrying) });
        it.sleep();
        assert_eq!(it.opened_with(), Some("k1"));
    }

    #[test]
    fn a_page_elsewhere_and_a_session_of_another_order_stop_for_good() {
        let mut it = ready();
        it.press("k1");
        let request = it.request();
        let evil = page("https://evil.example/", "evil.example");
        let opened = session("s1", "REDIRECTED", "awaiting", 1);
        it.handle(Event::SessionOpened { request, session: opened.clone(), page: Some(evil) });
        let host = "evil.example".to_owned();
        let refusal = SetupError::PaymentPage(PageRefusal::HostNotAllowed { host });
        assert_eq!(it.screen(), Screen::SetupError(refusal));
        assert_eq!(it.error(), Some((ErrorCode::PageNotAllowed, false)));

        let mut it = ready();
        it.press("k1");
        it.opened(PaymentSession { order: checkout_api::OrderRef::new("9"), ..opened });
        assert_eq!(it.screen(), Screen::SetupError(SetupError::Invalid { option: "order" }));
        assert_eq!(it.checkout.view().order, Some(checkout_api::OrderRef::new("1042")));
    }
}
