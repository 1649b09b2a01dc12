//! The rules of the contract, each checked after every event.

use checkout_api::{Outcome, PaymentState};
use checkout_core::{Effect, Event, HostEvent, PhaseName, RequestId, Screen, ViewModel};

use super::Witness;
use super::answers::amount;

/// The phase a screen belongs to.
pub(crate) fn name(screen: &Screen) -> PhaseName {
    match screen {
        Screen::Option => PhaseName::Option,
        Screen::Ready { .. } => PhaseName::Ready,
        Screen::Opening { .. } => PhaseName::Opening,
        Screen::Redirecting { .. } => PhaseName::Redirecting,
        Screen::Awaiting { .. } => PhaseName::Awaiting,
        Screen::Paid => PhaseName::Paid,
        Screen::Refunded => PhaseName::Refunded,
        Screen::Declined { .. } => PhaseName::Declined,
        Screen::Expired { .. } => PhaseName::Expired,
        Screen::Cancelled { .. } => PhaseName::Cancelled,
        Screen::Unresolved => PhaseName::Unresolved,
        Screen::SetupError(_) => PhaseName::SetupError,
    }
}

/// Whether the buyer can do something.
pub(crate) fn offers_a_button(view: &ViewModel) -> bool {
    match &view.screen {
        Screen::Ready { .. } => view.can_pay,
        Screen::Redirecting { refused, .. } => *refused,
        Screen::Declined { can_retry, .. }
        | Screen::Expired { can_retry }
        | Screen::Cancelled { can_retry } => *can_retry,
        Screen::Unresolved => true,
        Screen::Option
        | Screen::Opening { .. }
        | Screen::Awaiting { .. }
        | Screen::Paid
        | Screen::Refunded
        | Screen::SetupError(_) => false,
    }
}

/// Whether nothing more is to come.
pub(crate) fn is_final(view: &ViewModel) -> bool {
    match &view.screen {
        Screen::Option | Screen::Paid | Screen::Refunded | Screen::SetupError(_) => true,
        Screen::Ready { notice, .. } => !view.can_pay && notice.is_some(),
        Screen::Declined { can_retry, .. }
        | Screen::Expired { can_retry }
        | Screen::Cancelled { can_retry } => !can_retry,
        Screen::Opening { .. }
        | Screen::Redirecting { .. }
        | Screen::Awaiting { .. }
        | Screen::Unresolved => false,
    }
}

const ALLOWED: &str = "https://pay.alb.ua/";

impl Witness {
    /// Enters the effects in the books, in order, checking each.
    pub(super) fn enter_in_the_books(&mut self, event: Option<&Event>) {
        let before = self.name;
        let paused = self.hidden || self.offline;
        for effect in self.effects.clone() {
            match &effect {
                Effect::FetchOrder { request } | Effect::FetchStatus { request, .. } => {
                    assert!(!paused, "a hidden or offline page asks nothing: {effect:?}");
                    self.enter_request(*request, &effect);
                }
                Effect::OpenSession { request, key, .. } => {
                    let noted = self.remembered.as_ref().map(|note| &note.key);
                    assert_eq!(noted, Some(key), "the key is remembered before the request");
                    let open = self.outstanding.values().any(|it| matches!(it, Effect::OpenSession { .. }));
                    assert!(!open, "one request to open at a time");
                    assert!(self.checkout.view().can_pay, "nothing is opened without a token");
                    self.enter_request(*request, &effect);
                }
                Effect::RefreshToken { request } => {
                    assert!(self.config.can_refresh_token);
                    let running =
                        self.outstanding.values().any(|it| matches!(it, Effect::RefreshToken { .. }));
                    assert!(!running, "one refresh of the token at a time");
                    self.enter_request(*request, &effect);
                }
                Effect::AskHost { request, .. } => self.enter_request(*request, &effect),
                Effect::Abandon { request } => {
                    let given_up = self.outstanding.remove(request);
                    assert!(given_up.is_some(), "only a running request can be given up: {request:?}");
                }
                Effect::WakeAfter { wake, .. } => {
                    assert!(wake.0 > self.last_id, "ids are fresh");
                    self.last_id = wake.0;
                    self.wake = Some(*wake);
                }
                Effect::Remember(note) => {
                    match &self.remembered {
                        Some(before) => assert_eq!(before.key, note.key, "a remembered key stays"),
                        None => assert_eq!(Some(note.key.as_str()), self.pressed.as_deref()),
                    }
                    self.remembered = Some(note.clone());
                }
                Effect::Forget => {
                    assert!(self.remembered.take().is_some(), "there is something to forget");
                }
                Effect::TidyAddress => {}
                Effect::Navigate { page } => {
                    assert_eq!(page, ALLOWED, "never to a page that is not allowed");
                    assert_eq!(self.name, PhaseName::Redirecting, "the page hears of it before it is left");
                    let remembered = self.remembered.as_ref().and_then(|note| note.session.as_ref());
                    assert!(remembered.is_some(), "the session is remembered before leaving");
                    // The browser is gone; questions to the page die with it.
                }
                Effect::Tell(told) => self.enter_told(told, event),
            }
        }
        let now = name(&self.view().screen);
        assert_eq!(self.name, now, "the page hears of every change of phase, from {before:?}");
        // A question to the page that is no longer waited for cannot be abandoned; its answer is only old.
        if now != PhaseName::Opening {
            self.outstanding.retain(|_, asked| !matches!(asked, Effect::AskHost { .. }));
        }
        if paused {
            let asking = |it: &Effect| matches!(it, Effect::FetchOrder { .. } | Effect::FetchStatus { .. });
            assert!(!self.outstanding.values().any(asking), "a hidden or offline page has nothing running");
        }
        let statuses =
            self.outstanding.values().filter(|it| matches!(it, Effect::FetchStatus { .. })).count();
        assert!(statuses <= 1, "one question about a status at a time");
    }

