//! What may happen to a checkout, as a test can draw it: the right answers, wrong ones, and old ones.

use checkout_api::{
    Checkout as OrderAnswer, IdempotencyKey, OrderRef, Outcome, PaymentSession, PaymentState, Product,
    Revision, SessionId,
};
use checkout_core::{Effect, Event, Failure, PageAddress, RequestId, WakeId};
use money::{Amount, Currency};
use proptest::prelude::*;

use super::Witness;

/// The page's order.
pub(crate) const OWN: &str = "1042";
/// Some other order of the same shop; its money is in euro.
pub(crate) const OTHER: &str = "77";

#[derive(Debug, Clone)]
pub(crate) struct Answer {
    own_session: bool,
    own_order: bool,
    state: &'static str,
    outcome: &'static str,
    revision: u64,
    can_retry: bool,
    page: Page,
}

#[derive(Debug, Clone, Copy)]
enum Page {
    Bank,
    Elsewhere,
    Plain,
    Unreadable,
    Absent,
}

#[derive(Debug, Clone)]
pub(crate) enum Step {
    Pay,
    Phone,
    Check,
    Choose(Product),
    Wake,
    Hide(bool),
    Offline(bool),
    Restore,
    NavigationRefused,
    /// The n-th outstanding request is answered: fitting its kind.
    Answered(prop::sample::Index, Answer),
    /// The n-th outstanding request fails.
    Failed(prop::sample::Index, Failure),
    /// An answer, failure or wake-up nobody waits for.
    Old(u32, u8, Answer),
}

pub(crate) fn anything() -> impl Strategy<Value = Step> {
    prop_oneof![
        4 => Just(Step::Pay),
        1 => Just(Step::Phone),
        1 => Just(Step::Check),
        1 => prop::sample::select(Product::KNOWN).prop_map(Step::Choose),
        5 => Just(Step::Wake),
        1 => any::<bool>().prop_map(Step::Hide),
        1 => any::<bool>().prop_map(Step::Offline),
        1 => Just(Step::Restore),
        1 => Just(Step::NavigationRefused),
        12 => (any::<prop::sample::Index>(), answer()).prop_map(|(nth, answer)| Step::Answered(nth, answer)),
        3 => (any::<prop::sample::Index>(), failure()).prop_map(|(nth, failure)| Step::Failed(nth, failure)),
        1 => (0..60_u32, any::<u8>(), answer()).prop_map(|(id, kind, answer)| Step::Old(id, kind, answer)),
    ]
}

fn answer() -> impl Strategy<Value = Answer> {
    let told = prop_oneof![
        6 => prop::sample::select(vec![
            ("CREATED", "awaiting"),
            ("REDIRECTED", "awaiting"),
            ("REDIRECTED", "awaiting"),
            ("CAPTURED", "paid"),
            ("PAID", "paid"),
            ("PARTIALLY_REFUNDED", "paid"),
            ("REFUNDED", "refunded"),
            ("REJECTED", "declined"),
            ("CANCELLED", "expired"),
            ("CANCELLED", "cancelled"),
        ]),
        1 => (
            prop::sample::select(vec!["CREATED", "REDIRECTED", "CAPTURED", "REJECTED", "CANCELLED", "CHARGED_BACK"]),
            prop::sample::select(vec!["awaiting", "paid", "declined", "expired", "charged_back", ""]),
        ),
    ];
    let page = prop_oneof![
        8 => Just(Page::Bank),
        1 => Just(Page::Elsewhere),
        1 => Just(Page::Plain),
        1 => Just(Page::Unreadable),
        1 => Just(Page::Absent),
    ];
    (
        told,
        prop::bool::weighted(0.9),
        prop::bool::weighted(0.85),
        prop_oneof![8 => 0..6_u64, 1 => Just(u64::MAX)],
        any::<bool>(),
        page,
    )
        .prop_map(|((state, outcome), own_session, own_order, revision, can_retry, page)| Answer {
            own_session,
            own_order,
            state,
            outcome,
            revision,
            can_retry,
            page,
        })
}

fn failure() -> impl Strategy<Value = Failure> {
    prop_oneof![
        4 => Just(Failure::Network),
        2 => prop::option::of(prop_oneof![0..90_000_u64, Just(u64::MAX)])
            .prop_map(|retry_after_millis| Failure::Busy { retry_after_millis, support_id: None }),
        1 => Just(Failure::TokenStale { support_id: None }),
        1 => prop::option::of(Just("s2"))
            .prop_map(|session| Failure::AlreadyPaid { session: session.map(SessionId::new) }),
        1 => Just(Failure::Refused { support_id: None }),
        1 => Just(Failure::KeySpent { support_id: None }),
        1 => Just(Failure::NotFound),
    ]
}

