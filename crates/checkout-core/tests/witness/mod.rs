//! A driver that only keeps books: it carries nothing out, answers whatever a test wants, and checks after every event
//! that the contract of `checkout-core` holds.

mod answers;
mod rules;

use std::collections::{BTreeMap, BTreeSet};

use checkout_api::{OrderRef, Outcome, SessionId};
use checkout_core::{
    Checkout, Config, Effect, Event, Failure, HostEvent, Note, PhaseName, RequestId, Timestamp, ViewModel,
    Visit, WakeId,
};

pub(crate) use answers::{OTHER, OWN, Step, anything};
pub(crate) use rules::{is_final, name, offers_a_button};

/// The checkout under watch and the books about it.
pub(crate) struct Witness {
    checkout: Checkout,
    config: Config,
    now: u64,
    /// What the last event led to.
    pub(crate) effects: Vec<Effect>,
    /// The requests that wait for an answer.
    outstanding: BTreeMap<RequestId, Effect>,
    wake: Option<WakeId>,
    last_id: u32,
    remembered: Option<Note>,
    pressed: Option<String>,
    hidden: bool,
    offline: bool,
    told: Option<(SessionId, Option<Outcome>)>,
    order: Option<OrderRef>,
    /// Sessions that the backend named to the bearer of the token.
    named: BTreeSet<SessionId>,
    name: PhaseName,
    presses: u32,
    /// Every change of phase, and what made it.
    changes: Vec<(PhaseName, Event, PhaseName)>,
}

impl Witness {
    pub(crate) fn start(config: Config, visit: Visit) -> Self {
        let (hidden, offline, remembered) = (visit.hidden, visit.offline, visit.note.clone());
        let order = config.order.clone();
        let now = 1_000_000_000;
        let (checkout, effects) = Checkout::start(config.clone(), visit, Timestamp(now));
        let name = name(&checkout.view().screen);
        let readies = effects.iter().filter(|it| **it == Effect::Tell(HostEvent::Ready)).count();
        assert_eq!(
            readies,
            usize::from(name != PhaseName::SetupError),
            "ready is told once, unless set up wrongly"
        );
        let effects: Vec<_> =
            effects.into_iter().filter(|it| *it != Effect::Tell(HostEvent::Ready)).collect();
        let mut witness = Self {
            checkout,
            config,
            now,
            effects,
            outstanding: BTreeMap::new(),
            wake: None,
            last_id: 0,
            remembered,
            pressed: None,
            hidden,
            offline,
            told: None,
            order,
            named: BTreeSet::new(),
            name,
            presses: 0,
            changes: Vec::new(),
        };
        witness.enter_in_the_books(None);
        witness
    }

    pub(crate) fn view(&self) -> ViewModel {
        self.checkout.view()
    }

    /// The phase now.
    #[allow(dead_code, reason = "only the drawing's test asks")]
    pub(crate) const fn phase(&self) -> PhaseName {
        self.name
    }

    /// Every change of phase so far, and what made it.
    #[allow(dead_code, reason = "only the drawing's test asks")]
    pub(crate) fn changes(&self) -> &[(PhaseName, Event, PhaseName)] {
        &self.changes
    }

    /// Lets the clock jump and the event happen, then checks every rule.
    pub(crate) fn handle(&mut self, event: &Event, jump: i64) {
        self.now = self.now.saturating_add_signed(jump);
        let before = self.view();
        let expected = self.expects(event);
        if expected && let Event::OpenFailed { failure: Failure::AlreadyPaid { session }, .. } = event {
            self.named.extend(session.clone());
        }
        if let Event::VisibilityChanged { hidden } = event {
            self.hidden = *hidden;
        }
        if let Event::ConnectivityChanged { offline } = event {
            self.offline = *offline;
        }
        self.effects = self.checkout.handle(event.clone(), Timestamp(self.now));
        if let Event::PayPressed { key } | Event::PhonePressed { key } = event
            && !self.effects.is_empty()
        {
            self.pressed = Some(key.as_str().to_owned());
        }
        self.check_what_may_not_change(event, expected, &before);
        let phase = self.name;
        self.enter_in_the_books(Some(event));
        if self.name != phase {
            self.changes.push((phase, event.clone(), self.name));
        }
        self.check_the_screen(event, &before);
    }

    /// Whether this answer or wake-up is waited for; takes it out of the books.
    fn expects(&mut self, event: &Event) -> bool {
        let asked = |witness: &Self, request: &RequestId| witness.outstanding.get(request).cloned();
        let fits = match event {
            Event::OrderFetched { request, .. } | Event::OrderFailed { request, .. } => {
                matches!(asked(self, request), Some(Effect::FetchOrder { .. })).then_some(*request)
            }
            Event::SessionOpened { request, .. } | Event::OpenFailed { request, .. } => {
                matches!(asked(self, request), Some(Effect::OpenSession { .. })).then_some(*request)
            }
            Event::StatusFetched { request, .. } | Event::StatusFailed { request, .. } => {
                matches!(asked(self, request), Some(Effect::FetchStatus { .. })).then_some(*request)
            }
            Event::TokenRefreshed { request } | Event::TokenRefreshFailed { request, .. } => {
                matches!(asked(self, request), Some(Effect::RefreshToken { .. })).then_some(*request)
            }
            Event::HostAnswered { request, hook, .. } => {
                matches!(asked(self, request), Some(Effect::AskHost { hook: asked, .. }) if asked == *hook)
                    .then_some(*request)
            }
            Event::Woke { wake } => return self.wake.take_if(|armed| armed == wake).is_some(),
            Event::PayPressed { .. }
            | Event::PhonePressed { .. }
            | Event::CheckPressed
            | Event::ProductChosen(_)
            | Event::VisibilityChanged { .. }
            | Event::ConnectivityChanged { .. }
            | Event::PageRestored
            | Event::NavigationRefused => return true,
        };
        fits.is_some_and(|request| self.outstanding.remove(&request).is_some())
    }
}
