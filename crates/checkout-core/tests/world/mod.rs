//! A small world for whole journeys: one tab of a browser, a backend with one order, a network with faults, and a
//! clock that only moves when a journey says so. It carries effects out as the widget's driver does.

mod backend;

use checkout_api::{IdempotencyKey, OrderRef, SessionId};
use checkout_core::{
    Checkout, Config, Effect, Event, HostEvent, Note, PhaseName, Policy, RequestId, Screen, Timestamp, View,
    Visit, WakeId,
};

pub(crate) use backend::{Backend, Question};

/// How long an answer travels.
const LATENCY: u64 = 80;

pub(crate) struct World {
    pub(crate) now: u64,
    pub(crate) backend: Backend,
    /// The widget on the page, when the tab shows the shop.
    checkout: Option<Checkout>,
    config: Config,
    /// What the tab remembers.
    pub(crate) tab: Option<Note>,
    /// `alliancepay_session` in the address bar.
    pub(crate) address: Option<String>,
    /// Where the browser has gone.
    pub(crate) left_for: Option<String>,
    alarm: Option<(WakeId, u64)>,
    answers: Vec<(u64, RequestId, Event)>,
    held: Vec<Question>,
    /// Every request to the backend: when and what.
    pub(crate) requests: Vec<(u64, &'static str)>,
    /// What the page was told.
    pub(crate) told: Vec<HostEvent>,
    /// The phases in order, as the page was told.
    pub(crate) phases: Vec<PhaseName>,
    presses: u32,
}

impl World {
    /// Opens the shop's page with the pay view and a token.
    pub(crate) fn open() -> Self {
        let mut world = Self::closed();
        world.load();
        world
    }

    /// The same world before any page was opened.
    pub(crate) fn closed() -> Self {
        Self {
            now: 1_700_000_000_000,
            backend: Backend::default(),
            checkout: None,
            config: Config {
                view: View::Pay,
                has_token: true,
                can_refresh_token: false,
                order: None,
                amount: None,
                product: None,
                payment_hosts: Vec::new(),
                policy: Policy { jitter_seed: 42, ..Policy::default() },
            },
            tab: None,
            address: None,
            left_for: None,
            alarm: None,
            answers: Vec::new(),
            held: Vec::new(),
            requests: Vec::new(),
            told: Vec::new(),
            phases: Vec::new(),
            presses: 0,
        }
    }

    /// Turns the page into a status page without a token.
    pub(crate) fn with_status_page(mut self) -> Self {
        (self.config.view, self.config.has_token) = (View::Status, false);
        self
    }

    /// Lets the page say its order's number.
    pub(crate) fn with_order_on_the_page(mut self) -> Self {
        self.config.order = Some(OrderRef::new("1042"));
        self
    }

    /// Loads the page: what ran on it before is gone.
    pub(crate) fn load(&mut self) {
        self.answers.clear();
        self.held.clear();
        self.alarm = None;
        self.left_for = None;
        let visit = Visit {
            session: self.address.clone().map(SessionId::new),
            returned: self.address.is_some(),
            note: self.tab.clone(),
            hidden: false,
            offline: false,
        };
        let (checkout, effects) = Checkout::start(self.config.clone(), visit, Timestamp(self.now));
        self.checkout = Some(checkout);
        self.carry_out(effects);
    }

    /// The bank sends the buyer back to the shop, with the session in the address.
    pub(crate) fn come_back(&mut self) {
        self.address = self.backend.latest().map(|it| it.id.clone());
        self.load();
    }

    pub(crate) fn happens(&mut self, event: Event) {
        let now = Timestamp(self.now);
        let effects = self.checkout.as_mut().expect("a page is open").handle(event, now);
        self.carry_out(effects);
    }

    pub(crate) fn press_pay(&mut self) {
        self.presses += 1;
        self.happens(Event::PayPressed { key: IdempotencyKey::new(format!("key {}", self.presses)) });
    }

