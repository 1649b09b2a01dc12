//! The backend's side of a journey: one order, its attempts, and faults. It keeps the rules that matter to the widget:
//! one live attempt, one answer per key, no second payment of a paid order.

use checkout_api::{
    Checkout as OrderAnswer, OrderRef, Outcome, PaymentSession, PaymentState, Product, Revision, SessionId,
};
use checkout_core::{Event, Failure, PageAddress, RequestId};
use money::{Amount, Currency};

const PAGE_LIFETIME: u64 = 15 * 60 * 1_000;

/// One question about a status, held until there is something to say.
pub(crate) struct Question {
    pub(crate) request: RequestId,
    pub(crate) session: SessionId,
    pub(crate) after: Option<Revision>,
    pub(crate) until: u64,
}

/// One attempt.
pub(crate) struct Attempt {
    pub(crate) id: String,
    key: String,
    state: &'static str,
    outcome: &'static str,
    revision: u64,
    expires: u64,
}

#[derive(Default)]
pub(crate) struct Backend {
    pub(crate) attempts: Vec<Attempt>,
    /// Nothing answers before this time.
    pub(crate) down_until: u64,
    /// This many answers to opening are lost on their way; the attempts are stored.
    pub(crate) lose_open_answers: u32,
    pub(crate) token_is_stale: bool,
    /// A session of another order that the page may be asked about.
    pub(crate) foreign: Option<&'static str>,
}

impl Backend {
    pub(crate) fn latest(&self) -> Option<&Attempt> {
        self.attempts.last()
    }

    /// The bank tells how the latest attempt stands.
    pub(crate) fn becomes(&mut self, state: &'static str, outcome: &'static str) {
        let nth = self.attempts.len() - 1;
        self.attempt_becomes(nth, state, outcome);
    }

    pub(crate) fn attempt_becomes(&mut self, nth: usize, state: &'static str, outcome: &'static str) {
        let attempt = &mut self.attempts[nth];
        (attempt.state, attempt.outcome) = (state, outcome);
        attempt.revision += 1;
    }

    fn is_paid(&self) -> bool {
        self.attempts.iter().any(|it| it.outcome == "paid")
    }

    fn live(&self, now: u64) -> Option<&Attempt> {
        self.attempts.iter().find(|it| it.state == "REDIRECTED" && now < it.expires)
    }

    fn can_retry(&self, now: u64) -> bool {
        !self.is_paid() && self.live(now).is_none()
    }

    pub(crate) fn order(&self, request: RequestId, now: u64) -> Event {
        if now < self.down_until {
            return Event::OrderFailed { request, failure: Failure::Network };
        }
        if self.token_is_stale {
            return Event::OrderFailed { request, failure: Failure::TokenStale { support_id: None } };
        }
        let order = OrderAnswer {
            order: OrderRef::new("1042"),
            amount: amount(Currency::Uah),
            description: None,
            products: vec![Product::Card],
            session: self.latest().map(|it| SessionId::new(it.id.clone())),
            state: self.latest().map(|it| PaymentState::from(it.state)),
            can_retry: self.can_retry(now),
            order_token_expires_at: String::new(),
        };
        Event::OrderFetched { request, order }
    }

    pub(crate) fn open(&mut self, request: RequestId, key: &str, now: u64) -> Event {
        let failed = |failure| Event::OpenFailed { request, failure };
        if now < self.down_until {
            return failed(Failure::Network);
        }
        if self.token_is_stale {
            return failed(Failure::TokenStale { support_id: None });
        }
        if let Some(paid) = self.attempts.iter().find(|it| it.outcome == "paid") {
            return failed(Failure::AlreadyPaid { session: Some(SessionId::new(paid.id.clone())) });
        }
        let known = self.attempts.iter().position(|it| it.key == key);
        let live = self.attempts.iter().position(|it| it.state == "REDIRECTED" && now < it.expires);
        let nth = known.or(live).unwrap_or_else(|| {
            self.attempts.push(Attempt {
                id: format!("session {}", self.attempts.len() + 1),
                key: key.to_owned(),
                state: "REDIRECTED",
                outcome: "awaiting",
                revision: 1,
                expires: now + PAGE_LIFETIME,
            });
            self.attempts.len() - 1
        });
        if self.lose_open_answers > 0 {
            self.lose_open_answers -= 1;
            return failed(Failure::Network);
        }
        let session = self.session(&self.attempts[nth], now);
        let page = session.page.clone().map(|href| PageAddress {
            href,
            protocol: "https:".to_owned(),
            hostname: "pay.alb.ua".to_owned(),
        });
        Event::SessionOpened { request, session, page }
    }

    pub(crate) fn answers_now(&self, question: &Question, now: u64) -> bool {
        now < self.down_until
            || now >= question.until
            || self.attempts.iter().all(|it| {
                it.id != question.session.as_str()
                    || question.after.is_none_or(|after| it.revision > after.0)
                    || it.outcome != "awaiting"
            })
    }

    pub(crate) fn status(&self, question: &Question, now: u64) -> Event {
        let request = question.request;
        if now < self.down_until {
            return Event::StatusFailed { request, failure: Failure::Network };
        }
        if self.foreign == Some(question.session.as_str()) {
            let session = PaymentSession {
                session: question.session.clone(),
                order: OrderRef::new("77"),
                state: PaymentState::Captured,
                reason: None,
                revision: Revision(9),
                amount: amount(Currency::Eur),
                page: None,
                expires_at: None,
                outcome: Outcome::Paid,
                anomalies: Vec::new(),
                can_retry: false,
            };
            return Event::StatusFetched { request, session };
        }
        match self.attempts.iter().find(|it| it.id == question.session.as_str()) {
            Some(attempt) => Event::StatusFetched { request, session: self.session(attempt, now) },
            None => Event::StatusFailed { request, failure: Failure::NotFound },
        }
    }

    fn session(&self, attempt: &Attempt, now: u64) -> PaymentSession {
        PaymentSession {
            session: SessionId::new(attempt.id.clone()),
            order: OrderRef::new("1042"),
            state: PaymentState::from(attempt.state),
            reason: None,
            revision: Revision(attempt.revision),
            amount: amount(Currency::Uah),
            page: Some(format!("https://pay.alb.ua/{}", attempt.id)),
            expires_at: None,
            outcome: Outcome::from(attempt.outcome),
            anomalies: Vec::new(),
            can_retry: self.can_retry(now),
        }
    }
}

fn amount(currency: Currency) -> Amount {
    Amount::new(129_905, currency).expect("a small amount")
}