    fn enter_request(&mut self, request: RequestId, effect: &Effect) {
        assert!(request.0 > self.last_id, "ids are fresh");
        self.last_id = request.0;
        self.outstanding.insert(request, effect.clone());
    }

    fn enter_told(&mut self, told: &HostEvent, event: Option<&Event>) {
        match told {
            HostEvent::Ready => panic!("ready is told once, at the start"),
            HostEvent::Change { phase } => {
                assert_ne!(*phase, self.name, "only a change is told");
                self.name = *phase;
            }
            HostEvent::Outcome { session, outcome, .. } => {
                let fetched = matches!(event, Some(Event::StatusFetched { .. }));
                assert!(outcome.is_none() || fetched, "an outcome comes from a fetched status");
                let told = Some((session.clone(), outcome.clone()));
                assert_ne!(self.told, told, "each outcome is told once");
                self.told = told;
            }
            HostEvent::Error { .. } => {}
        }
    }

    /// Old answers, final screens, and presses where no button is, change nothing.
    pub(super) fn check_what_may_not_change(&self, event: &Event, expected: bool, before: &ViewModel) {
        let pays_not = match &before.screen {
            Screen::Ready { .. } => !before.can_pay,
            Screen::Awaiting { .. } => !before.can_continue,
            Screen::Declined { can_retry, .. }
            | Screen::Expired { can_retry }
            | Screen::Cancelled { can_retry } => !can_retry,
            Screen::Option
            | Screen::Opening { .. }
            | Screen::Redirecting { .. }
            | Screen::Paid
            | Screen::Refunded
            | Screen::Unresolved
            | Screen::SetupError(_) => true,
        };
        let dead = match &before.screen {
            Screen::Option | Screen::Paid | Screen::Refunded | Screen::SetupError(_) => true,
            Screen::Ready { .. }
            | Screen::Opening { .. }
            | Screen::Redirecting { .. }
            | Screen::Awaiting { .. }
            | Screen::Declined { .. }
            | Screen::Expired { .. }
            | Screen::Cancelled { .. }
            | Screen::Unresolved => false,
        };
        let press = matches!(event, Event::PayPressed { .. } | Event::PhonePressed { .. });
        let useless_press = press && pays_not;
        if !expected || dead || useless_press {
            assert_eq!(self.effects, [], "{event:?} changes nothing in {:?}", before.screen);
            assert_eq!(&self.view(), before, "{event:?}");
        }
    }

    pub(super) fn check_the_screen(&mut self, event: &Event, before: &ViewModel) {
        let view = self.view();
        let entered = view.screen != before.screen;
        if let Event::StatusFetched { session, .. } = event {
            let unknown = matches!(session.state, PaymentState::Unrecognized(_))
                || matches!(session.outcome, Outcome::Unrecognized(_));
            if unknown && entered {
                let settled = matches!(
                    view.screen,
                    Screen::Paid | Screen::Refunded | Screen::Declined { .. } | Screen::Cancelled { .. }
                );
                assert!(!settled, "an unknown word is shown as not known yet: {session:?}");
            }
        }
        if entered && matches!(view.screen, Screen::Paid | Screen::Refunded | Screen::Declined { .. }) {
            let Event::StatusFetched { session, .. } = event else {
                panic!("only a fetched status leads to {:?}, not {event:?}", view.screen)
            };
            assert_eq!(Some(&session.order), view.order.as_ref(), "of the page's order");
            let paid = session.outcome == Outcome::Paid && session.state.is_captured();
            assert_eq!(view.screen == Screen::Paid, paid, "{session:?}");
        }
        if view.scan.is_some() {
            let waiting = matches!(view.screen, Screen::Awaiting { .. });
            assert!(waiting && view.can_continue, "a code is shown while its page can be gone to: {view:?}");
        }
        self.check_the_order(event, &view);
        let pending = !self.outstanding.is_empty() || self.wake.is_some();
        let paused = self.hidden || self.offline;
        assert!(
            is_final(&view) || offers_a_button(&view) || pending || paused,
            "a dead end: {:?} after {event:?}",
            view.screen
        );
    }

    /// The page's order, once known, stays; and only its money is shown.
    fn check_the_order(&mut self, event: &Event, view: &ViewModel) {
        if self.order.is_some() {
            assert_eq!(view.order, self.order, "the page's order stays");
        } else if view.order.is_some() && self.config.has_token {
            let told_by_token = match event {
                Event::OrderFetched { .. } | Event::SessionOpened { .. } => true,
                Event::StatusFetched { session, .. } => self.named.contains(&session.session),
                Event::PayPressed { .. }
                | Event::PhonePressed { .. }
                | Event::CheckPressed
                | Event::ProductChosen(_)
                | Event::OrderFailed { .. }
                | Event::OpenFailed { .. }
                | Event::StatusFailed { .. }
                | Event::TokenRefreshed { .. }
                | Event::TokenRefreshFailed { .. }
                | Event::HostAnswered { .. }
                | Event::Woke { .. }
                | Event::VisibilityChanged { .. }
                | Event::ConnectivityChanged { .. }
                | Event::PageRestored
                | Event::NavigationRefused => false,
            };
            assert!(told_by_token, "with a token only its order counts: {event:?}");
        }
        self.order.clone_from(&view.order);
        if let (Some(order), Some(shown)) = (&view.order, view.amount) {
            assert_eq!(shown, amount(order), "never the money of another order");
        }
    }
}
