//! The ledger of one order: the store's transactions as single steps. What each decides, the backend's own functions
//! decide; here are only the rows they read and write, as the SQL does.

use std::collections::{BTreeMap, BTreeSet};
use std::hash::{Hash, Hasher};
use std::time::Duration;

use checkout_api::SessionId;
use jiff::Timestamp;
use merchant_backend::payments::attempt::{Anomaly, Attempt, AttemptId, Beginning, OrderId, beginning};
use merchant_backend::payments::decide::{self, Decision};
use merchant_backend::payments::idempotency::{KnownKey, Recall, body_hash, recall};
use merchant_backend::payments::product::Product;
use merchant_backend::payments::schedule::{Schedule, after};
use merchant_backend::payments::state::{self, Fact, State};
use money::{Amount, Currency};

use crate::bank::{self, Movement, Standing};

/// What the order asks for, in kopecks.
pub(crate) const SUM: i64 = 129_905;
/// The terminal.
pub(crate) const MERCHANT: &str = "merchant";
/// How long a page lives.
pub(crate) const LIFETIME: Duration = Duration::from_mins(15);

/// What a wish to pay led to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Begun {
    /// An attempt that has its answer already.
    Existing(usize),
    /// The bank must be called for this attempt.
    Send(usize),
    /// The bank must be asked about this attempt before another may begin.
    AskFirst(usize),
    /// The key came with another body before.
    KeyReused,
    /// The order is paid, by this attempt.
    AlreadyPaid(usize),
}

/// When the ledger lets a page go that the bank has just given.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub enum PageExpiry {
    /// When the bank says that it stops taking money.
    #[default]
    Bank,
    /// At the bank's time or our own estimate, whichever is earlier. The estimate is as old as the attempt: a request
    /// sent again later gets a page that lives longer than that.
    Earlier,
}

/// The rows of one order.
#[derive(Debug, Clone, Default)]
pub struct Ledger {
    /// Its attempts; the number of an attempt is its place here.
    pub attempts: Vec<Attempt>,
    /// Pages handed out, by attempt.
    pub pages: BTreeSet<usize>,
    keys: BTreeMap<String, KnownKey>,
    movements: BTreeMap<usize, Movement>,
    /// Attempts with a notification that no answer has followed.
    hinted: BTreeSet<usize>,
    pub(crate) revision: u64,
    /// Under which rule pages expire.
    pub(crate) page_expiry: PageExpiry,
}

impl Ledger {
    /// `begin_attempt`.
    pub(crate) fn begin(&mut self, key: &str, now: Timestamp) -> Begun {
        let body = body_hash(None, None);
        match recall(self.keys.get(key), &body) {
            Recall::Reused => return Begun::KeyReused,
            Recall::Same(id) => {
                let number = number(id);
                if !self.attempts[number].is_unanswered() {
                    return Begun::Existing(number);
                }
            }
            Recall::New => {}
        }
        let begun = match beginning(&self.attempts, now) {
            Beginning::AlreadyPaid(id) => return Begun::AlreadyPaid(number(id)),
            Beginning::AskFirst(id) => return Begun::AskFirst(number(id)),
            Beginning::Live(id) => Begun::Existing(number(id)),
            Beginning::Unanswered(id) => Begun::Send(number(id)),
            Beginning::Free { abandoned } => {
                let new = self.insert(now);
                if let Some(lost) = abandoned {
                    self.give_up(number(lost), new);
                }
                Begun::Send(new)
            }
        };
        if let Begun::Existing(attempt) | Begun::Send(attempt) = begun {
            let known = self.keys.entry(key.to_owned());
            known.or_insert(KnownKey { body_hash: body, attempt: id(attempt) }).attempt = id(attempt);
        }
        begun
    }

    /// `succeed_attempt`.
    pub(crate) fn succeed(&mut self, lost: usize, now: Timestamp) -> usize {
        let new = self.insert(now);
        self.give_up(lost, new);
        new
    }

    /// `record_page`.
    pub(crate) fn record_page(&mut self, number: usize, bank_expires: Timestamp) {
        let attempt = &mut self.attempts[number];
        attempt.expires_at = match self.page_expiry {
            PageExpiry::Bank => bank_expires,
            PageExpiry::Earlier => bank_expires.min(attempt.expires_at),
        };
        attempt.state = state::next(attempt.state, Fact::PageOpened).unwrap_or(attempt.state);
        attempt.bank_order = Some(bank::bank_order(number));
        self.pages.insert(number);
        self.revision += 1;
    }

    /// `store_hint`.
    pub(crate) fn store_hint(&mut self, number: usize) {
        self.attempts[number].claimed_bank_order = Some(bank::bank_order(number));
        self.hinted.insert(number);
    }

    /// Whether the schedule has a question left or a notification wants the bank asked. When a question of the schedule
    /// comes is left open: at any time before its end.
    pub(crate) fn wants_answer(&self, number: usize, now: Timestamp) -> bool {
        let attempt = &self.attempts[number];
        let stands = Decision {
            state: attempt.state,
            reason: attempt.reason.clone(),
            anomalies: attempt.anomalies.clone(),
        };
        let next = schedule().next_question(attempt, &stands, false, now);
        next.is_some() || self.hinted.contains(&number)
    }

