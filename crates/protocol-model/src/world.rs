//! One state of the model: the wall clock, the ledger, the bank, what is on the way, the tabs, and the budgets left.

use std::collections::BTreeSet;
use std::hash::{DefaultHasher, Hash, Hasher};

use checkout_core::Event;
use jiff::{SignedDuration, Timestamp};

use crate::Bounds;
use crate::bank::{Bank, Created, Standing};
use crate::ledger::Ledger;
use crate::tab::{Tab, Wish};

/// An opening under way in the backend: one at a time for an order.
#[derive(Debug, Clone)]
pub struct Opening {
    pub(crate) wish: Wish,
    pub(crate) attempt: usize,
    /// The same request goes out for the second time.
    pub(crate) again: bool,
    /// A successor was made already.
    pub(crate) succeeded: bool,
    /// What the bank answered, still on its way back; `None`: the request is on its way there.
    pub(crate) answer: Option<Created>,
}

/// A state.
#[derive(Debug, Clone)]
pub struct World {
    /// What may still go wrong.
    pub left: Bounds,
    /// Index of the time on the wall in [`Bounds::MOMENTS`].
    pub moment: u8,
    /// What the backend has stored.
    pub ledger: Ledger,
    /// The bank.
    pub bank: Bank,
    /// What the backend is doing about a wish to pay.
    pub opening: Option<Opening>,
    /// A question to the bank: about which attempt, and the answer on its way back.
    pub(crate) question: Option<(usize, Option<Standing>)>,
    /// Wishes on their way to the backend.
    pub(crate) wishes: Vec<Wish>,
    /// Create-order requests the backend has given up that may still reach the bank.
    pub(crate) strays: BTreeSet<usize>,
    /// The tabs of one buyer, on the same order.
    pub tabs: Vec<Tab>,
}

impl World {
    /// All tabs have just opened the shop's page of an order nobody has tried to pay.
    pub(crate) fn new(left: Bounds) -> Self {
        Self {
            left,
            moment: 0,
            ledger: Ledger::default(),
            bank: Bank::default(),
            opening: None,
            question: None,
            wishes: Vec::new(),
            strays: BTreeSet::new(),
            tabs: (0..left.tabs).map(|_| Tab::open()).collect(),
        }
    }

    /// The time on the wall; all clocks agree.
    pub fn now(&self) -> Timestamp {
        let minutes = Bounds::MOMENTS.get(usize::from(self.moment)).copied().unwrap_or(0);
        Timestamp::UNIX_EPOCH.saturating_add(SignedDuration::from_mins(minutes)).unwrap_or(Timestamp::MAX)
    }

    /// Tells a tab, if it still waits.
    pub(crate) fn tell(&mut self, wish: &Wish, event: Event) {
        if self.tabs[wish.tab].waits_for(wish) {
            self.tabs[wish.tab].hears(wish.request, event, &mut self.wishes, wish.tab);
        }
    }
}

impl Hash for World {
    fn hash<H: Hasher>(&self, hasher: &mut H) {
        // The ids of requests count from the start of a page; only whether somebody waits can make a difference.
        let wish = |wish: &Wish| (wish.tab, wish.key.clone(), self.tabs[wish.tab].waits_for(wish));
        let mut wishes: Vec<_> = self.wishes.iter().map(wish).collect();
        wishes.sort();
        let opening =
            self.opening.as_ref().map(|it| (wish(&it.wish), it.attempt, it.again, it.succeeded, it.answer));
        (self.left, self.moment, &self.ledger, &self.bank, opening, self.question).hash(hasher);
        (wishes, &self.strays, &self.tabs).hash(hasher);
        let revisions = self.tabs.iter().flat_map(|tab| &tab.snapshot.revisions);
        let revisions: Vec<_> = revisions.chain([&self.ledger.revision]).collect();
        let ranked: BTreeSet<_> = revisions.iter().copied().collect();
        let rank = |revision: &u64| ranked.iter().filter(|it| **it < revision).count();
        revisions.into_iter().map(rank).collect::<Vec<_>>().hash(hasher);
    }
}

/// Two states are one when nothing can tell them apart from here on: when they hash alike.
impl PartialEq for World {
    fn eq(&self, other: &Self) -> bool {
        self.mark() == other.mark()
    }
}

impl World {
    /// The state as a number.
    pub(crate) fn mark(&self) -> u64 {
        let mut hasher = DefaultHasher::new();
        self.hash(&mut hasher);
        hasher.finish()
    }
}