    pub(crate) fn screen(&self) -> Screen {
        self.checkout.as_ref().expect("a page is open").view().screen
    }

    pub(crate) fn shows_order(&self) -> Option<String> {
        self.checkout.as_ref().and_then(|it| it.view().order).map(|order| order.as_str().to_owned())
    }

    /// How often the backend was asked since `then`.
    pub(crate) fn asked_since(&self, then: u64) -> usize {
        self.requests.iter().filter(|(at, _)| *at >= then).count()
    }

    /// Lets `millis` pass; everything due meanwhile happens in its order.
    pub(crate) fn pass(&mut self, millis: u64) {
        let until = self.now + millis;
        loop {
            self.answer_held();
            let answer = self.answers.iter().map(|(at, ..)| *at).min();
            let alarm = self.alarm.map(|(_, at)| at);
            let held = self.held.iter().map(|it| it.until).min();
            let Some(next) = [answer, alarm, held].into_iter().flatten().min().filter(|at| *at <= until)
            else {
                break;
            };
            self.now = self.now.max(next);
            if answer == Some(next) {
                let nth = self.answers.iter().position(|(at, ..)| *at == next).expect("it was just seen");
                let (_, _, event) = self.answers.remove(nth);
                self.happens(event);
            } else if alarm == Some(next) {
                let (wake, _) = self.alarm.take().expect("it was just seen");
                self.happens(Event::Woke { wake });
            }
        }
        self.now = until;
    }

    /// Lets time pass until the browser has left for the bank.
    pub(crate) fn pass_until_left(&mut self) {
        for _ in 0..2_000 {
            if self.left_for.is_some() {
                return;
            }
            self.pass(50);
        }
        panic!("the browser never left: {:?}", self.screen());
    }

    fn answer_held(&mut self) {
        let (ready, held): (Vec<_>, Vec<_>) =
            self.held.drain(..).partition(|it| self.backend.answers_now(it, self.now));
        self.held = held;
        for question in ready {
            let event = self.backend.status(&question, self.now);
            self.answers.push((self.now + LATENCY, question.request, event));
        }
    }

    fn carry_out(&mut self, effects: Vec<Effect>) {
        for effect in effects {
            match effect {
                Effect::FetchOrder { request } => {
                    self.requests.push((self.now, "order"));
                    let event = self.backend.order(request, self.now);
                    self.answers.push((self.now + LATENCY, request, event));
                }
                Effect::OpenSession { request, key, product: _ } => {
                    self.requests.push((self.now, "open"));
                    let event = self.backend.open(request, key.as_str(), self.now);
                    self.answers.push((self.now + LATENCY, request, event));
                }
                Effect::FetchStatus { request, session, after, wait_seconds } => {
                    self.requests.push((self.now, "status"));
                    let until = self.now + u64::from(wait_seconds) * 1_000;
                    self.held.push(Question { request, session, after, until });
                }
                Effect::RefreshToken { request } => {
                    self.backend.token_is_stale = false;
                    self.answers.push((self.now + LATENCY, request, Event::TokenRefreshed { request }));
                }
                Effect::Abandon { request } => {
                    self.answers.retain(|(_, waiting, _)| *waiting != request);
                    self.held.retain(|it| it.request != request);
                }
                Effect::WakeAfter { wake, millis } => self.alarm = Some((wake, self.now + millis)),
                Effect::Remember(note) => self.tab = Some(note),
                Effect::Forget => self.tab = None,
                Effect::TidyAddress => self.address = None,
                Effect::AskHost { request, hook } => {
                    let event = Event::HostAnswered { request, hook, proceed: true };
                    self.answers.push((self.now, request, event));
                }
                Effect::Navigate { page } => self.left_for = Some(page),
                Effect::Tell(HostEvent::Change { phase }) => self.phases.push(phase),
                Effect::Tell(
                    told @ (HostEvent::Ready | HostEvent::Outcome { .. } | HostEvent::Error { .. }),
                ) => {
                    self.told.push(told);
                }
            }
        }
    }
}
