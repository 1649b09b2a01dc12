//! The pay button is offered.
//!
//! | happens | becomes | effects |
//! |---|---|---|
//! | `PayPressed`, also on a settled screen that offers it | opening | give up the status question; `AskHost(BeforeSubmit)` |
//! | `PayPressed` without a token | ready | none |
//! | `ProductChosen`, one that the order offers | ready | none; an attempt already begun keeps its own |
//! | the session is being paid, page came by the return URL | awaiting | goes on asking |
//! | the session is being paid, fresh visit | ready, resuming | none |
//! | the session is final | settled | see `settled.rs` |
//! | the order will not be told | ready with a notice | `Tell(Error)` |

use checkout_api::{IdempotencyKey, Product};

use crate::attempt::Attempt;
use crate::checkout::Checkout;
use crate::phase::Phase;
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

    pub(crate) fn pay_pressed(&mut self, key: IdempotencyKey) {
        if !self.offers_to_pay() {
            return;
        }
        self.stop_asking();
        self.clue = None;
        self.returned = None;
        match &mut self.attempt {
            Some(attempt) => attempt.recalled = false,
            None => self.attempt = Some(Attempt::begun(key, self.product.clone())),
        }
        self.ask_before_submit();
    }

    pub(crate) fn product_chosen(&mut self, product: Product) {
        if self.offers_to_pay() && self.products.contains(&product) {
            if let Some(attempt) = self.attempt.as_mut().filter(|attempt| attempt.recalled) {
                // Nothing is known of what a recalled attempt was begun with; the buyer's word is the best guess.
                attempt.product = Some(product.clone());
            }
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

    fn offers_to_pay(&self) -> bool {
        self.can_pay()
            && match &self.phase {
                Phase::Ready(_) => true,
                Phase::Settled(settled) => settled.offers_to_pay(),
                Phase::Option
                | Phase::Opening(_)
                | Phase::Redirecting(_)
                | Phase::Awaiting(_)
                | Phase::Unresolved
                | Phase::SetupError(_) => false,
            }
    }
}
