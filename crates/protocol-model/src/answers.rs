//! What the backend's routes answer from the ledger, as the widget's driver tells the checkout.

use checkout_api::{
    Checkout as OrderAnswer, OrderRef, PaymentSession, PaymentState, Product, Revision, SessionId,
};
use checkout_core::{Event, Failure, PageAddress, RequestId};
use jiff::Timestamp;
use merchant_backend::payments::attempt::{Attempt, order_standing};

use crate::bank::PAGES;
use crate::ledger::{Ledger, amount};

/// The one order of the model.
pub(crate) const ORDER: &str = "1042";

impl Ledger {
    /// `GET /v1/checkout`.
    pub(crate) fn checkout(&self, request: RequestId, now: Timestamp) -> Event {
        let shown = self.attempts.iter().find(|it| it.state.money_arrived()).or(self.attempts.last());
        let order = OrderAnswer {
            order: OrderRef::new(ORDER),
            amount: amount(),
            description: None,
            products: vec![Product::Card],
            session: shown.map(|attempt| attempt.session.clone()),
            state: shown.map(|attempt| attempt.state.into()),
            can_retry: self.can_retry(now),
            order_token_expires_at: String::new(),
        };
        Event::OrderFetched { request, order }
    }

    /// `GET /v1/payment-sessions/{session}`.
    pub(crate) fn status(&self, request: RequestId, session: &SessionId, now: Timestamp) -> Event {
        match self.attempts.iter().position(|attempt| attempt.session == *session) {
            Some(attempt) => Event::StatusFetched { request, session: self.session(attempt, now) },
            None => Event::StatusFailed { request, failure: Failure::NotFound },
        }
    }

    /// `POST /v1/payment-sessions`, answered with a session.
    pub(crate) fn opened(&self, request: RequestId, attempt: usize, now: Timestamp) -> Event {
        let session = self.session(attempt, now);
        let page = session.page.clone().map(|href| PageAddress {
            href,
            protocol: "https:".to_owned(),
            hostname: "pay.alb.ua".to_owned(),
        });
        Event::SessionOpened { request, session, page }
    }

    fn session(&self, number: usize, now: Timestamp) -> PaymentSession {
        let attempt = &self.attempts[number];
        PaymentSession {
            session: attempt.session.clone(),
            order: OrderRef::new(ORDER),
            state: PaymentState::from(attempt.state),
            reason: attempt.reason.clone(),
            revision: Revision(self.revision),
            amount: attempt.amount,
            page: (self.pages.contains(&number) && !attempt.state.is_final() && attempt.expires_at > now)
                .then(|| format!("{PAGES}{number}")),
            expires_at: None,
            outcome: attempt.state.outcome(attempt.reason.as_deref()),
            anomalies: attempt.anomalies.iter().map(|anomaly| (*anomaly).into()).collect(),
            can_retry: self.can_retry(now),
        }
    }

    fn can_retry(&self, now: Timestamp) -> bool {
        let live = |it: &Attempt| it.is_live(now);
        !order_standing(&self.attempts).0.money_arrived() && !self.attempts.last().is_some_and(live)
    }
}
