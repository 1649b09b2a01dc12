//! One tab of the buyer's browser: the real checkout, what the tab remembers, and where it is. Effects are carried out
//! as the widget's driver does.

use std::collections::{BTreeMap, VecDeque};
use std::hash::{Hash, Hasher};

use checkout_api::{IdempotencyKey, SessionId};
use checkout_core::{
    Checkout, Config, Effect, Event, Note, Policy, RequestId, Screen, Timestamp, View, Visit, WakeId,
};

use crate::bank::PAGES;
use crate::snapshot::{PAUSE, Snapshot, canonical};

/// Where the tab is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Place {
    /// On the shop's page.
    Shop,
    /// On the bank's page of this attempt; the shop's page sleeps behind it.
    Bank(usize),
}

/// A question on its way to the backend.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Asked {
    Order,
    Open(IdempotencyKey),
    Status(SessionId),
}

/// A wish to open a session, on its way. It goes on even if the tab no longer waits for it.
#[derive(Debug, Clone)]
pub struct Wish {
    pub(crate) tab: usize,
    /// Which of the tab's pages asked: an answer to an earlier one finds nobody.
    pub(crate) page: u8,
    pub(crate) request: RequestId,
    pub(crate) key: IdempotencyKey,
}

/// A tab.
#[derive(Debug, Clone)]
pub struct Tab {
    checkout: Checkout,
    /// Where it is.
    pub place: Place,
    pub(crate) page: u8,
    pub(crate) outstanding: BTreeMap<RequestId, Asked>,
    /// An answer that was read from the ledger and is still on its way.
    pub(crate) late: Option<(RequestId, Event)>,
    alarm: Option<WakeId>,
    note: Option<Note>,
    address: Option<SessionId>,
    keys: u8,
    pub(crate) snapshot: Snapshot,
}

impl Tab {
    /// Opens the shop's page for the first time.
    pub(crate) fn open() -> Self {
        let (checkout, effects) = Checkout::start(config(), Visit::default(), Timestamp(0));
        let mut tab = Self {
            checkout,
            place: Place::Shop,
            page: 0,
            outstanding: BTreeMap::new(),
            late: None,
            alarm: None,
            note: None,
            address: None,
            keys: 0,
            snapshot: Snapshot::default(),
        };
        tab.carry_out(effects, &mut Vec::new(), 0);
        tab.look();
        tab
    }

    /// Loads the shop's page again: what ran on it before is gone.
    pub(crate) fn load(&mut self) {
        let visit = Visit {
            session: self.address.clone(),
            returned: self.address.is_some(),
            note: self.note.clone(),
            hidden: false,
            offline: false,
        };
        self.outstanding.clear();
        self.late = None;
        self.alarm = None;
        self.place = Place::Shop;
        self.page += 1;
        let (checkout, effects) = Checkout::start(config(), visit, Timestamp(0));
        self.checkout = checkout;
        self.carry_out(effects, &mut Vec::new(), 0);
        self.look();
    }

    /// The bank sends the buyer back with the session in the address.
    pub(crate) fn come_back(&mut self, attempt: usize) {
        self.address = Some(SessionId::new(format!("session-{attempt}")));
        self.load();
    }

    /// The buyer presses Back: the page wakes as it was, without its requests.
    pub(crate) fn restore(&mut self, wishes: &mut Vec<Wish>, number: usize) {
        self.place = Place::Shop;
        self.outstanding.clear();
        self.late = None;
        self.happens(Event::PageRestored, wishes, number);
    }

    /// Presses Pay with a fresh key.
    pub(crate) fn press(&mut self, wishes: &mut Vec<Wish>, number: usize) {
        let key = IdempotencyKey::new(format!("key-{number}-{}", self.keys));
        self.happens(Event::PayPressed { key: key.clone() }, wishes, number);
        if self.note.as_ref().is_some_and(|note| note.key == key) {
            self.keys += 1;
        }
    }

    /// The alarm rings.
    pub(crate) fn wake(&mut self, wishes: &mut Vec<Wish>, number: usize) {
        if let Some(wake) = self.alarm.take() {
            self.happens(Event::Woke { wake }, wishes, number);
        }
    }

    /// An answer or a failure of `request` arrives, if it is still waited for.
    pub(crate) fn hears(
        &mut self,
        request: RequestId,
        event: Event,
        wishes: &mut Vec<Wish>,
        number: usize,
    ) -> bool {
        let waited_for = self.place == Place::Shop && self.outstanding.remove(&request).is_some();
        if waited_for {
            self.late.take_if(|(late, _)| *late == request);
            self.happens(event, wishes, number);
        }
        waited_for
    }

