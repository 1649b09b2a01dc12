//! A checkout with a clock, for the phases' unit tests: short words for configs, answers and keys.

use checkout_api::{
    Checkout as OrderAnswer, IdempotencyKey, OrderRef, Outcome, PaymentSession, PaymentState, Product,
    Revision, SessionId,
};
use money::{Amount, Currency};

use crate::{
    Checkout, Config, Effect, ErrorCode, Event, Failure, Hook, HostEvent, Note, PageAddress, PhaseName,
    Policy, RequestId, Screen, Timestamp, View, Visit, WakeId,
};

pub(crate) const PAGE: &str = "https://pay.alb.ua/p/1";

pub(crate) fn key(text: &str) -> IdempotencyKey {
    IdempotencyKey::new(text)
}

pub(crate) fn note(key_text: &str, session: Option<&str>) -> Note {
    Note { key: key(key_text), session: session.map(SessionId::new), product: None }
}

pub(crate) fn returned(session: &str) -> Visit {
    Visit { session: Some(SessionId::new(session)), returned: true, ..Visit::default() }
}

pub(crate) fn session(id: &str, state: &str, outcome: &str, revision: u64) -> PaymentSession {
    PaymentSession {
        session: SessionId::new(id),
        order: OrderRef::new("1042"),
        state: PaymentState::from(state),
        reason: None,
        revision: Revision(revision),
        amount: Amount::new(129_905, Currency::Uah).unwrap(),
        page: Some(PAGE.to_owned()),
        expires_at: None,
        outcome: Outcome::from(outcome),
        anomalies: Vec::new(),
        can_retry: false,
    }
}

pub(crate) fn order(latest: Option<(&str, &str)>) -> OrderAnswer {
    OrderAnswer {
        order: OrderRef::new("1042"),
        amount: Amount::new(129_905, Currency::Uah).unwrap(),
        description: None,
        products: vec![Product::Card, Product::A2a],
        session: latest.map(|(session, _)| SessionId::new(session)),
        state: latest.map(|(_, state)| PaymentState::from(state)),
        can_retry: latest.is_none(),
        order_token_expires_at: "2026-11-22T00:00:00Z".to_owned(),
    }
}

pub(crate) fn page(href: &str, hostname: &str) -> PageAddress {
    PageAddress { href: href.to_owned(), protocol: "https:".to_owned(), hostname: hostname.to_owned() }
}

/// A checkout under test, the time, the effects of the last event, and what was asked for last.
pub(crate) struct Subject {
    pub(crate) checkout: Checkout,
    pub(crate) effects: Vec<Effect>,
    pub(crate) now: u64,
    asked: Option<RequestId>,
    asked_order: Option<RequestId>,
    alarm: Option<(WakeId, u64)>,
}

/// Starts a pay view with a token, as changed by `change`.
pub(crate) fn checkout(change: impl FnOnce(&mut Config), visit: Visit) -> Subject {
    let mut config = Config {
        view: View::Pay,
        has_token: true,
        can_refresh_token: false,
        order: None,
        amount: None,
        product: None,
        payment_hosts: Vec::new(),
        policy: Policy::default(),
    };
    change(&mut config);
    let now = 1_000_000;
    let (checkout, effects) = Checkout::start(config, visit, Timestamp(now));
    let mut subject = Subject { checkout, effects, now, asked: None, asked_order: None, alarm: None };
    subject.note_effects();
    subject
}

/// A pay view whose order is known and has not been tried to be paid.
pub(crate) fn ready() -> Subject {
    let mut it = checkout(|_| (), Visit::default());
    it.order_fetched(None);
    it
}

/// A status page without a token, waiting for session `s1`.
pub(crate) fn status_page() -> Subject {
    checkout(|config| (config.view, config.has_token) = (View::Status, false), returned("s1"))
}

impl Subject {
    pub(crate) fn handle(&mut self, event: Event) {
        self.effects = self.checkout.handle(event, Timestamp(self.now));
        self.note_effects();
    }

    fn note_effects(&mut self) {
        for effect in &self.effects {
            match effect {
                Effect::FetchOrder { request } => self.asked_order = Some(*request),
                Effect::OpenSession { request, .. }
                | Effect::FetchStatus { request, .. }
                | Effect::RefreshToken { request }
                | Effect::AskHost { request, .. } => self.asked = Some(*request),
                Effect::WakeAfter { wake, millis } => self.alarm = Some((*wake, self.now + millis)),
                Effect::Abandon { .. }
                | Effect::Remember(_)
                | Effect::Forget
                | Effect::TidyAddress
                | Effect::Navigate { .. }
                | Effect::Tell(_) => {}
            }
        }
    }

    pub(crate) fn phase(&self) -> PhaseName {
        self.checkout.phase.name()
    }

