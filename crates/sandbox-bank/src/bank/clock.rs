//! The sandbox's clock: real time plus what `/sandbox/clock` has added, and the pace of the bank's own waits.

use jiff::{SignedDuration, Timestamp};

/// Real time, moved forward on request.
#[derive(Debug, Default, Clone, Copy)]
pub(crate) struct Clock {
    advanced: SignedDuration,
}

impl Clock {
    pub(crate) fn now(&self) -> Timestamp {
        later(Timestamp::now(), self.advanced)
    }

    pub(crate) fn advance(&mut self, by: SignedDuration) {
        self.advanced = self.advanced.saturating_add(by);
    }
}

/// How many times faster than the real bank the sandbox waits (settling, retries, the timer page). Order and token
/// expiry are not scaled: they are dates the merchant compares with its own clock.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Pace(u32);

impl Pace {
    pub(crate) fn new(times_faster: u32) -> Self {
        Self(times_faster.max(1))
    }

    pub(crate) fn wait(self, real: SignedDuration) -> SignedDuration {
        SignedDuration::from_millis(i64::try_from(real.as_millis()).unwrap_or(i64::MAX) / i64::from(self.0))
    }
}

/// `time + by`, staying at the calendar's end instead of failing.
pub(crate) fn later(time: Timestamp, by: SignedDuration) -> Timestamp {
    time.saturating_add(by).unwrap_or(Timestamp::MAX)
}
