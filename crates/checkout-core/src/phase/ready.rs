//! The pay button is offered.
//!
//! | happens | becomes | effects |
//! |---|---|---|
//! | `PayPressed`, also on a settled screen that offers it | opening | give up the status question; `AskHost(BeforeSubmit)` |
//! | `PhonePressed`, likewise | opening, for the phone | the same |
//! | `PayPressed` without a token | ready | none |
//! | `ProductChosen`, one that the order offers | ready | none; an attempt already begun keeps its own |
//! | the session is being paid, page came by the return URL | awaiting | goes on asking |
//! | the session is being paid, fresh visit | ready, resuming | asks rarely where this tab began it: it may be on a phone |
//! | the session is final | settled | see `settled.rs` |
//! | the order will not be told | ready with a notice | `Tell(Error)` |

use checkout_api::{IdempotencyKey, Product};

use crate::attempt::Attempt;
use crate::checkout::Checkout;
use crate::phase::{Device, Phase};
use crate::{Notice, View};

/// What the button says.
#[derive(Debug, Clone)]
pub(crate) struct Ready {
    pub(crate) resuming: bool,
    pub(crate) notice: Option<Notice>,
}

impl Checkout {
    /// Offers the button; it resumes if an attempt is under way.
    pub(crate) fn offer(&mut self, notice: Option<Notice>) {
        let resuming = self.attempt.is_some();
        self.enter(Phase::Ready(Ready { resuming, notice }));
    }

    /// Offers the button for a session that is known to live.
    pub(crate) fn offer_to_resume(&mut self) {
        let notice = match &self.phase {
            Phase::Ready(ready) => ready.notice,
            Phase::Option
            | Phase::Opening(_)
            | Phase::Redirecting(_)
            | Phase::Awaiting(_)
            | Phase::Settled(_)
            | Phase::Unresolved
            | Phase::SetupError(_) => None,
        };
        self.enter(Phase::Ready(Ready { resuming: true, notice }));
    }

    pub(crate) fn pay_pressed(&mut self, key: IdempotencyKey, device: Device) {
        if !self.offers_to_pay() {
            return;
        }
        self.stop_asking();
        self.clue = None;
        self.returned = None;
        if self.attempt.is_none() {
            self.attempt = Some(Attempt::begun(key, self.product.clone()));
        }
        self.ask_before_submit(device);
    }

    pub(crate) fn product_chosen(&mut self, product: Product) {
        if self.offers_to_pay() && self.products.contains(&product) {
            self.product = Some(product);
        }
    }

    /// The order will not be told: who still looks for it is offered the button. Says whether the screen shows it.
    pub(crate) fn offers_ready_without_order(&mut self, notice: Notice) -> bool {
        match &mut self.phase {
            Phase::Ready(ready) => {
                ready.notice = Some(notice);
                true
            }
            Phase::Awaiting(_) if self.inquiry.is_none() => {
                self.offer(Some(notice));
                true
            }
            Phase::Option
            | Phase::Opening(_)
            | Phase::Redirecting(_)
            | Phase::Awaiting(_)
            | Phase::Settled(_)
            | Phase::Unresolved
            | Phase::SetupError(_) => false,
        }
    }

    /// Whether this page has the right to pay.
    pub(crate) fn can_pay(&self) -> bool {
        self.config.has_token && self.config.view != View::Option
    }

    /// Whether a buyer who waits may go back to the payment page.
    pub(crate) fn offers_way_back(&self) -> bool {
        matches!(&self.phase, Phase::Awaiting(awaiting) if awaiting.offers_way_back())
    }

    fn offers_to_pay(&self) -> bool {
        self.can_pay()
            && match &self.phase {
                Phase::Ready(_) => true,
                Phase::Settled(settled) => settled.offers_to_pay(),
                Phase::Awaiting(awaiting) => awaiting.offers_way_back(),
                Phase::Option
                | Phase::Opening(_)
                | Phase::Redirecting(_)
                | Phase::Unresolved
                | Phase::SetupError(_) => false,
            }
    }
}

#[cfg(test)]
mod tests {
    use checkout_api::Product;

    use super::*;
    use crate::fixture::{checkout, key, note, ready, returned, session};
    use crate::{Effect, Event, Hook, HostEvent, PhaseName, Screen, Visit};

    #[test]
    fn the_button_is_there_before_the_backend_has_answered() {
        let it = checkout(|_| (), Visit::default());
        assert_eq!(it.screen(), Screen::Ready { resuming: false, notice: None });
        assert!(it.did(&Effect::Tell(HostEvent::Ready)));
        assert!(it.did(&Effect::FetchOrder { request: it.order_request() }));
    }