    pub(crate) fn happens(&mut self, event: Event, wishes: &mut Vec<Wish>, number: usize) {
        let effects = self.checkout.handle(event, Timestamp(0));
        self.carry_out(effects, wishes, number);
        self.look();
    }

    /// What the buyer sees.
    pub fn screen(&self) -> Screen {
        self.checkout.view().screen
    }

    /// Whether the answer to a wish would find this tab waiting.
    pub(crate) fn waits_for(&self, wish: &Wish) -> bool {
        self.place == Place::Shop && self.page == wish.page && self.outstanding.contains_key(&wish.request)
    }

    pub(crate) const fn has_alarm(&self) -> bool {
        self.alarm.is_some()
    }

    /// Whether the buyer can press Pay.
    pub fn offers_to_pay(&self) -> bool {
        match self.screen() {
            Screen::Ready { .. } => true,
            Screen::Declined { can_retry, .. }
            | Screen::Expired { can_retry }
            | Screen::Cancelled { can_retry } => can_retry,
            Screen::Option
            | Screen::Opening { .. }
            | Screen::Redirecting { .. }
            | Screen::Awaiting { .. }
            | Screen::Paid
            | Screen::Refunded
            | Screen::Unresolved
            | Screen::SetupError(_) => false,
        }
    }

    fn carry_out(&mut self, effects: Vec<Effect>, wishes: &mut Vec<Wish>, number: usize) {
        let mut queue = VecDeque::from(effects);
        while let Some(effect) = queue.pop_front() {
            match effect {
                Effect::FetchOrder { request } => {
                    self.outstanding.insert(request, Asked::Order);
                }
                Effect::OpenSession { request, key, product: _ } => {
                    self.outstanding.insert(request, Asked::Open(key.clone()));
                    wishes.push(Wish { tab: number, page: self.page, request, key });
                }
                Effect::FetchStatus { request, session, .. } => {
                    self.outstanding.insert(request, Asked::Status(session));
                }
                Effect::Abandon { request } => {
                    self.outstanding.remove(&request);
                    self.late.take_if(|(late, _)| *late == request);
                }
                Effect::WakeAfter { wake, millis: _ } => self.alarm = Some(wake),
                Effect::Remember(note) => self.note = Some(note),
                Effect::Forget => self.note = None,
                Effect::TidyAddress => self.address = None,
                Effect::AskHost { request, hook } => {
                    let proceed = Event::HostAnswered { request, hook, proceed: true };
                    queue.extend(self.checkout.handle(proceed, Timestamp(0)));
                }
                Effect::Navigate { page } => {
                    let attempt = page.strip_prefix(PAGES).and_then(|attempt| attempt.parse().ok());
                    self.place = attempt.map_or(Place::Shop, Place::Bank);
                    self.outstanding.clear();
                    self.late = None;
                }
                // No token here grows old, and nobody listens to the page's events.
                Effect::RefreshToken { .. } | Effect::Tell(_) => {}
            }
        }
    }

    /// Everything that can make a difference later, as one text.
    fn look(&mut self) {
        if format!("{:?}", self.checkout).contains("armed: None") {
            // An alarm nobody waits for changes nothing when it rings.
            self.alarm = None;
        }
        let Self { checkout, outstanding, late, alarm, .. } = self;
        self.snapshot = canonical(&format!("{checkout:?} {outstanding:?} {late:?} {alarm:?}"));
    }

    /// Keeps an answer on its way.
    pub(crate) fn delay(&mut self, request: RequestId, event: Event) {
        self.late = Some((request, event));
        self.look();
    }
}

/// What can make a difference later; the ids in it are named by the order they appear in.
impl Hash for Tab {
    fn hash<H: Hasher>(&self, hasher: &mut H) {
        self.snapshot.text.hash(hasher);
        let note = self.note.as_ref().map(|note| (&note.key, &note.session));
        (self.place, note, &self.address, self.keys).hash(hasher);
    }
}

fn config() -> Config {
    Config {
        view: View::Pay,
        has_token: true,
        can_refresh_token: false,
        order: None,
        amount: None,
        product: None,
        payment_hosts: Vec::new(),
        policy: Policy {
            wait_seconds: 20,
            min_gap_millis: PAUSE,
            first_backoff_millis: PAUSE >> 1,
            max_backoff_millis: PAUSE >> 1,
            deadline_millis: PAUSE,
            open_attempts: 2,
            jitter_seed: 0,
        },
    }
}
