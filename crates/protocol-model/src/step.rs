//! What each step does. The backend's order of work is that of its `opening` and `asking`.

use std::hash::{DefaultHasher, Hash, Hasher};

use checkout_core::{Event, Failure, RequestId};

use crate::action::{Action, Work};
use crate::bank::Created;
use crate::ledger::{Begun, Ledger};
use crate::tab::{Asked, Place};
use crate::world::{Opening, World};

/// Earlier attempts one wish may ask the bank about.
const QUESTIONS_PER_WISH: usize = 4;

impl World {
    /// Takes a step.
    pub(crate) fn take(&mut self, action: &Action) {
        match *action {
            Action::TimePasses => self.moment += 1,
            Action::Press(tab) => {
                self.left.presses -= 1;
                self.tabs[tab].press(&mut self.wishes, tab);
            }
            Action::CheckAgain(tab) => self.tabs[tab].happens(Event::CheckPressed, &mut self.wishes, tab),
            Action::Wake(tab) => {
                if !self.tabs[tab].outstanding.is_empty() {
                    self.spend_fault();
                }
                self.tabs[tab].wake(&mut self.wishes, tab);
            }
            Action::Reload(tab) => {
                self.left.reloads -= 1;
                self.tabs[tab].load();
            }
            Action::Answer(tab, request) => {
                if let Some(event) = self.read(tab, request) {
                    self.tabs[tab].hears(request, event, &mut self.wishes, tab);
                }
            }
            Action::Delay(tab, request) => {
                self.spend_fault();
                if let Some(event) = self.read(tab, request) {
                    self.tabs[tab].delay(request, event);
                }
            }
            Action::ArriveLate(tab) => {
                if let Some((request, event)) = self.tabs[tab].late.take() {
                    self.tabs[tab].hears(request, event, &mut self.wishes, tab);
                }
            }
            Action::Lose(tab, request) => {
                self.spend_fault();
                self.fail(tab, request);
            }
            Action::PayAtBank(tab) => self.at_bank(tab, |world, attempt| world.bank.pay(attempt)),
            Action::Return(tab) => self.at_bank(tab, |world, attempt| world.tabs[tab].come_back(attempt)),
            Action::Back(tab) => self.tabs[tab].restore(&mut self.wishes, tab),
            Action::Decide(attempt, movement) => self.bank.decide(attempt, movement),
            Action::Relent(attempt) => {
                self.left.late_money -= 1;
                self.bank.relent(attempt);
            }
            Action::Close(attempt) => self.bank.close(attempt),
            Action::StrayArrives(attempt) => {
                self.strays.remove(&attempt);
                let now = self.now();
                self.bank.create(attempt, false, now);
            }
            Action::Notify(attempt) => {
                self.bank.unsent.remove(&attempt);
                self.ledger.store_hint(attempt);
            }
            Action::NotifyTwice(attempt) => {
                self.spend_fault();
                self.ledger.store_hint(attempt);
            }
            Action::NotifyLost(attempt) => {
                self.spend_fault();
                self.bank.unsent.remove(&attempt);
            }
            Action::Backend(work) => self.work(work),
        }
    }

    fn work(&mut self, work: Work) {
        let now = self.now();
        match work {
            Work::WishArrives(nth) => self.begin(nth),
            Work::WishDoubles(nth) => {
                self.spend_fault();
                self.wishes.push(self.wishes[nth].clone());
            }
            Work::BankTakes { replays } => {
                if let Some(opening) = &mut self.opening {
                    opening.answer = Some(self.bank.create(opening.attempt, replays, now));
                }
            }
            Work::CreateLost => {
                self.spend_fault();
                self.strays.extend(self.opening.as_ref().map(|opening| opening.attempt));
                self.unclear();
            }
            Work::CreateAnswerLost => {
                self.spend_fault();
                self.unclear();
            }
            Work::BackendHears => self.hear_bank(),
            Work::Ask(attempt) => self.ledger.record(attempt, self.standing(attempt), now),
            Work::AskSlowly(attempt) => {
                self.spend_fault();
                self.question = Some((attempt, self.standing(attempt)));
            }
            Work::Record => {
                if let Some((attempt, standing)) = self.question.take() {
                    self.ledger.record(attempt, standing, now);
                }
            }
            Work::Crash => {
                self.left.crashes -= 1;
                self.question = None;
                if let Some(opening) = self.opening.take() {
                    if opening.answer.is_none() {
                        self.strays.insert(opening.attempt);
                    }
                    let failure = Failure::Network;
                    self.tell(&opening.wish, Event::OpenFailed { request: opening.wish.request, failure });
                }
            }
        }
    }

