//! The question about the token's order: its number, amount, ways to pay and latest attempt. It runs beside the
//! screen: the pay button never waits for it. What the answer means for the session is decided in `learning.rs`.
//!
//! | happens | then |
//! |---|---|
//! | start with a token, page visible and online | `FetchOrder` |
//! | page hidden or offline | abandoned; asked again when both are over |
//! | failed: network, busy | again after a back-off with jitter, not before `Retry-After` |
//! | failed: token stale | again with a fresh one, see `fresh_token.rs`; else the notice "reload the page" |
//! | failed: refused | the notice "refused" |

use checkout_api::Checkout as OrderAnswer;

use crate::checkout::Checkout;
use crate::clock::Moment;
use crate::fresh_token::AskedWith;
use crate::polling::SILENCE_MILLIS;
use crate::{Effect, ErrorCode, Failure, Notice, RequestId, SetupError};

/// Where the question stands.
#[derive(Debug, Clone, Default)]
pub(crate) struct OrderQuestion {
    stage: Stage,
    failures: u32,
    token: AskedWith,
}

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
enum Stage {
    /// Not asked, answered, or given up.
    #[default]
    Idle,
    Asking(RequestId, Moment),
    /// Waiting for a fresh token.
    Refreshing,
    Waiting(Moment),
}

impl OrderQuestion {
    pub(crate) const fn is_open(&self) -> bool {
        match self.stage {
            Stage::Idle => false,
            Stage::Asking(..) | Stage::Refreshing | Stage::Waiting(_) => true,
        }
    }

    pub(crate) fn is_refreshing(&self) -> bool {
        self.stage == Stage::Refreshing
    }

    pub(crate) const fn is_waiting_to_retry(&self) -> bool {
        match self.stage {
            Stage::Waiting(_) => self.failures > 0,
            Stage::Idle | Stage::Asking(..) | Stage::Refreshing => false,
        }
    }

    pub(crate) const fn due(&self) -> Option<Moment> {
        match self.stage {
            Stage::Idle | Stage::Refreshing => None,
            Stage::Asking(_, due) | Stage::Waiting(due) => Some(due),
        }
    }
}

impl Checkout {
    /// Asks about the order now, or as soon as the page may ask.
    pub(crate) fn ask_order(&mut self) {
        self.abandon_order_question();
        if self.is_paused() {
            self.order_question.stage = Stage::Waiting(self.clock.now());
            return;
        }
        let request = RequestId(self.next_id());
        self.order_question.stage = Stage::Asking(request, self.clock.after(SILENCE_MILLIS));
        self.effects.push(Effect::FetchOrder { request });
    }

    /// Gives the question up.
    pub(crate) fn stop_asking_order(&mut self) {
        self.abandon_order_question();
        self.order_question.stage = Stage::Idle;
    }

    /// Abandons the running request; the question itself stays.
    pub(crate) fn abandon_order_question(&mut self) {
        match self.order_question.stage {
            Stage::Asking(request, _) => {
                self.order_question.stage = Stage::Waiting(self.clock.now());
                self.effects.push(Effect::Abandon { request });
            }
            Stage::Refreshing => self.order_question.stage = Stage::Waiting(self.clock.now()),
            Stage::Idle | Stage::Waiting(_) => {}
        }
    }

    /// The question's alarm: time to ask, or the answer has been silent for too long.
    pub(crate) fn order_question_due(&mut self) {
        if self.is_paused() || self.order_question.due().is_none_or(|due| due > self.clock.now()) {
            return;
        }
        match self.order_question.stage {
            Stage::Idle | Stage::Refreshing => {}
            Stage::Waiting(_) => self.ask_order(),
            Stage::Asking(request, _) => {
                self.effects.push(Effect::Abandon { request });
                self.order_missed(None);
            }
        }
    }

    pub(crate) fn order_fetched(&mut self, request: RequestId, order: OrderAnswer) {
        if !self.takes_order_answer(request) {
            return;
        }
        self.order_question = OrderQuestion::default();
        if self.is_foreign(&order.order) {
            // The page says one order and its token another: only the merchant can put that right.
            return self.set_up_wrongly(SetupError::Invalid { option: "order" }, ErrorCode::SetupError);
        }
        self.learn_order(order);
    }

    pub(crate) fn order_failed(&mut self, request: RequestId, failure: Failure) {
        if !self.takes_order_answer(request) {
            return;
        }
        match failure {
            Failure::Network | Failure::AlreadyPaid { .. } => self.order_missed(None),
            Failure::Busy { retry_after_millis, .. } => self.order_missed(retry_after_millis),
            Failure::TokenStale { support_id } => match self.order_question.token {
                AskedWith::AtHand if self.config.can_refresh_token => {
                    self.order_question.stage = Stage::Refreshing;
                    self.refresh_token();
                }
                AskedWith::Overtaken => self.ask_order_with_fresh_token(),
                AskedWith::AtHand | AskedWith::Fresh => {
                    self.order_untold(Notice::TokenStale, ErrorCode::TokenStale, support_id);
                }
            },
            Failure::Refused { support_id } | Failure::KeySpent { support_id } => {
                self.order_untold(Notice::Refused, ErrorCode::Refused, support_id);
            }
            Failure::NotFound => self.order_untold(Notice::Refused, ErrorCode::Refused, None),
        }
    }

