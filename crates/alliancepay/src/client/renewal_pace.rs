//! How often a client renews a bank token ahead of its end. Where its clock is wrong, or tokens live shorter than that is
//! ahead, every token looks as if it ended soon: without a pace each call would authorize first, and each new token ends
//! the one that another call is using.

use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

/// Also where nothing is to be renewed ahead.
const AT_LEAST: Duration = Duration::from_mins(1);

#[derive(Debug)]
pub(super) struct RenewalPace {
    pause: Duration,
    asked: Mutex<Option<Instant>>,
}

impl RenewalPace {
    /// One renewal ahead in the time that a renewal is ahead: a token of the documented length needs no more.
    pub(super) fn new(renew_ahead: Duration) -> Self {
        Self { pause: renew_ahead.max(AT_LEAST), asked: Mutex::default() }
    }

    /// The bank was asked for a token, whatever it said.
    pub(super) fn note(&self, now: Instant) {
        *self.asked.lock().unwrap_or_else(PoisonError::into_inner) = Some(now);
    }

    /// Whether the end of a token is worth asking ahead of. If not, the token is used until the bank refuses it.
    pub(super) fn lets(&self, now: Instant) -> bool {
        let asked = *self.asked.lock().unwrap_or_else(PoisonError::into_inner);
        asked.is_none_or(|asked| now.saturating_duration_since(asked) >= self.pause)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_token_is_renewed_ahead_once_in_a_while_and_not_before_every_call() {
        let begun = Instant::now();
        let after = |minutes| begun + Duration::from_mins(minutes);
        let pace = RenewalPace::new(Duration::from_mins(30));
        assert!(pace.lets(begun));
        pace.note(begun);
        assert_eq!([0, 29, 30].map(|minutes| pace.lets(after(minutes))), [false, false, true]);
        let never_ahead = RenewalPace::new(Duration::ZERO);
        never_ahead.note(begun);
        assert_eq!([0, 1].map(|minutes| never_ahead.lets(after(minutes))), [false, true]);
    }
}
