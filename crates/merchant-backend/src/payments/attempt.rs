//! One attempt to pay one order, and whether an order may have a new one. At most one attempt of an order is live.

use std::collections::BTreeSet;

use checkout_api::SessionId;
use jiff::Timestamp;
use money::Amount;

use super::product::Product;
use super::state::State;

/// The store's id of an order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct OrderId(pub i64);

/// The store's id of an attempt; later attempts have larger ones.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct AttemptId(pub i64);

/// A money fact beside the state.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Anomaly {
    /// Less came than was asked for.
    Underpaid,
    /// More came than was asked for.
    Overpaid,
    /// A second attempt of the order was captured.
    Repeated,
    /// The bank knows the attempt, but nobody has its page.
    Unreachable,
}

/// One attempt as stored.
#[derive(Debug, Clone)]
pub struct Attempt {
    /// The store's id.
    pub id: AttemptId,
    /// The order it is to pay.
    pub order: OrderId,
    /// The buyer's handle.
    pub session: SessionId,
    /// The way to pay.
    pub product: Product,
    /// The buyer's language.
    pub locale: Option<String>,
    /// The terminal's merchant.
    pub merchant_id: String,
    /// Our id of the request to the bank.
    pub merchant_request_id: String,
    /// The unguessable end of this attempt's notification URL.
    pub notification_secret: String,
    /// What was asked for.
    pub amount: Amount,
    /// What the order asks for now: it may change once an attempt's page is past its time.
    pub order_amount: Amount,
    /// How it stands.
    pub state: State,
    /// Why, for REJECTED and CANCELLED.
    pub reason: Option<String>,
    /// The bank's order, known from the bank's own answer.
    pub bank_order: Option<String>,
    /// The bank's order as a notification claims it.
    pub claimed_bank_order: Option<String>,
    /// When the page was handed out.
    pub opened_at: Option<Timestamp>,
    /// When it was stored.
    pub created_at: Timestamp,
    /// When the page stops taking money.
    pub expires_at: Timestamp,
    /// When the bank last answered about it.
    pub asked_at: Option<Timestamp>,
    /// Whether the bank holds an operation that may still bring money.
    pub undecided: bool,
    /// Questions in a row without an answer.
    pub ask_failures: u32,
    /// Money facts beside the state.
    pub anomalies: BTreeSet<Anomaly>,
}

/// What a wish to pay finds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Beginning {
    /// Money arrived by this attempt: nothing to begin.
    AlreadyPaid(AttemptId),
    /// This attempt's page is in a browser and takes money.
    Live(AttemptId),
    /// This attempt's page is past its time, and the bank was not asked since: a payment made at the last moment may be
    /// under way there.
    AskFirst(AttemptId),
    /// This attempt was stored, and the bank's answer was never read: the same request goes out again.
    Unanswered(AttemptId),
    /// A new attempt may begin.
    Free {
        /// An unanswered attempt too old to be finished; nobody has its page.
        abandoned: Option<AttemptId>,
    },
}

/// Looks at all attempts of an order, oldest first.
pub fn beginning(attempts: &[Attempt], now: Timestamp) -> Beginning {
    if let Some(paid) = paid_by(attempts) {
        return Beginning::AlreadyPaid(paid.id);
    }
    if let Some(live) = attempts.iter().rev().find(|attempt| attempt.is_live(now)) {
        return Beginning::Live(live.id);
    }
    if let Some(unsure) = attempts.iter().find(|attempt| attempt.ended_unseen()) {
        return Beginning::AskFirst(unsure.id);
    }
    match attempts.iter().rev().find(|attempt| attempt.is_unanswered()) {
        Some(unanswered) if unanswered.expires_at > now => Beginning::Unanswered(unanswered.id),
        Some(old) => Beginning::Free { abandoned: Some(old.id) },
        None => Beginning::Free { abandoned: None },
    }
}

/// Whether an attempt may bring money without anything new from the buyer: its page is in a browser and takes money, or
/// the bank has not decided what it took.
pub fn is_live(state: State, expires_at: Timestamp, undecided: bool, now: Timestamp) -> bool {
    match state {
        State::Redirected => expires_at > now || undecided,
        State::Created
        | State::Captured
        | State::Paid
        | State::PartiallyRefunded
        | State::Refunded
        | State::Rejected
        | State::Cancelled => false,
    }
}

/// The attempt that paid the order: the first whose money is not all back, else the first that brought any.
pub fn paid_by(attempts: &[Attempt]) -> Option<&Attempt> {
    let mut paid = attempts.iter().filter(|attempt| attempt.state.money_arrived());
    paid.clone().find(|attempt| attempt.state != State::Refunded).or_else(|| paid.next())
}

/// The order's state: that of the attempt that brought money, else the latest attempt's.
pub fn order_standing(attempts: &[Attempt]) -> (State, Option<String>) {
    paid_by(attempts)
        .or(attempts.last())
        .map_or((State::Created, None), |attempt| (attempt.state, attempt.reason.clone()))
}

