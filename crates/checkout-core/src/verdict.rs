//! What one status answer of the backend means. Pure; the only place where a state and an outcome are read.
//!
//! Words this build does not know, and pairs that contradict each other, are "not known yet" (law 4).

use checkout_api::{Outcome, PaymentSession, PaymentState};

/// The meaning of an answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Verdict {
    /// Paid.
    Paid,
    /// Paid, and all of it returned.
    Refunded,
    /// Refused by the bank.
    Declined,
    /// Ended by time.
    Expired,
    /// Ended by the bank.
    Cancelled,
    /// Not known yet.
    Pending,
    /// Not known yet, but its page takes no money any more: the order may be paid anew.
    Lapsed,
    /// It never got a page: the same attempt may be opened again.
    Unopened,
}

impl Verdict {
    pub(crate) fn of(session: &PaymentSession) -> Self {
        use PaymentState as State;
        match (&session.outcome, &session.state) {
            (Outcome::Paid, State::Captured | State::Paid | State::PartiallyRefunded) => Self::Paid,
            (Outcome::Refunded, State::Refunded) => Self::Refunded,
            (Outcome::Declined, State::Rejected) => Self::Declined,
            (Outcome::Expired, State::Cancelled) => Self::Expired,
            (Outcome::Cancelled, State::Cancelled) => Self::Cancelled,
            (Outcome::Awaiting, State::Redirected) if session.can_retry => Self::Lapsed,
            (Outcome::Awaiting, State::Created) if session.can_retry => Self::Unopened,
            (
                Outcome::Awaiting
                | Outcome::Paid
                | Outcome::Refunded
                | Outcome::Declined
                | Outcome::Expired
                | Outcome::Cancelled
                | Outcome::Unrecognized(_),
                State::Created
                | State::Redirected
                | State::Captured
                | State::Paid
                | State::PartiallyRefunded
                | State::Refunded
                | State::Rejected
                | State::Cancelled
                | State::Unrecognized(_),
            ) => Self::Pending,
        }
    }
}

#[cfg(test)]
mod tests {
    use checkout_api::{OrderRef, Revision, SessionId};
    use money::{Amount, Currency};

    use super::*;

    fn verdict(outcome: &Outcome, state: &PaymentState, can_retry: bool) -> Verdict {
        Verdict::of(&PaymentSession {
            session: SessionId::new("s"),
            order: OrderRef::new("1042"),
            state: state.clone(),
            reason: None,
            revision: Revision(1),
            amount: Amount::new(100, Currency::Uah).unwrap(),
            page: None,
            expires_at: None,
            outcome: outcome.clone(),
            anomalies: Vec::new(),
            can_retry,
        })
    }

    #[test]
    fn an_unknown_word_in_either_place_is_not_known_yet() {
        let unknown = PaymentState::from("CHARGED_BACK");
        for outcome in Outcome::KNOWN {
            assert_eq!(verdict(outcome, &unknown, true), Verdict::Pending, "{outcome:?}");
        }
        for state in PaymentState::KNOWN {
            assert_eq!(verdict(&Outcome::from("charged_back"), state, true), Verdict::Pending, "{state:?}");
        }
    }

    #[test]
    fn only_captured_money_is_paid_and_never_anything_else() {
        for state in PaymentState::KNOWN {
            let paid = verdict(&Outcome::Paid, state, false) == Verdict::Paid;
            assert_eq!(paid, state.is_captured(), "{state:?}");
            if state.is_captured() {
                for outcome in [Outcome::Declined, Outcome::Expired, Outcome::Cancelled, Outcome::Awaiting] {
                    assert_eq!(verdict(&outcome, state, true), Verdict::Pending, "{outcome:?} {state:?}");
                }
            }
        }
    }

    #[test]
    fn a_page_past_its_time_is_told_from_one_that_never_was() {
        assert_eq!(verdict(&Outcome::Awaiting, &PaymentState::Redirected, true), Verdict::Lapsed);
        assert_eq!(verdict(&Outcome::Awaiting, &PaymentState::Redirected, false), Verdict::Pending);
        assert_eq!(verdict(&Outcome::Awaiting, &PaymentState::Created, true), Verdict::Unopened);
    }
}
