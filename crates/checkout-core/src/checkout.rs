//! The checkout: what it knows, and which part hears which event. Decisions are made in `phase/`, `learning.rs`,
//! `inquiry.rs` and `order_question.rs`; here they are only called.

use checkout_api::{OrderRef, Outcome, PaymentState, Product, SessionId};
use money::Amount;

use crate::attempt::Attempt;
use crate::clock::{Clock, Moment};
use crate::inquiry::{Inquiry, Pace};
use crate::order_question::OrderQuestion;
use crate::phase::{Awaiting, Device, Phase, Ready};
use crate::polling::Jitter;
use crate::{
    Config, Effect, ErrorCode, Event, HostEvent, Notice, Pause, RequestId, Screen, SetupError, Timestamp,
    View, ViewModel, Visit, WakeId,
};

/// One checkout on one page.
#[derive(Debug, Clone)]
pub struct Checkout {
    pub(crate) config: Config,
    pub(crate) phase: Phase,
    /// The page's order: from the page, else from the backend.
    pub(crate) order: Option<OrderRef>,
    pub(crate) amount: Option<Amount>,
    pub(crate) products: Vec<Product>,
    /// What the page or the buyer chose; without a choice the backend takes the order's first.
    pub(crate) product: Option<Product>,
    pub(crate) attempt: Option<Attempt>,
    /// A session named by the page or its address that waits for the order to be known.
    pub(crate) clue: Option<SessionId>,
    /// The session in the address bar: the buyer is back from the bank, or somebody says so.
    pub(crate) returned: Option<SessionId>,
    /// The order's latest session, as the backend told.
    pub(crate) latest: Option<SessionId>,
    pub(crate) inquiry: Option<Inquiry>,
    pub(crate) order_question: OrderQuestion,
    /// The refresh of the order token that is under way, and when its silence counts as a failure.
    pub(crate) refreshing: Option<(RequestId, Moment)>,
    pub(crate) hidden: bool,
    pub(crate) offline: bool,
    pub(crate) clock: Clock,
    pub(crate) jitter: Jitter,
    pub(crate) effects: Vec<Effect>,
    told: Option<(SessionId, Option<Outcome>)>,
    last_id: u32,
}

impl Checkout {
    /// Begins a checkout. The effects are to be carried out in order, like those of [`Checkout::handle`].
    pub fn start(config: Config, visit: Visit, now: Timestamp) -> (Self, Vec<Effect>) {
        let mut checkout = Self {
            phase: Phase::Option,
            order: config.order.clone(),
            amount: config.amount,
            products: Vec::new(),
            attempt: visit.note.map(Attempt::recalled),
            product: config.product.clone(),
            clue: None,
            returned: visit.session.clone().filter(|_| visit.returned),
            latest: None,
            inquiry: None,
            order_question: OrderQuestion::default(),
            refreshing: None,
            hidden: visit.hidden,
            offline: visit.offline,
            clock: Clock::new(now),
            jitter: Jitter::new(config.policy.jitter_seed),
            effects: Vec::new(),
            told: None,
            last_id: 0,
            config,
        };
        match (checkout.config.view, checkout.config.has_token) {
            (View::Option, _) => checkout.effects.push(Effect::Tell(HostEvent::Ready)),
            (View::Pay | View::Status, true) => checkout.start_with_token(visit.session),
            (View::Pay | View::Status, false) => checkout.start_without_token(visit.session, visit.returned),
        }
        checkout.arm();
        let effects = core::mem::take(&mut checkout.effects);
        (checkout, effects)
    }

    /// The button is there at once; everything else is found out beside it.
    fn start_with_token(&mut self, session: Option<SessionId>) {
        let own = self.attempt.as_ref().and_then(|attempt| attempt.session.as_ref());
        let came_back = self.returned.is_some() && self.returned.as_ref() == own;
        let waits = self.config.view == View::Status || came_back;
        self.phase = if waits {
            Phase::Awaiting(Awaiting::until(self.config.policy.deadline_millis))
        } else {
            Phase::Ready(Ready { resuming: self.attempt.is_some(), notice: None })
        };
        self.effects.push(Effect::Tell(HostEvent::Ready));
        self.ask_order();
        match session {
            Some(session) if self.order.is_some() => {
                let pace = if waits { Pace::Long } else { self.interest_in(&session) };
                self.follow(session, pace);
            }
            session => self.clue = session,
        }
    }