impl Attempt {
    /// Whether it stands in a new attempt's way.
    pub fn is_live(&self, now: Timestamp) -> bool {
        is_live(self.state, self.expires_at, self.undecided, now)
    }

    /// Whether nobody knows what happened on its page before its end.
    fn ended_unseen(&self) -> bool {
        self.state == State::Redirected && self.asked_at.is_none_or(|asked| asked < self.expires_at)
    }

    /// Whether the bank's answer to the request was never read and may still be. A webhook may have told of the order since:
    /// where its page is, only that answer says.
    pub fn is_unanswered(&self) -> bool {
        self.state == State::Created && !self.anomalies.contains(&Anomaly::Unreachable)
    }
}

impl Anomaly {
    /// Every anomaly.
    pub const ALL: [Self; 4] = [Self::Underpaid, Self::Overpaid, Self::Repeated, Self::Unreachable];

    /// The word stored and sent.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Underpaid => "underpaid",
            Self::Overpaid => "overpaid",
            Self::Repeated => "repeated",
            Self::Unreachable => "unreachable",
        }
    }

    /// The anomaly of a stored word.
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|anomaly| anomaly.word() == word)
    }
}

impl From<Anomaly> for checkout_api::Anomaly {
    fn from(anomaly: Anomaly) -> Self {
        match anomaly {
            Anomaly::Underpaid => Self::Underpaid,
            Anomaly::Overpaid => Self::Overpaid,
            Anomaly::Repeated => Self::Repeated,
            Anomaly::Unreachable => Self::Unreachable,
        }
    }
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;
    use money::Currency;

    #[test]
    fn an_order_without_attempts_is_free_and_stands_at_created() {
        assert_eq!(beginning(&[], at(0)), Beginning::Free { abandoned: None });
        assert_eq!(order_standing(&[]), (State::Created, None));
    }

    #[test]
    fn a_live_page_is_used_again_until_it_expires() {
        let attempts = [attempt(1, State::Redirected)];
        assert_eq!(beginning(&attempts, at(899)), Beginning::Live(AttemptId(1)));
        assert_eq!(beginning(&attempts, at(900)), Beginning::AskFirst(AttemptId(1)));
    }

    #[test]
    fn past_its_time_the_bank_is_asked_before_another_page_is_opened() {
        let mut attempts = [attempt(1, State::Redirected)];
        attempts[0].asked_at = Some(at(899));
        assert_eq!(beginning(&attempts, at(901)), Beginning::AskFirst(AttemptId(1)));
        attempts[0].asked_at = Some(at(900));
        assert_eq!(beginning(&attempts, at(901)), Beginning::Free { abandoned: None });
        attempts[0].undecided = true;
        assert_eq!(beginning(&attempts, at(901)), Beginning::Live(AttemptId(1)), "its payment is under way");
    }

    #[test]
    fn an_unanswered_request_is_sent_again_while_its_page_could_live() {
        let attempts = [unanswered(1)];
        assert_eq!(beginning(&attempts, at(10)), Beginning::Unanswered(AttemptId(1)));
        assert_eq!(beginning(&attempts, at(900)), Beginning::Free { abandoned: Some(AttemptId(1)) });
    }

    #[test]
    fn an_unreachable_attempt_stands_in_nobodys_way() {
        let mut lost = unanswered(1);
        lost.anomalies.insert(Anomaly::Unreachable);
        assert_eq!(beginning(&[lost], at(0)), Beginning::Free { abandoned: None });
    }

    #[test]
    fn money_that_arrived_by_any_attempt_ends_the_matter() {
        let attempts = [attempt(1, State::Captured), attempt(2, State::Rejected)];
        assert_eq!(beginning(&attempts, at(0)), Beginning::AlreadyPaid(AttemptId(1)));
        assert_eq!(order_standing(&attempts).0, State::Captured);
    }

    pub(crate) fn at(seconds: i64) -> Timestamp {
        Timestamp::from_second(1_800_000_000 + seconds).unwrap()
    }

    pub(crate) fn attempt(id: i64, state: State) -> Attempt {
        Attempt {
            id: AttemptId(id),
            order: OrderId(1),
            session: SessionId::new(format!("session-{id}")),
            product: Product::Card,
            locale: None,
            merchant_id: "merchant".to_owned(),
            merchant_request_id: format!("request-{id}"),
            notification_secret: format!("secret-{id}"),
            amount: Amount::new(12_905, Currency::Uah).unwrap(),
            order_amount: Amount::new(12_905, Currency::Uah).unwrap(),
            state,
            reason: None,
            bank_order: Some(format!("bank-{id}")),
            claimed_bank_order: None,
            opened_at: Some(at(0)),
            created_at: at(0),
            expires_at: at(900),
            asked_at: None,
            undecided: false,
            ask_failures: 0,
            anomalies: BTreeSet::new(),
        }
    }

    fn unanswered(id: i64) -> Attempt {
        Attempt { bank_order: None, opened_at: None, ..attempt(id, State::Created) }
    }
}
