//! The outcome is being waited for: after the bank has sent the buyer back, on a status page, or when the backend
//! says that the order is paid already.
//!
//! | happens | becomes | effects |
//! |---|---|---|
//! | not known yet, or an unknown word | awaiting | `FetchStatus` after this revision, held by the backend |
//! | …its page still takes money, for six seconds | awaiting, offers the way back to it | none |
//! | …a payment on the phone | awaiting, with the code to scan and the way back at once | none |
//! | `PayPressed` where offered | opening, the same attempt | see `ready.rs` |
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
use crate::polling::PHONE_MILLIS;

/// Until when the outcome is waited for.
#[derive(Debug, Clone)]
pub(crate) struct Awaiting {
    pub(crate) deadline: Moment,
    way_back: WayBack,
    /// The session that is being paid on the phone.
    phone: Option<SessionId>,
}

/// The way back to the payment page, for a buyer who left it without paying.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum WayBack {
    /// The page takes no money, or nobody knows.
    Closed,
    /// It does; but a payment just made may not be known yet.
    From(Moment),
    /// Offered.
    Offered,
}

impl Awaiting {
    pub(crate) const fn until(deadline: Moment) -> Self {
        Self { deadline, way_back: WayBack::Closed, phone: None }
    }

    pub(crate) fn offers_way_back(&self) -> bool {
        self.way_back == WayBack::Offered
    }

    pub(crate) fn due(&self) -> Moment {
        match self.way_back {
            WayBack::From(moment) => moment.min(self.deadline),
            WayBack::Closed | WayBack::Offered => self.deadline,
        }
    }

    /// Takes in whether the payment page still takes money.
    pub(crate) fn page_lives(&mut self, lives: bool, from: Moment) {
        self.way_back = match (lives, self.way_back) {
            (false, _) => WayBack::Closed,
            (true, WayBack::Closed) => WayBack::From(from),
            (true, known) => known,
        };
    }

    fn look_at_the_clock(&mut self, now: Moment) {
        if matches!(self.way_back, WayBack::From(moment) if moment <= now) {
            self.way_back = WayBack::Offered;
        }
    }
}

impl Checkout {
    /// Waits for the outcome of `session`.
    pub(crate) fn wait_for(&mut self, session: SessionId) {
        self.enter_awaiting(self.config.policy.deadline_millis);
        self.follow(session, Pace::Long);
    }

    /// Waits while the buyer pays on the phone. Nobody has left for the page, so the way to it stays offered.
    pub(crate) fn wait_for_phone(&mut self, session: SessionId) {
        let deadline = self.clock.after(PHONE_MILLIS);
        let phone = Some(session.clone());
        self.enter(Phase::Awaiting(Awaiting { deadline, way_back: WayBack::Offered, phone }));
        self.follow(session, Pace::Long);
    }

    /// The session whose code is to be scanned.
    pub(crate) fn scan(&self) -> Option<SessionId> {
        match &self.phase {
            Phase::Awaiting(awaiting) if awaiting.offers_way_back() => awaiting.phone.clone(),
            Phase::Option
            | Phase::Ready(_)
            | Phase::Opening(_)
            | Phase::Redirecting(_)
            | Phase::Awaiting(_)
            | Phase::Settled(_)
            | Phase::Unresolved
            | Phase::SetupError(_) => None,
        }
    }

    /// Waits for the order to name its session.
    pub(crate) fn look_for_session(&mut self) {
        self.enter_awaiting(self.config.policy.deadline_millis);
        self.ask_order();
    }