/// The money of an order; another order's is in another currency.
pub(crate) fn amount(order: &OrderRef) -> Amount {
    let currency = if order.as_str() == OTHER { Currency::Eur } else { Currency::Uah };
    Amount::new(129_905, currency).expect("a small amount")
}

fn session(id: SessionId, answer: &Answer) -> PaymentSession {
    let order = OrderRef::new(if answer.own_order { OWN } else { OTHER });
    PaymentSession {
        session: id,
        amount: amount(&order),
        order,
        state: PaymentState::from(answer.state),
        reason: None,
        revision: Revision(answer.revision),
        page: (!matches!(answer.page, Page::Absent)).then(|| "told by the backend".to_owned()),
        expires_at: None,
        outcome: Outcome::from(answer.outcome),
        anomalies: Vec::new(),
        can_retry: answer.can_retry,
    }
}

fn page(page: Page) -> Option<PageAddress> {
    let address = |protocol: &str, hostname: &str| {
        let href = [protocol, "//", hostname, "/"].concat();
        Some(PageAddress { href, protocol: protocol.to_owned(), hostname: hostname.to_owned() })
    };
    match page {
        Page::Bank => address("https:", "pay.alb.ua"),
        Page::Elsewhere => address("https:", "evil.example"),
        Page::Plain => address("http:", "pay.alb.ua"),
        Page::Unreadable | Page::Absent => None,
    }
}

fn order(answer: &Answer) -> OrderAnswer {
    let order = OrderRef::new(if answer.own_order { OWN } else { OTHER });
    OrderAnswer {
        amount: amount(&order),
        order,
        description: None,
        products: vec![Product::Card, Product::A2a],
        session: (answer.revision > 1).then(|| SessionId::new(["s1", "s2"][usize::from(answer.can_retry)])),
        state: Some(PaymentState::from(answer.state)),
        can_retry: answer.can_retry,
        order_token_expires_at: String::new(),
    }
}

/// The answer that fits the question asked.
fn fitting(asked: &Effect, answer: &Answer) -> Option<Event> {
    match asked {
        Effect::FetchOrder { request } => {
            Some(Event::OrderFetched { request: *request, order: order(answer) })
        }
        Effect::OpenSession { request, .. } => Some(Event::SessionOpened {
            request: *request,
            session: session(SessionId::new("s1"), answer),
            page: page(answer.page),
        }),
        Effect::FetchStatus { request, session: asked, .. } => {
            let id = if answer.own_session { asked.clone() } else { SessionId::new("another") };
            Some(Event::StatusFetched { request: *request, session: session(id, answer) })
        }
        Effect::RefreshToken { request } => Some(Event::TokenRefreshed { request: *request }),
        Effect::AskHost { request, hook } => {
            Some(Event::HostAnswered { request: *request, hook: *hook, proceed: answer.own_order })
        }
        Effect::Abandon { .. }
        | Effect::WakeAfter { .. }
        | Effect::Remember(_)
        | Effect::Forget
        | Effect::TidyAddress
        | Effect::Navigate { .. }
        | Effect::Tell(_) => None,
    }
}

fn failing(asked: &Effect, failure: Failure) -> Option<Event> {
    match asked {
        Effect::FetchOrder { request } => Some(Event::OrderFailed { request: *request, failure }),
        Effect::OpenSession { request, .. } => Some(Event::OpenFailed { request: *request, failure }),
        Effect::FetchStatus { request, .. } => Some(Event::StatusFailed { request: *request, failure }),
        Effect::RefreshToken { request } => Some(Event::TokenRefreshFailed { request: *request, failure }),
        Effect::AskHost { request, hook } => {
            Some(Event::HostAnswered { request: *request, hook: *hook, proceed: false })
        }
        Effect::Abandon { .. }
        | Effect::WakeAfter { .. }
        | Effect::Remember(_)
        | Effect::Forget
        | Effect::TidyAddress
        | Effect::Navigate { .. }
        | Effect::Tell(_) => None,
    }
}

