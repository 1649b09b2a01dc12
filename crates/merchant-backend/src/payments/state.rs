//! The payment state and the one table of its legal changes. Nothing else in the backend decides what may follow
//! what; what the facts are is found out in `decide`.

use checkout_api::{Outcome, PaymentState};

/// The stored state of an attempt. Closed: what the bank says is translated before it comes here.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum State {
    /// Stored; the bank has given no payment page yet.
    Created,
    /// The payment page was handed out.
    Redirected,
    /// The bank's answer holds a successful operation.
    Captured,
    /// Captured, and seen in a register.
    Paid,
    /// A part went back to the buyer.
    PartiallyRefunded,
    /// All of it went back to the buyer.
    Refunded,
    /// Refused by the bank.
    Rejected,
    /// Ended by time or by the bank.
    Cancelled,
}

/// Something learned about an attempt.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Fact {
    /// The bank gave a payment page.
    PageOpened,
    /// The bank holds the buyer's money.
    MoneyArrived,
    /// The bank refused for good.
    BankRefused,
    /// The bank cancelled.
    BankCancelled,
    /// Nothing came until the last question after expiry.
    TimeRanOut,
    /// The money is in a register.
    Settled,
    /// A part of the money went back.
    PartWentBack,
    /// All of the money went back.
    AllWentBack,
}

/// The state after `fact`, or `None` where the fact changes nothing. Total; money facts win over refusals.
pub const fn next(from: State, fact: Fact) -> Option<State> {
    use State::{Cancelled, Captured, Created, Paid, PartiallyRefunded, Redirected, Refunded, Rejected};
    match (from, fact) {
        (Created, Fact::PageOpened) => Some(Redirected),
        (Created | Redirected | Rejected | Cancelled, Fact::MoneyArrived) => Some(Captured),
        (Created | Redirected, Fact::BankRefused) => Some(Rejected),
        (Created | Redirected, Fact::BankCancelled | Fact::TimeRanOut) => Some(Cancelled),
        (Captured, Fact::Settled) => Some(Paid),
        (Captured | Paid, Fact::PartWentBack) => Some(PartiallyRefunded),
        (Captured | Paid | PartiallyRefunded, Fact::AllWentBack) => Some(Refunded),

        (Created, Fact::Settled | Fact::PartWentBack | Fact::AllWentBack)
        | (Redirected, Fact::PageOpened | Fact::Settled | Fact::PartWentBack | Fact::AllWentBack)
        | (
            Captured | Paid | PartiallyRefunded,
            Fact::PageOpened
            | Fact::MoneyArrived
            | Fact::BankRefused
            | Fact::BankCancelled
            | Fact::TimeRanOut,
        )
        | (Paid, Fact::Settled)
        | (PartiallyRefunded, Fact::Settled | Fact::PartWentBack)
        | (
            Refunded,
            Fact::PageOpened
            | Fact::MoneyArrived
            | Fact::BankRefused
            | Fact::BankCancelled
            | Fact::TimeRanOut
            | Fact::Settled
            | Fact::PartWentBack
            | Fact::AllWentBack,
        )
        | (
            Rejected | Cancelled,
            Fact::PageOpened
            | Fact::BankRefused
            | Fact::BankCancelled
            | Fact::TimeRanOut
            | Fact::Settled
            | Fact::PartWentBack
            | Fact::AllWentBack,
        ) => None,
    }
}

/// The reason of a CANCELLED attempt that time ended.
pub const EXPIRED: &str = "expired";
/// The reason of a CANCELLED attempt that the bank ended.
pub const BANK: &str = "bank";

impl State {
    /// Every state.
    pub const ALL: [Self; 8] = [
        Self::Created,
        Self::Redirected,
        Self::Captured,
        Self::Paid,
        Self::PartiallyRefunded,
        Self::Refunded,
        Self::Rejected,
        Self::Cancelled,
    ];

