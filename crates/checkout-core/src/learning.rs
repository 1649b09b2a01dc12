//! What the backend's answers tell about the page's order: which session to ask about, which one to ignore. A session
//! of another order is treated as if it had never been named.

use checkout_api::{Checkout as OrderAnswer, OrderRef, PaymentSession, SessionId};

use crate::checkout::Checkout;
use crate::inquiry::Pace;
use crate::phase::Phase;
use crate::{ErrorCode, Notice, View};

impl Checkout {
    /// Whether this is another order than the page's. While the page's order is not known, none is.
    pub(crate) fn is_foreign(&self, order: &OrderRef) -> bool {
        self.order.as_ref().is_some_and(|own| own != order)
    }

    /// Takes in the token's order.
    pub(crate) fn learn_order(&mut self, order: OrderAnswer) {
        self.order = Some(order.order);
        self.amount = Some(order.amount);
        self.products = order.products;
        self.product.take_if(|product| !self.products.contains(product));
        self.latest = order.session;
        match &self.phase {
            Phase::Ready(_) | Phase::Awaiting(_) if self.inquiry.is_none() => self.choose_session(),
            Phase::Unresolved if self.inquiry.is_none() => {
                if let Some(session) = self.latest.clone() {
                    self.follow(session, Pace::Slow);
                }
            }
            Phase::Option
            | Phase::Ready(_)
            | Phase::Opening(_)
            | Phase::Redirecting(_)
            | Phase::Awaiting(_)
            | Phase::Settled(_)
            | Phase::Unresolved
            | Phase::SetupError(_) => {}
        }
    }

    /// Asks about the session the address names, else about the order's latest.
    fn choose_session(&mut self) {
        let stale = self.attempt.as_ref().is_some_and(|attempt| {
            attempt.recalled && attempt.session.is_some() && attempt.session != self.latest
        });
        if stale {
            // This tab remembers another order, or an attempt that is not the latest: its key must not pay this one.
            self.forget_attempt();
        }
        let waiting = matches!(self.phase, Phase::Awaiting(_));
        match self.clue.take().or_else(|| self.latest.clone()) {
            Some(session) if waiting => self.follow(session, Pace::Long),
            Some(session) if self.returned.as_ref() == Some(&session) && self.latest == self.returned => {
                self.wait_for(session);
            }
            Some(session) => {
                self.refresh_offer();
                self.follow(session.clone(), self.interest_in(&session));
            }
            None if waiting => self.offer(None),
            None => self.refresh_offer(),
        }
    }

    /// How eagerly a session is followed beside the button. This tab's own may be on a phone, with the page loaded anew
    /// since: its outcome is still to be shown here.
    pub(crate) fn interest_in(&self, session: &SessionId) -> Pace {
        if self.is_own(session) { Pace::Slow } else { Pace::Once }
    }

    /// Takes in a fetched status.
    pub(crate) fn learn(&mut self, session: PaymentSession) {
        if self.is_foreign(&session.order) {
            let notice = (!self.can_pay()).then_some(Notice::SessionNotFound);
            return self.disregard(notice);
        }
        self.order = Some(session.order.clone());
        self.amount = Some(session.amount);
        if let Some(inquiry) = &mut self.inquiry {
            inquiry.known = Some((session.revision, session.state.clone()));
        }
        self.conclude(session);
    }

    /// The session does not exist.
    pub(crate) fn disregard_missing(&mut self) {
        let notice = (self.config.view == View::Status || !self.can_pay()).then_some(Notice::SessionNotFound);
        self.disregard(notice);
        self.tell_error(ErrorCode::SessionNotFound, false, None);
    }

    /// Goes on as if the session asked about had never been named.
    fn disregard(&mut self, notice: Option<Notice>) {
        let Some(session) = self.inquiry.as_ref().map(|inquiry| inquiry.session.clone()) else { return };
        self.stop_asking();
        if self.is_own(&session) {
            self.forget_attempt();
        }
        self.tidy_address(&session);
        self.latest.take_if(|latest| *latest == session);
        match &self.phase {
            Phase::Ready(_) => {
                self.offer(notice);
                self.follow_latest();
            }
            Phase::Awaiting(_) | Phase::Unresolved => self.go_on_without(notice),
            Phase::Option
            | Phase::Opening(_)
            | Phase::Redirecting(_)
            | Phase::Settled(_)
            | Phase::SetupError(_) => {}
        }
    }

    fn go_on_without(&mut self, notice: Option<Notice>) {
        let status = self.config.view == View::Status;
        match self.latest.clone() {
            Some(session) if status => self.wait_for(session),
            None if status && self.order_question.is_open() => {}
            Some(_) | None => {
                self.offer(notice);
                self.follow_latest();
            }
        }
    }

    fn follow_latest(&mut self) {
        if let Some(session) = self.latest.clone() {
            self.follow(session, Pace::Once);
        }
    }

    /// The button as it is, only resuming or not as the attempt now says.
    fn refresh_offer(&mut self) {
        let resuming = self.attempt.is_some();
        if let Phase::Ready(ready) = &mut self.phase {
            ready.resuming = resuming;
        }
    }
}
