//! Refunds: how one stands and what may follow, how much may still go back, and what a wish to refund becomes. Pure.
//!
//! Everything counts in the order's currency. What the bank is told is the same share of what the buyer was charged.

mod book;
mod limits;
mod plan;

use jiff::Timestamp;
use money::Amount;

use super::attempt::AttemptId;

pub use book::{Book, LineStanding, Payment, is_of, may_go_back};
pub use limits::{DAY, Limits};
pub use plan::{LineWish, Plan, PlannedLine, Refusal, What, Wish, plan};

/// The store's id of a refund.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct RefundId(pub i64);

/// How a refund stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum RefundState {
    /// Stored, and the bank's answer is not known.
    Unknown,
    /// The bank has it and has not decided.
    Pending,
    /// Done.
    Success,
    /// Refused, or it never reached the bank.
    Failed,
}

/// Something learned about a refund.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum RefundFact {
    /// The bank has it and has not decided.
    Taken,
    /// The money went back.
    Done,
    /// The bank refused it, by its code; or it surely did not reach the bank.
    Refused(String),
}

/// The code of a refund that was not sent: the bank could not be reached.
pub const NOT_SENT: &str = "not_sent";
/// The code of a refund that the bank has not heard of for longer than it could still be under way.
pub const NEVER_ARRIVED: &str = "never_arrived";

/// One refund as stored.
#[derive(Debug, Clone)]
pub struct Refund {
    /// The store's id.
    pub id: RefundId,
    /// The id that callers see.
    pub handle: String,
    /// The attempt whose payment goes back.
    pub attempt: AttemptId,
    /// The operation whose money goes back.
    pub payment: String,
    /// How it stands.
    pub state: RefundState,
    /// How much goes back.
    pub amount: Amount,
    /// The same in minor units of the currency the buyer was charged in.
    pub charged_minor: i64,
    /// How much of it is shipping.
    pub shipping_minor: i64,
    /// How much of it is of which line.
    pub lines: Vec<PlannedLine>,
    /// Staff's reason.
    pub reason: Option<String>,
    /// Who asked for it.
    pub by: String,
    /// Why it failed.
    pub code: Option<String>,
    /// Our id of the request to the bank; `None` for one that is only recorded.
    pub merchant_request_id: Option<String>,
    /// When it was asked for.
    pub created_at: Timestamp,
    /// When it last changed.
    pub updated_at: Timestamp,
}

/// The state after `fact`, or `None` where it changes nothing. Total; a late success wins over a refusal.
pub const fn next(from: RefundState, fact: &RefundFact) -> Option<RefundState> {
    use RefundState::{Failed, Pending, Success, Unknown};
    match (from, fact) {
        (Unknown | Pending | Failed, RefundFact::Done) => Some(Success),
        (Unknown | Failed, RefundFact::Taken) => Some(Pending),
        (Unknown | Pending, RefundFact::Refused(_)) => Some(Failed),
        (Success, RefundFact::Done | RefundFact::Taken | RefundFact::Refused(_))
        | (Pending, RefundFact::Taken)
        | (Failed, RefundFact::Refused(_)) => None,
    }
}

impl RefundState {
    /// Every state.
    pub const ALL: [Self; 4] = [Self::Unknown, Self::Pending, Self::Success, Self::Failed];

    /// The word stored and sent.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Unknown => "UNKNOWN",
            Self::Pending => "PENDING",
            Self::Success => "SUCCESS",
            Self::Failed => "FAILED",
        }
    }

    /// The state of a stored word.
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.word() == word)
    }

    /// Whether its sum is gone or may be: what a cap must count.
    pub const fn holds_money(self) -> bool {
        match self {
            Self::Unknown | Self::Pending | Self::Success => true,
            Self::Failed => false,
        }
    }

    /// Whether the bank is still asked about it.
    pub const fn is_open(self) -> bool {
        match self {
            Self::Unknown | Self::Pending => true,
            Self::Success | Self::Failed => false,
        }
    }
}

impl From<RefundState> for checkout_api::RefundState {
    fn from(state: RefundState) -> Self {
        match state {
            RefundState::Unknown => Self::Unknown,
            RefundState::Pending => Self::Pending,
            RefundState::Success => Self::Success,
            RefundState::Failed => Self::Failed,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_refund_ends_once_and_only_success_undoes_a_refusal() {
        let facts = [RefundFact::Taken, RefundFact::Done, RefundFact::Refused("1".to_owned())];
        let legal: Vec<_> = RefundState::ALL
            .into_iter()
            .flat_map(|from| {
                facts.iter().filter_map(move |fact| Some((from.word(), next(from, fact)?.word())))
            })
            .collect();
        assert_eq!(
            legal,
            [
                ("UNKNOWN", "PENDING"),
                ("UNKNOWN", "SUCCESS"),
                ("UNKNOWN", "FAILED"),
                ("PENDING", "SUCCESS"),
                ("PENDING", "FAILED"),
                // The bank has what we had given up: money facts win.
                ("FAILED", "PENDING"),
                ("FAILED", "SUCCESS"),
            ]
        );
    }

    #[test]
    fn every_stored_word_is_read_back() {
        for state in RefundState::ALL {
            assert_eq!(RefundState::from_word(state.word()), Some(state));
            assert_eq!(checkout_api::RefundState::from(state).as_str(), state.word());
        }
    }
}