    /// A wish is worked on: the store first, then the bank.
    fn begin(&mut self, nth: usize) {
        let wish = self.wishes.remove(nth);
        let (request, now) = (wish.request, self.now());
        let mut begun = self.ledger.begin(wish.key.as_str(), now);
        for _ in 0..QUESTIONS_PER_WISH {
            let Begun::AskFirst(attempt) = begun else { break };
            self.ledger.record(attempt, self.standing(attempt), now);
            begun = self.ledger.begin(wish.key.as_str(), now);
        }
        match begun {
            Begun::Existing(attempt) => {
                let event = self.ledger.opened(request, attempt, now);
                self.tell(&wish, event);
            }
            Begun::Send(attempt) => {
                self.opening = Some(Opening { wish, attempt, again: false, succeeded: false, answer: None });
            }
            Begun::AskFirst(_) => {
                let failure = Failure::Busy { retry_after_millis: None, support_id: None };
                self.tell(&wish, Event::OpenFailed { request, failure });
            }
            Begun::KeyReused => {
                let failure = Failure::Refused { support_id: None };
                self.tell(&wish, Event::OpenFailed { request, failure });
            }
            Begun::AlreadyPaid(attempt) => {
                let session = Some(self.ledger.attempts[attempt].session.clone());
                self.tell(&wish, Event::OpenFailed { request, failure: Failure::AlreadyPaid { session } });
            }
        }
    }

    fn hear_bank(&mut self) {
        let now = self.now();
        let Some(mut opening) = self.opening.take() else { return };
        match opening.answer.take() {
            Some(Created::Page(expires)) => {
                self.ledger.record_page(opening.attempt, expires);
                let event = self.ledger.opened(opening.wish.request, opening.attempt, now);
                self.tell(&opening.wish, event);
            }
            Some(Created::Duplicate) if opening.succeeded => {
                self.ledger.succeed(opening.attempt, now);
                self.silent(&opening);
            }
            Some(Created::Duplicate) => {
                let attempt = self.ledger.succeed(opening.attempt, now);
                self.opening = Some(Opening { attempt, again: false, succeeded: true, ..opening });
            }
            None => self.opening = Some(opening),
        }
    }

    /// The bank's answer is not known: the same request once more, then no more.
    fn unclear(&mut self) {
        match &mut self.opening {
            Some(opening) if !opening.again => {
                opening.again = true;
                opening.answer = None;
            }
            Some(_) | None => {
                if let Some(opening) = self.opening.take() {
                    self.silent(&opening);
                }
            }
        }
    }

    fn silent(&mut self, opening: &Opening) {
        let failure = Failure::Busy { retry_after_millis: None, support_id: None };
        self.tell(&opening.wish, Event::OpenFailed { request: opening.wish.request, failure });
    }

    /// Whether asking about an attempt now would change the ledger; a question that would not is left out.
    pub(crate) fn would_bring_news(&self, attempt: usize) -> bool {
        let mark = |ledger: &Ledger| {
            let mut hasher = DefaultHasher::new();
            ledger.hash(&mut hasher);
            hasher.finish()
        };
        self.ledger.wants_answer(attempt, self.now()) && {
            let mut ledger = self.ledger.clone();
            ledger.record(attempt, self.standing(attempt), self.now());
            mark(&ledger) != mark(&self.ledger)
        }
    }

    fn standing(&self, attempt: usize) -> Option<crate::bank::Standing> {
        self.ledger.can_be_asked_about(attempt).then(|| self.bank.ask(attempt)).flatten()
    }

    fn read(&self, tab: usize, request: RequestId) -> Option<Event> {
        match self.tabs[tab].outstanding.get(&request)? {
            Asked::Order => Some(self.ledger.checkout(request, self.now())),
            Asked::Status(session) => Some(self.ledger.status(request, session, self.now())),
            Asked::Open(_) => None,
        }
    }

    fn fail(&mut self, tab: usize, request: RequestId) {
        let failure = Failure::Network;
        let event = match self.tabs[tab].outstanding.get(&request) {
            Some(Asked::Order) => Event::OrderFailed { request, failure },
            Some(Asked::Open(_)) => Event::OpenFailed { request, failure },
            Some(Asked::Status(_)) => Event::StatusFailed { request, failure },
            None => return,
        };
        self.tabs[tab].hears(request, event, &mut self.wishes, tab);
    }

    fn at_bank(&mut self, tab: usize, step: impl FnOnce(&mut Self, usize)) {
        if let Place::Bank(attempt) = self.tabs[tab].place {
            step(self, attempt);
        }
    }

    fn spend_fault(&mut self) {
        self.left.faults -= 1;
    }
}