fn old(id: u32, kind: u8, answer: &Answer) -> Event {
    let request = RequestId(id);
    match kind % 7 {
        0 => Event::OrderFetched { request, order: order(answer) },
        1 => Event::SessionOpened {
            request,
            session: session(SessionId::new("s1"), answer),
            page: page(answer.page),
        },
        2 => Event::StatusFetched { request, session: session(SessionId::new("s1"), answer) },
        3 => Event::StatusFailed { request, failure: Failure::NotFound },
        4 => Event::TokenRefreshed { request },
        5 => Event::OpenFailed { request, failure: Failure::Refused { support_id: None } },
        _ => Event::Woke { wake: WakeId(id) },
    }
}

impl Witness {
    /// Lets one step happen.
    pub(crate) fn take(&mut self, step: Step, jump: i64) {
        let event = match step {
            Step::Pay => {
                self.presses += 1;
                Some(Event::PayPressed { key: IdempotencyKey::new(self.presses.to_string()) })
            }
            Step::Phone => {
                self.presses += 1;
                Some(Event::PhonePressed { key: IdempotencyKey::new(self.presses.to_string()) })
            }
            Step::Check => Some(Event::CheckPressed),
            Step::Choose(product) => Some(Event::ProductChosen(product)),
            Step::Wake => self.wake.map(|wake| Event::Woke { wake }),
            Step::Hide(hidden) => Some(Event::VisibilityChanged { hidden }),
            Step::Offline(offline) => Some(Event::ConnectivityChanged { offline }),
            Step::Restore => Some(Event::PageRestored),
            Step::NavigationRefused => Some(Event::NavigationRefused),
            Step::Answered(nth, answer) => self.nth(nth).and_then(|asked| fitting(&asked, &answer)),
            Step::Failed(nth, failure) => self.nth(nth).and_then(|asked| failing(&asked, failure)),
            Step::Old(id, kind, answer) => Some(old(id, kind, &answer)),
        };
        if let Some(event) = event {
            self.handle(&event, jump);
        }
    }

    fn nth(&self, nth: prop::sample::Index) -> Option<Effect> {
        let asked: Vec<_> = self.outstanding.values().cloned().collect();
        (!asked.is_empty()).then(|| nth.get(&asked).clone())
    }

    /// The oldest question is answered by a captured payment; without a question, the wake-up comes.
    pub(crate) fn all_goes_well(&mut self) {
        let well = Answer {
            own_session: true,
            own_order: true,
            state: "CAPTURED",
            outcome: "paid",
            revision: 9,
            can_retry: false,
            page: Page::Bank,
        };
        let event = match self.outstanding.values().next() {
            Some(asked) => fitting(asked, &well),
            None => self.wake.map(|wake| Event::Woke { wake }),
        };
        if let Some(event) = event {
            self.handle(&event, 0);
        }
    }

    /// The question about the order is answered.
    pub(crate) fn order_is_fetched(&mut self, latest: Option<&str>) {
        let request = self
            .outstanding
            .iter()
            .find_map(|(request, asked)| matches!(asked, Effect::FetchOrder { .. }).then_some(*request));
        let order = OrderAnswer {
            order: OrderRef::new(OWN),
            amount: amount(&OrderRef::new(OWN)),
            description: None,
            products: vec![Product::Card],
            session: latest.map(SessionId::new),
            state: None,
            can_retry: true,
            order_token_expires_at: String::new(),
        };
        self.handle(&Event::OrderFetched { request: request.expect("the order is asked about"), order }, 0);
    }

    /// The question about a session is answered.
    pub(crate) fn status_is_fetched(&mut self, order: &str, state: &str, outcome: &str, can_retry: bool) {
        let (request, id) = self
            .outstanding
            .iter()
            .find_map(|(request, asked)| match asked {
                Effect::FetchStatus { session, .. } => Some((*request, session.clone())),
                Effect::FetchOrder { .. }
                | Effect::OpenSession { .. }
                | Effect::RefreshToken { .. }
                | Effect::AskHost { .. }
                | Effect::Abandon { .. }
                | Effect::WakeAfter { .. }
                | Effect::Remember(_)
                | Effect::Forget
                | Effect::TidyAddress
                | Effect::Navigate { .. }
                | Effect::Tell(_) => None,
            })
            .expect("a session is asked about");
        let order = OrderRef::new(order);
        let session = PaymentSession {
            session: id,
            amount: amount(&order),
            order,
            state: PaymentState::from(state),
            reason: None,
            revision: Revision(3),
            page: None,
            expires_at: None,
            outcome: Outcome::from(outcome),
            anomalies: Vec::new(),
            can_retry,
        };
        self.handle(&Event::StatusFetched { request, session }, 0);
    }
}