    fn ask_order_with_fresh_token(&mut self) {
        self.order_question.token = AskedWith::Fresh;
        self.ask_order();
    }

    /// A fresh token came, or none will.
    pub(crate) fn order_question_refreshed(&mut self, came: bool) {
        match self.order_question.stage {
            Stage::Refreshing if came => self.ask_order_with_fresh_token(),
            Stage::Refreshing => self.order_untold(Notice::TokenStale, ErrorCode::TokenStale, None),
            Stage::Asking(..) if came => self.order_question.token = AskedWith::Overtaken,
            Stage::Idle | Stage::Asking(..) | Stage::Waiting(_) => {}
        }
    }

    fn takes_order_answer(&mut self, request: RequestId) -> bool {
        match self.order_question.stage {
            Stage::Asking(waited_for, _) if waited_for == request => {
                self.order_question.stage = Stage::Waiting(self.clock.now());
                true
            }
            Stage::Idle | Stage::Asking(..) | Stage::Refreshing | Stage::Waiting(_) => false,
        }
    }

    fn order_missed(&mut self, retry_after_millis: Option<u64>) {
        let question = &mut self.order_question;
        question.failures = question.failures.saturating_add(1);
        let pause = self.config.policy.backoff(question.failures, retry_after_millis, &mut self.jitter);
        question.stage = Stage::Waiting(self.clock.after(pause));
    }

    /// The order will not be told any more: the button stays (the backend decides), with a notice.
    fn order_untold(&mut self, notice: Notice, code: ErrorCode, support_id: Option<String>) {
        self.order_question.stage = Stage::Idle;
        if self.offers_ready_without_order(notice) {
            self.tell_error(code, false, support_id);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fixture::{checkout, order};
    use crate::{Event, PhaseName, Screen, View, Visit};

    #[test]
    fn a_lost_answer_is_asked_for_again_while_the_button_works() {
        let mut it = checkout(|_| (), Visit::default());
        let request = it.order_request();
        it.handle(Event::OrderFailed { request, failure: Failure::Network });
        assert_eq!(it.screen(), Screen::Ready { resuming: false, notice: None });
        it.sleep();
        assert_ne!(it.order_request(), request);
        it.order_fetched(None);
        assert_eq!(it.checkout.view().products.len(), 2);
    }

    #[test]
    fn a_page_too_old_is_refreshed_once_then_told() {
        let stale = || Failure::TokenStale { support_id: None };
        let mut it = checkout(|config| config.can_refresh_token = true, Visit::default());
        it.handle(Event::OrderFailed { request: it.order_request(), failure: stale() });
        it.handle(Event::TokenRefreshed { request: it.request() });
        it.handle(Event::OrderFailed { request: it.order_request(), failure: stale() });
        assert_eq!(it.screen(), Screen::Ready { resuming: false, notice: Some(Notice::TokenStale) });
        assert_eq!(it.error(), Some((ErrorCode::TokenStale, false)));
    }

    #[test]
    fn a_hidden_page_asks_when_it_is_shown() {
        let mut it = checkout(|_| (), Visit { hidden: true, ..Visit::default() });
        assert_eq!(it.effects.len(), 1, "{:?}", it.effects);
        it.handle(Event::VisibilityChanged { hidden: false });
        assert!(it.did(&Effect::FetchOrder { request: it.order_request() }));
        it.handle(Event::VisibilityChanged { hidden: true });
        assert!(it.did(&Effect::Abandon { request: it.order_request() }));
    }

    #[test]
    fn a_page_that_names_another_order_than_its_token_is_set_up_wrongly() {
        let change = |config: &mut crate::Config| config.order = Some(checkout_api::OrderRef::new("9"));
        let mut it = checkout(change, Visit::default());
        it.handle(Event::OrderFetched { request: it.order_request(), order: order(None) });
        assert_eq!(it.screen(), Screen::SetupError(SetupError::Invalid { option: "order" }));
    }

    #[test]
    fn a_status_view_whose_order_is_not_told_offers_the_button_with_the_reason() {
        let mut it = checkout(|config| config.view = View::Status, Visit::default());
        let failure = Failure::Refused { support_id: None };
        it.handle(Event::OrderFailed { request: it.order_request(), failure });
        assert_eq!(it.phase(), PhaseName::Ready);
        assert_eq!(it.error(), Some((ErrorCode::Refused, false)));
    }

    #[test]
    fn a_missing_option_is_named() {
        for (view, option) in [(View::Pay, "order-token"), (View::Status, "session")] {
            let it = checkout(|config| (config.view, config.has_token) = (view, false), Visit::default());
            assert_eq!(it.screen(), Screen::SetupError(SetupError::Missing { option }));
            assert_eq!(it.error(), Some((ErrorCode::SetupError, false)));
        }
    }
}
