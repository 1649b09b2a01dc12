//! What can happen next in a state.

use checkout_core::{RequestId, Screen};

use crate::Bounds;
use crate::bank::Movement;
use crate::tab::{Asked, Place};
use crate::world::World;

/// One small step of somebody. The first number is the tab's or the attempt's.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Action {
    /// The next moment comes.
    TimePasses,
    /// The buyer presses Pay.
    Press(usize),
    /// The buyer presses Check again.
    CheckAgain(usize),
    /// The tab's alarm rings.
    Wake(usize),
    /// The buyer reloads the shop's page.
    Reload(usize),
    /// The ledger is read and the tab hears the answer.
    Answer(usize, RequestId),
    /// The ledger is read; the answer stays on its way.
    Delay(usize, RequestId),
    /// The answer on its way arrives.
    ArriveLate(usize),
    /// The request or its answer is lost; the tab hears of a failure.
    Lose(usize, RequestId),
    /// The buyer pays on the bank's page.
    PayAtBank(usize),
    /// The bank sends the buyer back to the shop.
    Return(usize),
    /// The buyer presses Back on the bank's page.
    Back(usize),
    /// The bank decides a payment.
    Decide(usize, Movement),
    /// The bank takes a refusal back: late money.
    Relent(usize),
    /// The bank closes an order nobody paid in time.
    Close(usize),
    /// The backend and what is on its way to and from it.
    Backend(Work),
    /// A create-order request that was given up reaches the bank.
    StrayArrives(usize),
    /// A notification arrives.
    Notify(usize),
    /// A notification arrives and will arrive again.
    NotifyTwice(usize),
    /// A notification is lost.
    NotifyLost(usize),
}

/// A step of the backend's work.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Work {
    /// A wish to pay reaches the backend.
    WishArrives(usize),
    /// A wish to pay is doubled on its way.
    WishDoubles(usize),
    /// The bank takes the create-order request; whether it replays the answer to one it knows.
    BankTakes {
        /// It replays.
        replays: bool,
    },
    /// The create-order request is lost or late; the backend gives it up.
    CreateLost,
    /// The answer to create-order is lost.
    CreateAnswerLost,
    /// The backend hears the answer to create-order.
    BackendHears,
    /// The backend asks and stores the answer.
    Ask(usize),
    /// The backend asks; the answer lingers.
    AskSlowly(usize),
    /// An answer that lingered is stored.
    Record,
    /// The backend is killed and started again.
    Crash,
}

impl World {
    /// Everything that can happen.
    pub(crate) fn actions(&self, actions: &mut Vec<Action>) {
        // A read is answered at once, for it could as well have been asked later; an answer that lingers is a fault.
        for tab in 0..self.tabs.len() {
            self.reads_of_tab(tab, actions);
            if !actions.is_empty() {
                return;
            }
        }
        // So is create-order: nothing else can touch an order whose page nobody knows yet.
        if self.opening.as_ref().is_some_and(|opening| opening.answer.is_some()) {
            return self.actions_of_answer(actions);
        }
        // A call to the bank ends long before the next moment.
        if self.moment < self.left.moments && self.opening.is_none() {
            actions.push(Action::TimePasses);
        }
        for tab in 0..self.tabs.len() {
            self.actions_of_tab(tab, actions);
        }
        self.actions_of_bank(actions);
        self.actions_of_backend(actions);
    }

    fn actions_of_tab(&self, number: usize, actions: &mut Vec<Action>) {
        let Bounds { faults, presses, reloads, .. } = self.left;
        let tab = &self.tabs[number];
        if let Place::Bank(attempt) = tab.place {
            actions.extend([Action::Return(number), Action::Back(number)]);
            if self.bank.takes_money(attempt, self.now()) {
                actions.push(Action::PayAtBank(number));
            }
            return;
        }
        if presses > 0 && tab.offers_to_pay() {
            actions.push(Action::Press(number));
        }
        if tab.screen() == Screen::Unresolved {
            actions.push(Action::CheckAgain(number));
        }
        // While a request is out, the alarm means that its answer is too late.
        if tab.has_alarm() && (tab.outstanding.is_empty() || faults > 0) {
            actions.push(Action::Wake(number));
        }
        if reloads > 0 {
            actions.push(Action::Reload(number));
        }
        if tab.late.is_some() {
            actions.push(Action::ArriveLate(number));
        }
        let opens = tab.outstanding.iter().filter(|(_, asked)| matches!(asked, Asked::Open(_)));
        actions.extend(opens.filter(|_| faults > 0).map(|(request, _)| Action::Lose(number, *request)));
    }

    fn reads_of_tab(&self, number: usize, actions: &mut Vec<Action>) {
        let tab = &self.tabs[number];
        for (request, asked) in &tab.outstanding {
            let is_read = match asked {
                Asked::Order | Asked::Status(_) => true,
                Asked::Open(_) => false,
            };
            let is_late = tab.late.as_ref().is_some_and(|(late, _)| late == request);
            if !is_read || is_late {
                continue;
            }
            actions.push(Action::Answer(number, *request));
            if self.left.faults > 0 {
                actions.push(Action::Lose(number, *request));
                if tab.late.is_none() {
                    actions.push(Action::Delay(number, *request));
                }
            }
        }
    }

    fn actions_of_bank(&self, actions: &mut Vec<Action>) {
        for order in &self.bank.orders {
            if order.movement == Some(Movement::Pending) {
                actions.push(Action::Decide(order.attempt, Movement::Success));
                actions.push(Action::Decide(order.attempt, Movement::Failed));
            }
            if self.left.late_money > 0 && order.movement == Some(Movement::Failed) {
                actions.push(Action::Relent(order.attempt));
            }
            if !order.closed && order.movement.is_none() && order.expires <= self.now() {
                actions.push(Action::Close(order.attempt));
            }
        }
        for attempt in &self.bank.unsent {
            actions.push(Action::Notify(*attempt));
            if self.left.faults > 0 {
                actions.extend([Action::NotifyLost(*attempt), Action::NotifyTwice(*attempt)]);
            }
        }
        actions.extend(self.strays.iter().map(|attempt| Action::StrayArrives(*attempt)));
    }

    fn actions_of_backend(&self, actions: &mut Vec<Action>) {
        let mut work = Vec::new();
        let faults = self.left.faults > 0;
        if faults {
            work.extend((0..self.wishes.len()).map(Work::WishDoubles));
        }
        match &self.opening {
            None => work.extend((0..self.wishes.len()).map(Work::WishArrives)),
            Some(opening) => {
                work.push(Work::BankTakes { replays: false });
                if self.bank.order(opening.attempt).is_some() {
                    work.push(Work::BankTakes { replays: true });
                }
                if faults {
                    work.push(Work::CreateLost);
                }
            }
        }
        if self.question.is_some() {
            work.push(Work::Record);
        } else {
            let asks = (0..self.ledger.attempts.len()).filter(|attempt| self.would_bring_news(*attempt));
            for attempt in asks {
                work.push(Work::Ask(attempt));
                work.extend(faults.then_some(Work::AskSlowly(attempt)));
            }
        }
        if self.left.crashes > 0 && (self.opening.is_some() || self.question.is_some()) {
            work.push(Work::Crash);
        }
        actions.extend(work.into_iter().map(Action::Backend));
    }

    fn actions_of_answer(&self, actions: &mut Vec<Action>) {
        actions.push(Action::Backend(Work::BackendHears));
        if self.left.faults > 0 {
            actions.push(Action::Backend(Work::CreateAnswerLost));
        }
        if self.left.crashes > 0 {
            actions.push(Action::Backend(Work::Crash));
        }
    }
}