    #[test]
    fn a_press_asks_the_page_before_anything_is_remembered_or_sent() {
        let mut it = ready();
        it.handle(Event::PayPressed { key: key("k1") });
        let request = it.request();
        assert_eq!(
            it.effects,
            [
                Effect::Tell(HostEvent::Change { phase: PhaseName::Opening }),
                Effect::AskHost { request, hook: Hook::BeforeSubmit },
            ]
        );
    }

    #[test]
    fn the_choice_is_one_of_the_orders_and_an_attempt_keeps_its_own() {
        let mut it = ready();
        it.handle(Event::ProductChosen(Product::AlipayPlus));
        assert_eq!(it.checkout.view().product, Some(Product::Card));
        it.handle(Event::ProductChosen(Product::A2a));
        it.press("k1");
        it.handle(Event::ProductChosen(Product::Card));
        assert_eq!(it.checkout.view().product, Some(Product::A2a), "not while the session is being opened");
        it.handle(Event::PageRestored);
        it.handle(Event::ProductChosen(Product::Card));
        it.press("k2");
        let sent = Effect::OpenSession { request: it.request(), key: key("k1"), product: Some(Product::A2a) };
        assert!(it.did(&sent));
    }

    #[test]
    fn a_live_session_is_resumed_on_a_fresh_visit_and_waited_for_after_the_return() {
        for (visit, name) in [(Visit::default(), PhaseName::Ready), (returned("s1"), PhaseName::Awaiting)] {
            let mut it = checkout(|_| (), visit);
            assert_eq!(it.phase(), PhaseName::Ready);
            it.order_fetched(Some(("s1", "REDIRECTED")));
            assert_eq!(it.asked_about(), Some(("s1", None, 0)));
            it.status_fetched(session("s1", "REDIRECTED", "awaiting", 3));
            assert_eq!(it.phase(), name);
        }
    }

    #[test]
    fn a_payment_left_on_the_phone_is_found_after_the_page_was_loaded_anew() {
        let mut it = checkout(|_| (), Visit { note: Some(note("k", Some("s1"))), ..Visit::default() });
        it.order_fetched(Some(("s1", "REDIRECTED")));
        it.status_fetched(session("s1", "REDIRECTED", "awaiting", 3));
        assert_eq!(it.screen(), Screen::Ready { resuming: true, notice: None });
        it.sleep();
        it.status_fetched(session("s1", "CAPTURED", "paid", 4));
        assert_eq!(it.screen(), Screen::Paid);
    }

    #[test]
    fn who_comes_back_in_the_same_tab_never_sees_the_button_first() {
        let it = checkout(|_| (), Visit { note: Some(note("k", Some("s1"))), ..returned("s1") });
        assert_eq!(it.phase(), PhaseName::Awaiting);
    }

    #[test]
    fn a_note_of_another_order_is_forgotten_with_its_key() {
        let visit = Visit { note: Some(note("old", Some("s0"))), ..Visit::default() };
        let mut it = checkout(|_| (), visit);
        assert_eq!(it.screen(), Screen::Ready { resuming: true, notice: None });
        it.order_fetched(None);
        assert!(it.did(&Effect::Forget));
        assert_eq!(it.screen(), Screen::Ready { resuming: false, notice: None });
        it.press("new");
        assert_eq!(it.opened_with(), Some("new"));
    }

    #[test]
    fn a_page_without_a_token_pays_nothing() {
        let mut it = crate::fixture::status_page();
        it.status_failed(crate::Failure::NotFound);
        assert_eq!(it.screen(), Screen::Ready { resuming: false, notice: Some(Notice::SessionNotFound) });
        assert!(!it.checkout.view().can_pay && it.did(&Effect::TidyAddress));
        it.handle(Event::PayPressed { key: key("k") });
        assert_eq!(it.effects, []);
    }

    #[test]
    fn a_return_address_that_cannot_be_read_is_not_the_shops_mistake() {
        let garbled = Visit { returned: true, ..Visit::default() };
        let mut it = checkout(|config| (config.view, config.has_token) = (View::Status, false), garbled);
        assert_eq!(it.screen(), Screen::Ready { resuming: false, notice: Some(Notice::SessionNotFound) });
        assert!(!it.checkout.view().can_pay);
        it.handle(Event::CheckPressed);
        assert_eq!(it.effects, []);
    }
}