    /// The word stored and sent.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Created => "CREATED",
            Self::Redirected => "REDIRECTED",
            Self::Captured => "CAPTURED",
            Self::Paid => "PAID",
            Self::PartiallyRefunded => "PARTIALLY_REFUNDED",
            Self::Refunded => "REFUNDED",
            Self::Rejected => "REJECTED",
            Self::Cancelled => "CANCELLED",
        }
    }

    /// The state of a stored word.
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.word() == word)
    }

    /// Whether the buyer's money arrived, whatever became of it later.
    pub const fn money_arrived(self) -> bool {
        match self {
            Self::Captured | Self::Paid | Self::PartiallyRefunded | Self::Refunded => true,
            Self::Created | Self::Redirected | Self::Rejected | Self::Cancelled => false,
        }
    }

    /// Whether the buyer waits for nothing any more.
    pub const fn is_final(self) -> bool {
        match self {
            Self::Created | Self::Redirected => false,
            Self::Captured
            | Self::Paid
            | Self::PartiallyRefunded
            | Self::Refunded
            | Self::Rejected
            | Self::Cancelled => true,
        }
    }

    /// What the buyer is told.
    pub fn outcome(self, reason: Option<&str>) -> Outcome {
        match self {
            Self::Created | Self::Redirected => Outcome::Awaiting,
            Self::Captured | Self::Paid | Self::PartiallyRefunded => Outcome::Paid,
            Self::Refunded => Outcome::Refunded,
            Self::Rejected => Outcome::Declined,
            Self::Cancelled if reason == Some(EXPIRED) => Outcome::Expired,
            Self::Cancelled => Outcome::Cancelled,
        }
    }
}

impl From<State> for PaymentState {
    fn from(state: State) -> Self {
        match state {
            State::Created => Self::Created,
            State::Redirected => Self::Redirected,
            State::Captured => Self::Captured,
            State::Paid => Self::Paid,
            State::PartiallyRefunded => Self::PartiallyRefunded,
            State::Refunded => Self::Refunded,
            State::Rejected => Self::Rejected,
            State::Cancelled => Self::Cancelled,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const FACTS: [Fact; 8] = [
        Fact::PageOpened,
        Fact::MoneyArrived,
        Fact::BankRefused,
        Fact::BankCancelled,
        Fact::TimeRanOut,
        Fact::Settled,
        Fact::PartWentBack,
        Fact::AllWentBack,
    ];

    #[test]
    fn the_legal_changes_are_those_of_the_contract() {
        let mut legal: Vec<(&str, &str)> = State::ALL
            .into_iter()
            .flat_map(|from| {
                FACTS.into_iter().filter_map(move |fact| Some((from.word(), next(from, fact)?.word())))
            })
            .collect();
        legal.sort_unstable();
        legal.dedup();
        assert_eq!(
            legal,
            [
                ("CANCELLED", "CAPTURED"),
                ("CAPTURED", "PAID"),
                ("CAPTURED", "PARTIALLY_REFUNDED"),
                ("CAPTURED", "REFUNDED"),
                ("CREATED", "CANCELLED"),
                ("CREATED", "CAPTURED"),
                ("CREATED", "REDIRECTED"),
                ("CREATED", "REJECTED"),
                ("PAID", "PARTIALLY_REFUNDED"),
                ("PAID", "REFUNDED"),
                ("PARTIALLY_REFUNDED", "REFUNDED"),
                ("REDIRECTED", "CANCELLED"),
                ("REDIRECTED", "CAPTURED"),
                ("REDIRECTED", "REJECTED"),
                ("REJECTED", "CAPTURED"),
            ]
        );
    }

    #[test]
    fn money_that_arrived_never_goes_back_to_unpaid() {
        for from in State::ALL.into_iter().filter(|state| state.money_arrived()) {
            for to in FACTS.into_iter().filter_map(|fact| next(from, fact)) {
                assert!(to.money_arrived(), "{} -> {}", from.word(), to.word());
            }
        }
    }

    #[test]
    fn every_stored_word_is_read_back() {
        for state in State::ALL {
            assert_eq!(State::from_word(state.word()), Some(state));
            assert_eq!(PaymentState::from(state).as_str(), state.word());
        }
        assert_eq!(State::from_word("captured"), None);
    }
}
