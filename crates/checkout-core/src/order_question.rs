//! The question about the token's order: its number, amount, ways to pay and latest attempt. It runs beside the
//! screen: the pay button never waits for it. What the answer means for the session is decided in `learning.rs`.
//!
//! | happens | then |
//! |---|---|
//! | start with a token, page visible and online | `FetchOrder` |
//! | page hidden or offline | abandoned; asked again when both are over |
//! | failed: network, busy | again after a back-off with jitter, not before `Retry-After` |
//! | failed: token stale | `RefreshToken` once, then again; else the notice "reload the page" |
//! | failed: refused | the notice "refused" |

use checkout_api::Checkout as OrderAnswer;

use crate::checkout::Checkout;
use crate::clock::Moment;
use crate::polling::SILENCE_MILLIS;
use crate::{Effect, ErrorCode, Failure, Notice, RequestId, SetupError};

/// Where the question stands.
#[derive(Debug, Clone, Default)]
pub(crate) struct OrderQuestion {
    stage: Stage,
    failures: u32,
    refreshed: bool,
}

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
enum Stage {
    /// Not asked, answered, or given up.
    #[default]
    Idle,
    Asking(RequestId, Moment),
    Refreshing(RequestId, Moment),
    Waiting(Moment),
}

impl OrderQuestion {
    pub(crate) const fn is_open(&self) -> bool {
        match self.stage {
            Stage::Idle => false,
            Stage::Asking(..) | Stage::Refreshing(..) | Stage::Waiting(_) => true,
        }
    }

    pub(crate) const fn is_waiting_to_retry(&self) -> bool {
        match self.stage {
            Stage::Waiting(_) => self.failures > 0,
            Stage::Idle | Stage::Asking(..) | Stage::Refreshing(..) => false,
        }
    }

    pub(crate) const fn due(&self) -> Option<Moment> {
        match self.stage {
            Stage::Idle => None,
            Stage::Asking(_, due) | Stage::Refreshing(_, due) | Stage::Waiting(due) => Some(due),
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
            Stage::Asking(request, _) | Stage::Refreshing(request, _) => {
                self.order_question.stage = Stage::Waiting(self.clock.now());
                self.effects.push(Effect::Abandon { request });
            }
            Stage::Idle | Stage::Waiting(_) => {}
        }
    }

    /// The question's alarm: time to ask, or the answer has been silent for too long.
    pub(crate) fn order_question_due(&mut self) {
        if self.is_paused() || self.order_question.due().is_none_or(|due| due > self.clock.now()) {
            return;
        }
        match self.order_question.stage {
            Stage::Idle => {}
            Stage::Waiting(_) => self.ask_order(),
            Stage::Asking(request, _) | Stage::Refreshing(request, _) => {
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
            Failure::TokenStale { support_id } => {
                if self.config.can_refresh_token && !self.order_question.refreshed {
                    self.order_question.refreshed = true;
                    let request = RequestId(self.next_id());
                    self.order_question.stage = Stage::Refreshing(request, self.clock.after(SILENCE_MILLIS));
                    self.effects.push(Effect::RefreshToken { request });
                } else {
                    self.order_untold(Notice::TokenStale, ErrorCode::TokenStale, support_id);
                }
            }
            Failure::Refused { support_id } => {
                self.order_untold(Notice::Refused, ErrorCode::Refused, support_id);
            }
            Failure::NotFound => self.order_untold(Notice::Refused, ErrorCode::Refused, None),
        }
    }

    /// A fresh token came for this question.
    pub(crate) fn token_refreshed_for_order(&mut self, request: RequestId) {
        if self.takes_order_refresh(request) {
            self.ask_order();
        }
    }

    /// No fresh token came for this question.
    pub(crate) fn token_refresh_failed_for_order(&mut self, request: RequestId) {
        if self.takes_order_refresh(request) {
            self.order_untold(Notice::TokenStale, ErrorCode::TokenStale, None);
        }
    }

    fn takes_order_answer(&mut self, request: RequestId) -> bool {
        match self.order_question.stage {
            Stage::Asking(waited_for, _) if waited_for == request => {
                self.order_question.stage = Stage::Waiting(self.clock.now());
                true
            }
            Stage::Idle | Stage::Asking(..) | Stage::Refreshing(..) | Stage::Waiting(_) => false,
        }
    }

    fn takes_order_refresh(&mut self, request: RequestId) -> bool {
        match self.order_question.stage {
            Stage::Refreshing(waited_for, _) if waited_for == request => {
                self.order_question.stage = Stage::Waiting(self.clock.now());
                true
            }
            Stage::Idle | Stage::Asking(..) | Stage::Refreshing(..) | Stage::Waiting(_) => false,
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
