//! A checkout with a clock, for the phases' unit tests: short words for configs, answers and keys.

use checkout_api::{
    Checkout as OrderAnswer, IdempotencyKey, OrderRef, Outcome, PaymentSession, PaymentState, Product,
    Revision, SessionId,
};
use money::{Amount, Currency};

use crate::{
    Checkout, Config, Effect, Event, Hook, HostEvent, Note, PageAddress, PhaseName, Policy, RequestId,
    Screen, Timestamp, View, Visit,
};

pub(crate) const PAGE: &str = "https://pay.alb.ua/p/1";

pub(crate) fn key(text: &str) -> IdempotencyKey {
    IdempotencyKey::new(text)
}

pub(crate) fn note(key_text: &str, session: Option<&str>) -> Note {
    Note { key: key(key_text), session: session.map(SessionId::new) }
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

/// A checkout under test, the time, and the effects of the last event.
pub(crate) struct Subject {
    pub(crate) checkout: Checkout,
    pub(crate) effects: Vec<Effect>,
    pub(crate) now: u64,
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
    Subject { checkout, effects, now }
}

impl Subject {
    pub(crate) fn handle(&mut self, event: Event) {
        self.effects = self.checkout.handle(event, Timestamp(self.now));
    }

    pub(crate) fn phase(&self) -> PhaseName {
        self.checkout.phase.name()
    }

    pub(crate) fn screen(&self) -> Screen {
        self.checkout.view().screen
    }

    /// The request of the last effects, whatever it asks.
    pub(crate) fn request(&self) -> RequestId {
        self.find_request().expect("a request among the effects")
    }

    pub(crate) fn find_request(&self) -> Option<RequestId> {
        self.effects.iter().rev().find_map(|effect| match effect {
            Effect::FetchOrder { request }
            | Effect::OpenSession { request, .. }
            | Effect::FetchStatus { request, .. }
            | Effect::RefreshToken { request }
            | Effect::AskHost { request, .. } => Some(*request),
            Effect::Abandon { .. }
            | Effect::WakeAfter { .. }
            | Effect::Remember(_)
            | Effect::Forget
            | Effect::TidyAddress
            | Effect::Navigate { .. }
            | Effect::Tell(_) => None,
        })
    }

    /// Lets the time pass until the wake-up asked for last, and wakes.
    pub(crate) fn sleep(&mut self) -> u64 {
        let (wake, millis) = self
            .effects
            .iter()
            .rev()
            .find_map(|effect| match effect {
                Effect::WakeAfter { wake, millis } => Some((*wake, *millis)),
                Effect::FetchOrder { .. }
                | Effect::OpenSession { .. }
                | Effect::FetchStatus { .. }
                | Effect::RefreshToken { .. }
                | Effect::AskHost { .. }
                | Effect::Abandon { .. }
                | Effect::Remember(_)
                | Effect::Forget
                | Effect::TidyAddress
                | Effect::Navigate { .. }
                | Effect::Tell(_) => None,
            })
            .expect("a wake-up among the effects");
        self.now += millis;
        self.handle(Event::Woke { wake });
        millis
    }

    pub(crate) fn order_fetched(&mut self, latest: Option<(&str, &str)>) {
        let request = self.request();
        self.handle(Event::OrderFetched { request, order: order(latest) });
    }

    pub(crate) fn status_fetched(&mut self, session: PaymentSession) {
        let request = self.request();
        self.handle(Event::StatusFetched { request, session });
    }

    pub(crate) fn host_lets(&mut self, hook: Hook) {
        let request = self.request();
        self.handle(Event::HostAnswered { request, hook, proceed: true });
    }

    /// Presses Pay and lets it be submitted: the effects end with `OpenSession`.
    pub(crate) fn press(&mut self, key_text: &str) {
        self.handle(Event::PayPressed { key: key(key_text) });
        self.host_lets(Hook::BeforeSubmit);
    }

    /// Opens session `id` and leaves for its page.
    pub(crate) fn leave(&mut self, key_text: &str, id: &str) {
        self.press(key_text);
        let request = self.request();
        let session = session(id, "REDIRECTED", "awaiting", 1);
        self.handle(Event::SessionOpened { request, session, page: Some(page(PAGE, "pay.alb.ua")) });
        self.host_lets(Hook::BeforeRedirect);
    }

    pub(crate) fn errors(&self) -> usize {
        self.effects.iter().filter(|it| matches!(it, Effect::Tell(HostEvent::Error { .. }))).count()
    }
}