    /// Whether a notification about an attempt ever came.
    pub(crate) fn was_notified(&self, number: usize) -> bool {
        self.attempts[number].claimed_bank_order.is_some()
    }

    /// Whether the bank's order of an attempt is known or claimed.
    pub(crate) fn can_be_asked_about(&self, number: usize) -> bool {
        let attempt = &self.attempts[number];
        attempt.bank_order.is_some() || attempt.claimed_bank_order.is_some()
    }

    /// `record_answer`, or `record_no_news` without a standing.
    pub(crate) fn record(&mut self, number: usize, standing: Option<Standing>, now: Timestamp) {
        let money_came_before = self
            .attempts
            .iter()
            .enumerate()
            .any(|(other, attempt)| other != number && attempt.state.money_arrived());
        let attempt = &self.attempts[number];
        let ran_out = schedule().time_ran_out(attempt.expires_at, now);
        let same = Decision {
            state: attempt.state,
            reason: attempt.reason.clone(),
            anomalies: attempt.anomalies.clone(),
        };
        let mut movement = self.movements.get(&number).copied();
        let decision = match standing {
            Some(standing) => {
                movement = standing.movement.or(movement);
                let known: Vec<_> = movement.map(|it| bank::operation(number, it)).into_iter().collect();
                match decide::by_answer(attempt, money_came_before, &standing.answer(), &known) {
                    Ok(decision) if ran_out && decision.state == attempt.state => {
                        Decision { anomalies: decision.anomalies, ..decide::by_time(attempt) }
                    }
                    Ok(decision) => decision,
                    Err(_) => same.clone(),
                }
            }
            None if ran_out => decide::by_time(attempt),
            None => same.clone(),
        };
        let moved = movement != self.movements.get(&number).copied();
        self.movements.extend(movement.map(|it| (number, it)));
        self.hinted.remove(&number);
        let attempt = &mut self.attempts[number];
        if standing.is_some() {
            attempt.bank_order = Some(bank::bank_order(number));
        }
        attempt.asked_at = Some(now);
        attempt.undecided = movement == Some(Movement::Pending);
        if moved || decision != same {
            self.revision += 1;
        }
        (attempt.state, attempt.reason, attempt.anomalies) =
            (decision.state, decision.reason, decision.anomalies);
    }

    fn insert(&mut self, now: Timestamp) -> usize {
        let number = self.attempts.len();
        self.attempts.push(Attempt {
            id: id(number),
            order: OrderId(1),
            session: SessionId::new(format!("session-{number}")),
            product: Product::Card,
            locale: None,
            merchant_id: MERCHANT.to_owned(),
            merchant_request_id: bank::request(number),
            notification_secret: format!("secret-{number}"),
            amount: amount(),
            order_amount: amount(),
            state: State::Created,
            reason: None,
            bank_order: None,
            claimed_bank_order: None,
            opened_at: None,
            created_at: now,
            expires_at: after(now, LIFETIME),
            asked_at: None,
            undecided: false,
            ask_failures: 0,
            anomalies: BTreeSet::new(),
        });
        self.revision += 1;
        number
    }

    fn give_up(&mut self, lost: usize, successor: usize) {
        self.attempts[lost].anomalies.insert(Anomaly::Unreachable);
        for known in self.keys.values_mut().filter(|known| known.attempt == id(lost)) {
            known.attempt = id(successor);
        }
        self.revision += 1;
    }

    /// Attempts that are live: a page in a browser that takes money.
    pub fn live(&self, now: Timestamp) -> usize {
        let live = |it: &&Attempt| it.is_live(now);
        self.attempts.iter().filter(live).count()
    }
}

/// The sum of the order.
pub(crate) fn amount() -> Amount {
    // A literal that every currency has room for.
    Amount::new(SUM, Currency::Uah).unwrap_or(Amount::zero(Currency::Uah))
}

fn schedule() -> Schedule {
    Schedule {
        while_open: vec![Duration::from_secs(15)],
        after_expiry: vec![Duration::from_mins(1), Duration::from_hours(24)],
        min_gap: Duration::from_secs(2),
        refunds: vec![Duration::from_secs(2)],
        refund_arrives_within: Duration::from_hours(24),
        settlement: Duration::from_hours(12),
    }
}

fn id(number: usize) -> AttemptId {
    AttemptId(i64::try_from(number).unwrap_or(i64::MAX))
}

fn number(id: AttemptId) -> usize {
    usize::try_from(id.0).unwrap_or(usize::MAX)
}

/// Only what a later step can see.
impl Hash for Ledger {
    fn hash<H: Hasher>(&self, hasher: &mut H) {
        for attempt in &self.attempts {
            let Attempt {
                state,
                reason,
                bank_order,
                claimed_bank_order,
                expires_at,
                anomalies,
                undecided,
                asked_at,
                ..
            } = attempt;
            (state, reason, bank_order, claimed_bank_order, expires_at, anomalies).hash(hasher);
            // Only of a page that may have been paid it matters whether the bank was asked after its end.
            let seen = *state == State::Redirected && asked_at.is_some_and(|asked| asked >= *expires_at);
            (undecided, seen).hash(hasher);
        }
        (self.attempts.len(), &self.pages, &self.movements, &self.hinted).hash(hasher);
        for (key, known) in &self.keys {
            (key, known.attempt).hash(hasher);
        }
    }
}
