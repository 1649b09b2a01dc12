//! What becomes of a state when nothing more goes wrong and nobody presses anything: everybody's next step, in turn,
//! until all tabs rest.

use std::collections::HashSet;
use std::sync::{Mutex, PoisonError};

use checkout_core::Screen;
use merchant_backend::payments::attempt::Anomaly;

use crate::action::{Action, Work};
use crate::bank::Movement;
use crate::tab::Place;
use crate::world::World;

/// More steps than any state needs to come to rest.
const PATIENCE: usize = 400;

/// States that are known to come to a good end.
#[derive(Debug, Default)]
pub(crate) struct GoodEnds(Mutex<HashSet<u64>>);

impl GoodEnds {
    /// Whether `world` comes to rest, and truthfully.
    pub(crate) fn reaches(&self, world: &World) -> bool {
        let mut world = world.clone();
        let mut passed = Vec::new();
        for _ in 0..PATIENCE {
            let mark = world.mark();
            if self.known(mark) {
                return self.learn(passed);
            }
            passed.push(mark);
            match world.next_good_step() {
                Some(action) => world.take(&action),
                None if world.rests_truthfully() => return self.learn(passed),
                None => return false,
            }
        }
        false
    }

    fn known(&self, mark: u64) -> bool {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).contains(&mark)
    }

    fn learn(&self, marks: Vec<u64>) -> bool {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).extend(marks);
        true
    }
}

impl World {
    /// The first thing that happens when all is well; `None` once everybody rests.
    fn next_good_step(&self) -> Option<Action> {
        let mut actions = Vec::new();
        self.actions(&mut actions);
        let rank = |action: &Action| match action {
            Action::ArriveLate(_) | Action::Answer(..) => Some(0),
            Action::Notify(_) | Action::Backend(Work::BackendHears) => Some(1),
            Action::Backend(Work::BankTakes { replays: false }) => Some(2),
            Action::Backend(Work::Record | Work::Ask(_)) => Some(3),
            Action::Backend(Work::WishArrives(_)) => Some(4),
            Action::Decide(_, Movement::Success) => Some(5),
            Action::Return(_) => Some(6),
            Action::Wake(tab) if !self.rests(*tab) && self.tabs[*tab].outstanding.is_empty() => Some(7),
            Action::Wake(_)
            | Action::Decide(..)
            | Action::TimePasses
            | Action::Press(_)
            | Action::CheckAgain(_)
            | Action::Reload(_)
            | Action::Delay(..)
            | Action::Lose(..)
            | Action::PayAtBank(_)
            | Action::Back(_)
            | Action::Relent(_)
            | Action::Close(_)
            | Action::StrayArrives(_)
            | Action::NotifyTwice(_)
            | Action::NotifyLost(_)
            | Action::Backend(
                Work::BankTakes { .. }
                | Work::WishDoubles(_)
                | Work::CreateLost
                | Work::CreateAnswerLost
                | Work::AskSlowly(_)
                | Work::Crash,
            ) => None,
        };
        actions
            .into_iter()
            .filter_map(|action| Some((rank(&action)?, action)))
            .min_by_key(|it| it.0)
            .map(|it| it.1)
    }

    /// Whether a tab shows the end, the truth that there is none yet, or a button.
    fn rests(&self, tab: usize) -> bool {
        let tab = &self.tabs[tab];
        tab.place == Place::Shop
            && match tab.screen() {
                Screen::Ready { .. }
                | Screen::Paid
                | Screen::Refunded
                | Screen::Declined { .. }
                | Screen::Expired { .. }
                | Screen::Cancelled { .. }
                | Screen::Unresolved => true,
                Screen::Redirecting { refused, .. } => refused,
                Screen::Option | Screen::Opening { .. } | Screen::Awaiting { .. } | Screen::SetupError(_) => {
                    false
                }
            }
    }

    /// Whether everybody rests and the ledger knows what the bank knows.
    fn rests_truthfully(&self) -> bool {
        let captured = |attempt: &usize| self.bank.captured(*attempt);
        let attempts = &self.ledger.attempts;
        let known = (0..attempts.len()).all(|it| captured(&it) == attempts[it].state.money_arrived());
        let twice = (0..attempts.len()).filter(captured).count() > 1;
        let told = attempts.iter().any(|attempt| attempt.anomalies.contains(&Anomaly::Repeated));
        (0..self.tabs.len()).all(|tab| self.rests(tab)) && known && (!twice || told)
    }
}