    pub(crate) fn screen(&self) -> Screen {
        self.checkout.view().screen
    }

    /// The request made last, but for questions about the order.
    pub(crate) fn request(&self) -> RequestId {
        self.asked.expect("nothing was asked")
    }

    pub(crate) fn order_request(&self) -> RequestId {
        self.asked_order.expect("the order was not asked about")
    }

    /// Lets the time pass until the wake-up asked for last, and wakes. Says how long it slept.
    pub(crate) fn sleep(&mut self) -> u64 {
        let (wake, at) = self.alarm.take().expect("no wake-up was asked for");
        let slept = at.saturating_sub(self.now);
        self.now += slept;
        self.handle(Event::Woke { wake });
        slept
    }

    pub(crate) fn order_fetched(&mut self, latest: Option<(&str, &str)>) {
        let request = self.order_request();
        self.handle(Event::OrderFetched { request, order: order(latest) });
    }

    pub(crate) fn status_fetched(&mut self, session: PaymentSession) {
        let request = self.request();
        self.handle(Event::StatusFetched { request, session });
    }

    pub(crate) fn status_failed(&mut self, failure: Failure) {
        let request = self.request();
        self.handle(Event::StatusFailed { request, failure });
    }

    pub(crate) fn host_answers(&mut self, hook: Hook, proceed: bool) {
        let request = self.request();
        self.handle(Event::HostAnswered { request, hook, proceed });
    }

    /// Presses Pay and lets it be submitted: the effects end with `OpenSession`.
    pub(crate) fn press(&mut self, key_text: &str) {
        self.handle(Event::PayPressed { key: key(key_text) });
        self.host_answers(Hook::BeforeSubmit, true);
    }

    pub(crate) fn opened(&mut self, session: PaymentSession) {
        let request = self.request();
        self.handle(Event::SessionOpened { request, session, page: Some(page(PAGE, "pay.alb.ua")) });
    }

    pub(crate) fn open_failed(&mut self, failure: Failure) {
        let request = self.request();
        self.handle(Event::OpenFailed { request, failure });
    }

    /// Opens session `id` and leaves for its page.
    pub(crate) fn leave(&mut self, key_text: &str, id: &str) {
        self.press(key_text);
        self.opened(session(id, "REDIRECTED", "awaiting", 1));
        self.host_answers(Hook::BeforeRedirect, true);
    }

    /// The key of the `OpenSession` among the last effects.
    pub(crate) fn opened_with(&self) -> Option<&str> {
        self.effects.iter().find_map(|effect| match effect {
            Effect::OpenSession { key, .. } => Some(key.as_str()),
            Effect::FetchOrder { .. }
            | Effect::FetchStatus { .. }
            | Effect::RefreshToken { .. }
            | Effect::AskHost { .. }
            | Effect::WakeAfter { .. }
            | Effect::Abandon { .. }
            | Effect::Remember(_)
            | Effect::Forget
            | Effect::TidyAddress
            | Effect::Navigate { .. }
            | Effect::Tell(_) => None,
        })
    }

    /// The session, `after` and `wait_seconds` of the `FetchStatus` among the last effects.
    pub(crate) fn asked_about(&self) -> Option<(&str, Option<u64>, u32)> {
        self.effects.iter().find_map(|effect| match effect {
            Effect::FetchStatus { session, after, wait_seconds, .. } => {
                Some((session.as_str(), after.map(|revision| revision.0), *wait_seconds))
            }
            Effect::FetchOrder { .. }
            | Effect::OpenSession { .. }
            | Effect::RefreshToken { .. }
            | Effect::AskHost { .. }
            | Effect::WakeAfter { .. }
            | Effect::Abandon { .. }
            | Effect::Remember(_)
            | Effect::Forget
            | Effect::TidyAddress
            | Effect::Navigate { .. }
            | Effect::Tell(_) => None,
        })
    }

    pub(crate) fn did(&self, effect: &Effect) -> bool {
        self.effects.contains(effect)
    }

    /// The error told among the last effects.
    pub(crate) fn error(&self) -> Option<(ErrorCode, bool)> {
        self.effects.iter().find_map(|effect| match effect {
            Effect::Tell(HostEvent::Error { code, retryable, .. }) => Some((*code, *retryable)),
            Effect::Tell(HostEvent::Ready | HostEvent::Change { .. } | HostEvent::Outcome { .. })
            | Effect::FetchOrder { .. }
            | Effect::OpenSession { .. }
            | Effect::FetchStatus { .. }
            | Effect::RefreshToken { .. }
            | Effect::AskHost { .. }
            | Effect::WakeAfter { .. }
            | Effect::Abandon { .. }
            | Effect::Remember(_)
            | Effect::Forget
            | Effect::TidyAddress
            | Effect::Navigate { .. } => None,
        })
    }
}