    /// Nothing can be paid, only shown.
    fn start_without_token(&mut self, session: Option<SessionId>, returned: bool) {
        let status = self.config.view == View::Status;
        let noted = self.attempt.as_ref().filter(|_| status).and_then(|attempt| attempt.session.clone());
        if let Some(session) = session.or(noted) {
            self.phase = Phase::Awaiting(Awaiting::until(self.config.policy.deadline_millis));
            self.effects.push(Effect::Tell(HostEvent::Ready));
            self.follow(session, Pace::Long);
        } else if status && returned {
            // The address was garbled on its way: not the shop's mistake, and nothing to wait for.
            self.phase = Phase::Ready(Ready { resuming: false, notice: Some(Notice::SessionNotFound) });
            self.effects.push(Effect::Tell(HostEvent::Ready));
            self.tell_error(ErrorCode::SessionNotFound, false, None);
        } else {
            let option = if status { "session" } else { "order-token" };
            self.phase = Phase::SetupError(SetupError::Missing { option });
            self.tell_error(ErrorCode::SetupError, false, None);
        }
    }

    /// Takes in what happened and says what to do, in order.
    pub fn handle(&mut self, event: Event, now: Timestamp) -> Vec<Effect> {
        self.clock.hear(now);
        match event {
            Event::PayPressed { key } => self.pay_pressed(key, Device::This),
            Event::PhonePressed { key } => self.pay_pressed(key, Device::Phone),
            Event::CheckPressed => self.check_pressed(),
            Event::ProductChosen(product) => self.product_chosen(product),
            Event::OrderFetched { request, order } => self.order_fetched(request, order),
            Event::OrderFailed { request, failure } => self.order_failed(request, failure),
            Event::SessionOpened { request, session, page } => self.session_opened(request, session, page),
            Event::OpenFailed { request, failure } => self.open_failed(request, failure),
            Event::StatusFetched { request, session } => self.status_fetched(request, session),
            Event::StatusFailed { request, failure } => self.status_failed(request, &failure),
            Event::TokenRefreshed { request } => self.token_refreshed(request, true),
            Event::TokenRefreshFailed { request, failure: _ } => self.token_refreshed(request, false),
            Event::HostAnswered { request, hook, proceed } => self.host_answered(request, hook, proceed),
            Event::Woke { wake } => self.woke(wake),
            Event::VisibilityChanged { hidden } => self.page_changed(hidden, self.offline),
            Event::ConnectivityChanged { offline } => self.page_changed(self.hidden, offline),
            Event::PageRestored => self.page_restored(),
            Event::NavigationRefused => self.navigation_refused(),
        }
        self.drop_unwanted_refresh();
        self.arm();
        core::mem::take(&mut self.effects)
    }

    /// What the buyer sees now.
    pub fn view(&self) -> ViewModel {
        let screen = match &self.phase {
            Phase::Option => Screen::Option,
            Phase::Ready(ready) => Screen::Ready { resuming: ready.resuming, notice: ready.notice },
            Phase::Opening(opening) => {
                let pause = if self.offline { Pause::Offline } else { Pause::Retrying };
                Screen::Opening { pause: opening.is_slow().then_some(pause) }
            }
            Phase::Redirecting(redirecting) => {
                Screen::Redirecting { page: redirecting.page.clone(), refused: redirecting.refused }
            }
            Phase::Awaiting(_) => Screen::Awaiting { pause: self.pause() },
            Phase::Settled(settled) => settled.screen(),
            Phase::Unresolved => Screen::Unresolved,
            Phase::SetupError(error) => Screen::SetupError(error.clone()),
        };
        ViewModel {
            screen,
            order: self.order.clone(),
            amount: self.amount,
            products: self.products.clone(),
            product: self.product.clone().or_else(|| self.products.first().cloned()),
            can_pay: self.can_pay(),
            can_continue: self.can_pay() && self.offers_way_back(),
            scan: self.scan(),
        }
    }

