//! The model and what must hold in every state of it.

use checkout_core::Screen;
use merchant_backend::payments::attempt::Anomaly;
use stateright::{Model, Property};

use crate::action::Action;
use crate::settle::GoodEnds;
use crate::world::World;
use crate::{Bounds, PageExpiry};

/// The session protocol within bounds.
#[derive(Debug)]
pub struct Protocol {
    bounds: Bounds,
    page_expiry: PageExpiry,
    good_ends: GoodEnds,
}

impl Protocol {
    /// The protocol in which at most `bounds` goes wrong.
    pub fn new(bounds: Bounds) -> Self {
        Self::with_page_expiry(bounds, PageExpiry::default())
    }

    /// The same under another rule of when the ledger lets a page go.
    pub fn with_page_expiry(bounds: Bounds, page_expiry: PageExpiry) -> Self {
        Self { bounds, page_expiry, good_ends: GoodEnds::default() }
    }
}

impl Model for Protocol {
    type State = World;
    type Action = Action;

    fn init_states(&self) -> Vec<World> {
        let mut world = World::new(self.bounds);
        world.ledger.page_expiry = self.page_expiry;
        vec![world]
    }

    fn actions(&self, world: &World, actions: &mut Vec<Action>) {
        world.actions(actions);
    }

    fn next_state(&self, world: &World, action: Action) -> Option<World> {
        let mut next = world.clone();
        next.take(&action);
        Some(next)
    }

    fn properties(&self) -> Vec<Property<Self>> {
        vec![
            Property::always("at most one attempt is live", |_, world: &World| {
                world.ledger.live(world.now()) <= 1
            }),
            Property::always("at most one page in a browser takes money", |_, world: &World| {
                let takes = |it: &&usize| world.bank.takes_money(**it, world.now());
                world.ledger.pages.iter().filter(takes).count() <= 1
            }),
            Property::always("paid is shown only when the bank has captured", |_, world: &World| {
                let captured = (0..world.ledger.attempts.len()).any(|it| world.bank.captured(it));
                captured || !world.tabs.iter().any(|tab| tab.screen() == Screen::Paid)
            }),
            Property::always(
                "an attempt is captured only when the bank has captured it",
                |_, world: &World| {
                    let attempts = world.ledger.attempts.iter().enumerate();
                    attempts.filter(|(_, it)| it.state.money_arrived()).all(|(at, _)| world.bank.captured(at))
                },
            ),
            Property::always(
                "no order is captured twice, but by money after a refusal",
                |_, world: &World| {
                    let captured = world.bank.orders.iter().filter(|it| world.bank.captured(it.attempt));
                    captured.filter(|it| !it.late).count() <= 1
                },
            ),
            Property::always(
                "when nothing more goes wrong, all come to a truthful rest",
                |model: &Self, world: &World| model.good_ends.reaches(world),
            ),
            Property::always("a right set-up is never called wrong", |_, world: &World| {
                !shows(world, |it| matches!(it, Screen::SetupError(_)))
            }),
            // The model is not empty: what it is about does happen.
            Property::sometimes("paid is shown", |_, world: &World| shows(world, |it| *it == Screen::Paid)),
            Property::sometimes("unresolved is shown", |_, world: &World| {
                shows(world, |it| *it == Screen::Unresolved)
            }),
            Property::sometimes("declined is shown", |_, world: &World| {
                shows(world, |it| matches!(it, Screen::Declined { .. }))
            }),
            Property::sometimes("expired is shown", |_, world: &World| {
                shows(world, |it| matches!(it, Screen::Expired { .. }))
            }),
            Property::sometimes("late money is found though its notification is lost", |_, world: &World| {
                let late = world.bank.orders.iter().filter(|order| order.late).map(|order| order.attempt);
                let unheard = |it: &usize| !world.bank.unsent.contains(it) && !world.ledger.was_notified(*it);
                late.filter(unheard).any(|it| world.ledger.attempts[it].state.money_arrived())
            }),
            Property::sometimes("an attempt is repeated", |_, world: &World| has(world, Anomaly::Repeated)),
            Property::sometimes("an attempt is unreachable", |_, world: &World| {
                has(world, Anomaly::Unreachable)
            }),
        ]
    }
}

fn shows(world: &World, screen: fn(&Screen) -> bool) -> bool {
    world.tabs.iter().any(|tab| screen(&tab.screen()))
}

fn has(world: &World, anomaly: Anomaly) -> bool {
    world.ledger.attempts.iter().any(|attempt| attempt.anomalies.contains(&anomaly))
}