    pub(crate) fn enter_awaiting(&mut self, millis: u64) {
        let deadline = self.clock.after(millis);
        self.enter(Phase::Awaiting(Awaiting::until(deadline)));
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
        let over = match &mut self.phase {
            Phase::Awaiting(awaiting) => {
                awaiting.look_at_the_clock(self.clock.now());
                awaiting.deadline <= self.clock.now()
            }
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fixture::{checkout, key, note, returned, session, status_page};
    use crate::{Effect, Event, Failure, PhaseName, Screen, Visit};

    fn awaiting() -> crate::fixture::Subject {
        let mut it = status_page();
        it.status_fetched(session("s1", "REDIRECTED", "awaiting", 3));
        it
    }

    #[test]
    fn it_asks_at_once_and_then_lets_the_backend_hold_the_question() {
        let mut it = status_page();
        assert_eq!(it.asked_about(), Some(("s1", None, 0)));
        it.status_fetched(session("s1", "REDIRECTED", "awaiting", 3));
        assert_eq!(it.sleep(), 1_000, "the shortest gap");
        assert_eq!(it.asked_about(), Some(("s1", Some(3), 20)));
    }

    #[test]
    fn a_backend_that_holds_nothing_is_asked_ever_less_often() {
        let mut it = awaiting();
        let mut asked = 0;
        while it.phase() == PhaseName::Awaiting {
            it.sleep();
            if it.asked_about().is_some() {
                asked += 1;
                it.status_fetched(session("s1", "REDIRECTED", "awaiting", 3));
            }
        }
        assert!((8..20).contains(&asked), "{asked}");
    }

    #[test]
    fn a_buyer_who_left_the_page_without_paying_is_offered_the_way_back_to_it() {
        let visit = Visit { note: Some(note("k1", Some("s1"))), ..returned("s1") };
        let mut it = checkout(|_| (), visit);
        it.order_fetched(Some(("s1", "REDIRECTED")));
        it.status_fetched(session("s1", "REDIRECTED", "awaiting", 3));
        assert!(!it.checkout.view().can_continue, "a payment just made may not be known yet");
        it.handle(Event::PayPressed { key: key("k2") });
        assert_eq!(it.effects, []);
        while !it.checkout.view().can_continue {
            it.sleep();
        }
        assert_eq!(it.screen(), Screen::Awaiting { pause: None });
        it.press("k2");
        assert_eq!(it.opened_with(), Some("k1"), "the same attempt");
    }

    #[test]
    fn a_payment_on_the_phone_is_waited_for_with_its_code_and_the_way_to_its_page() {
        let mut it = crate::fixture::ready();
        it.handle(Event::PhonePressed { key: key("k1") });
        it.host_answers(crate::Hook::BeforeSubmit, true);
        it.opened(session("s1", "REDIRECTED", "awaiting", 1));
        assert_eq!(it.screen(), Screen::Awaiting { pause: None });
        let scanned = |it: &crate::fixture::Subject| it.checkout.view().scan.map(|it| it.as_str().to_owned());
        assert_eq!((scanned(&it).as_deref(), it.checkout.view().can_continue), (Some("s1"), true));
        assert_eq!(it.asked_about(), Some(("s1", None, 0)), "nobody left; the page asks at once");
        it.status_fetched(session("s1", "REDIRECTED", "awaiting", 1));
        it.sleep();
        let mut paying = session("s1", "REDIRECTED", "awaiting", 2);
        paying.page = None;
        it.status_fetched(paying);
        assert_eq!(scanned(&it), None, "the bank works on a payment: there is nothing to scan any more");
        it.sleep();
        it.status_fetched(session("s1", "CAPTURED", "paid", 3));
        assert_eq!(it.phase(), PhaseName::Paid);
    }

    #[test]
    fn who_began_on_the_phone_goes_on_here_with_the_same_attempt() {
        let mut it = crate::fixture::ready();
        it.handle(Event::PhonePressed { key: key("k1") });
        it.host_answers(crate::Hook::BeforeSubmit, true);
        it.opened(session("s1", "REDIRECTED", "awaiting", 1));
        it.press("k2");
        assert_eq!(it.opened_with(), Some("k1"));
        it.opened(session("s1", "REDIRECTED", "awaiting", 1));
        it.host_answers(crate::Hook::BeforeRedirect, true);
        assert_eq!(it.phase(), PhaseName::Redirecting);
    }

    #[test]
    fn no_way_back_is_offered_to_a_page_that_takes_no_money_or_without_a_token() {
        let visit = Visit { note: Some(note("k1", Some("s1"))), ..returned("s1") };
        let mut closed = checkout(|_| (), visit);
        closed.order_fetched(Some(("s1", "REDIRECTED")));
        for mut it in [closed, status_page()] {
            let mut paying = session("s1", "REDIRECTED", "awaiting", 3);
            paying.page = paying.page.filter(|_| !it.checkout.view().can_pay);
            it.status_fetched(paying);
            while it.phase() == PhaseName::Awaiting {
                it.sleep();
                assert!(!it.checkout.view().can_continue);
            }
        }
    }

    #[test]
    fn unknown_words_are_waited_for() {
        let mut it = awaiting();
        it.sleep();
        it.status_fetched(session("s1", "CHARGED_BACK", "charged_back", 4));
        assert_eq!(it.screen(), Screen::Awaiting { pause: None });
    }

    #[test]
    fn a_failed_question_is_repeated_not_before_retry_after() {
        let mut it = awaiting();
        it.sleep();
        it.status_failed(Failure::Busy { retry_after_millis: Some(7_000), support_id: None });
        assert_eq!(it.screen(), Screen::Awaiting { pause: Some(Pause::Retrying) });
        assert!(it.sleep() >= 7_000);
        assert_eq!(it.asked_about(), Some(("s1", Some(3), 20)));
    }

    #[test]
    fn a_hidden_or_offline_page_asks_nothing_and_asks_at_once_when_it_is_back() {
        let mut it = awaiting();
        it.sleep();
        let request = it.request();
        it.handle(Event::VisibilityChanged { hidden: true });
        assert_eq!(it.effects, [Effect::Abandon { request }]);
        assert_eq!(it.screen(), Screen::Awaiting { pause: Some(Pause::Hidden) });
        it.now += 3_600_000;
        it.handle(Event::ConnectivityChanged { offline: true });
        it.handle(Event::VisibilityChanged { hidden: false });
        assert_eq!(it.effects, []);
        it.handle(Event::ConnectivityChanged { offline: false });
        assert_eq!(it.asked_about(), Some(("s1", Some(3), 20)));
        assert_eq!(it.screen(), Screen::Awaiting { pause: None });
    }

    #[test]
    fn retry_after_holds_even_if_the_page_is_hidden_and_shown_meanwhile() {
        let mut it = awaiting();
        it.sleep();
        it.status_failed(Failure::Busy { retry_after_millis: Some(60_000), support_id: None });
        it.handle(Event::VisibilityChanged { hidden: true });
        it.now += 30_000;
        it.handle(Event::VisibilityChanged { hidden: false });
        assert_eq!(it.asked_about(), None);
        assert_eq!(it.sleep(), 30_000);
        assert_eq!(it.asked_about(), Some(("s1", Some(3), 20)));
    }

    #[test]
    fn an_old_answer_changes_nothing() {
        let mut it = awaiting();
        it.sleep();
        let request = it.request();
        it.handle(Event::VisibilityChanged { hidden: true });
        it.handle(Event::StatusFetched { request, session: session("s1", "CAPTURED", "paid", 4) });
        assert_eq!((it.effects.len(), it.phase()), (0, PhaseName::Awaiting));
    }

    #[test]
    fn a_paid_session_of_another_order_is_as_if_it_had_never_been_named() {
        for order in [None, Some(checkout_api::OrderRef::new("1042"))] {
            let known = order.is_some();
            let mut it = checkout(|config| config.order = order, returned("foreign"));
            if known {
                it.handle(Event::OrderFetched {
                    request: it.order_request(),
                    order: crate::fixture::order(None),
                });
            } else {
                it.order_fetched(None);
            }
            let mut foreign = session("foreign", "CAPTURED", "paid", 9);
            foreign.order = checkout_api::OrderRef::new("77");
            foreign.amount = money::Amount::new(1, money::Currency::Eur).unwrap();
            it.status_fetched(foreign);
            assert_eq!(it.effects.first(), Some(&Effect::TidyAddress), "{known}");
            assert_eq!(it.screen(), Screen::Ready { resuming: false, notice: None });
            assert_eq!(it.checkout.view().amount, crate::fixture::order(None).amount.into());
        }
    }

    #[test]
    fn a_status_view_with_a_token_finds_the_session_by_its_order() {
        let mut it = checkout(|config| config.view = crate::View::Status, Visit::default());
        assert_eq!(it.phase(), PhaseName::Awaiting);
        it.order_fetched(Some(("s1", "CAPTURED")));
        it.status_fetched(session("s1", "CAPTURED", "paid", 2));
        assert_eq!(it.phase(), PhaseName::Paid);
    }
}