    fn woke(&mut self, wake: WakeId) {
        if self.clock.woke(wake) {
            self.refresh_due();
            self.opening_due();
            self.redirecting_due();
            self.inquiry_due();
            self.order_question_due();
            self.awaiting_due();
        }
    }

    /// Whether the page may ask nothing: nobody looks at it, or nothing would come back. Opening a session goes on: the
    /// buyer has pressed for it.
    pub(crate) const fn is_paused(&self) -> bool {
        self.hidden || self.offline
    }

    fn page_changed(&mut self, hidden: bool, offline: bool) {
        let was_paused = self.is_paused();
        let is_back = self.offline && !offline;
        self.hidden = hidden;
        self.offline = offline;
        if is_back {
            self.opening_online();
        }
        match (was_paused, self.is_paused()) {
            (false, true) => {
                self.abandon_inquiry();
                self.abandon_order_question();
            }
            (true, false) => {
                self.put_deadline_off();
                if let Some(pace) = self.inquiry.as_ref().map(|inquiry| inquiry.pace) {
                    self.ask_anew(pace);
                }
                self.order_question_due();
            }
            (true, true) | (false, false) => {}
        }
    }

    /// The page is back out of the back/forward cache. Every request that was running died with it.
    fn page_restored(&mut self) {
        match &self.phase {
            Phase::Opening(_) => self.opening_restored(),
            Phase::Redirecting(_) => self.redirecting_restored(),
            Phase::Ready(_) | Phase::Awaiting(_) | Phase::Unresolved | Phase::Settled(_) => {
                if let Some(pace) = self.inquiry.as_ref().map(|inquiry| inquiry.pace) {
                    self.ask_anew(pace);
                }
            }
            Phase::Option | Phase::SetupError(_) => {}
        }
        self.abandon_order_question();
        self.order_question_due();
    }

    /// Asks for the one wake-up that is needed next.
    fn arm(&mut self) {
        let paused = self.is_paused();
        let asking = self.inquiry.as_ref().map(Inquiry::due).filter(|_| !paused);
        let order = self.order_question.due().filter(|_| !paused);
        let token = self.refreshing.map(|(_, due)| due);
        let next: Option<Moment> = [asking, order, token, self.phase.due(paused)].into_iter().flatten().min();
        let Some(moment) = next else { return self.clock.disarm() };
        let wake = WakeId(self.last_id.wrapping_add(1));
        if let Some(millis) = self.clock.arm(moment, wake) {
            self.last_id = wake.0;
            self.effects.push(Effect::WakeAfter { wake, millis });
        }
    }

    pub(crate) fn next_id(&mut self) -> u32 {
        self.last_id = self.last_id.wrapping_add(1);
        self.last_id
    }

    /// Enters a phase; the page hears of it when its name is another.
    pub(crate) fn enter(&mut self, phase: Phase) {
        let before = self.phase.name();
        self.phase = phase;
        let phase = self.phase.name();
        if phase != before {
            self.effects.push(Effect::Tell(HostEvent::Change { phase }));
        }
    }

    pub(crate) fn tell_error(&mut self, code: ErrorCode, retryable: bool, support_id: Option<String>) {
        self.effects.push(Effect::Tell(HostEvent::Error { code, retryable, support_id }));
    }

    /// Tells the page an outcome, once for each session and outcome.
    pub(crate) fn tell_outcome(
        &mut self,
        order: OrderRef,
        session: SessionId,
        state: PaymentState,
        outcome: Option<Outcome>,
    ) {
        let told = Some((session.clone(), outcome.clone()));
        if self.told != told {
            self.told = told;
            self.effects.push(Effect::Tell(HostEvent::Outcome { order, session, state, outcome }));
        }
    }
}
