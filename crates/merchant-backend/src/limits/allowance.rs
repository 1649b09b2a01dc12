//! So many a minute for each caller, in a fixed number of slots. A caller's slot is drawn by a random hash: two share
//! one now and then and both may wait a little, but memory never grows with the callers.

use std::hash::{BuildHasher, Hash, RandomState};
use std::num::NonZeroU32;

use governor::clock::{Clock, DefaultClock};
use governor::{DefaultDirectRateLimiter, Quota, RateLimiter};

const SLOTS: u64 = 4096;

#[derive(Debug)]
pub(super) struct Allowance {
    slots: Vec<DefaultDirectRateLimiter>,
    hasher: RandomState,
    clock: DefaultClock,
}

impl Allowance {
    /// `per_minute` at once, refilled over a minute; 0: no limit.
    pub(super) fn of(per_minute: u32) -> Self {
        let quota = NonZeroU32::new(per_minute).map(Quota::per_minute);
        // One clock for all: making one asks the processor what it can, and under a hypervisor that is slow. A clock for
        // each slot was half of the time in which the backend starts.
        let clock = DefaultClock::default();
        let limiter = |quota| RateLimiter::direct_with_clock(quota, clock.clone());
        let slots = quota.map(|quota| (0..SLOTS).map(|_| limiter(quota)).collect());
        Self { slots: slots.unwrap_or_default(), hasher: RandomState::new(), clock }
    }

    /// Takes one, or tells after how many seconds there is one again.
    pub(super) fn take(&self, caller: &impl Hash) -> Result<(), u32> {
        let index = usize::try_from(self.hasher.hash_one(caller) % SLOTS).unwrap_or(0);
        let Some(slot) = self.slots.get(index) else { return Ok(()) };
        slot.check().map_err(|until| {
            let seconds = until.wait_time_from(self.clock.now()).as_secs().saturating_add(1);
            u32::try_from(seconds).unwrap_or(u32::MAX)
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_caller_has_its_minute_and_is_told_how_long_to_wait() {
        let allowance = Allowance::of(3);
        let mut taken = (0..4).map(|_| allowance.take(&"one"));
        assert!(taken.by_ref().take(3).all(|taken| taken.is_ok()));
        let wait = taken.next().unwrap().unwrap_err();
        assert!((1..=20).contains(&wait), "{wait}");
        assert!(["two", "three", "four"].iter().any(|other| allowance.take(other).is_ok()));
    }

    #[test]
    fn nothing_a_minute_means_no_limit() {
        let allowance = Allowance::of(0);
        assert!((0..10_000).all(|_| allowance.take(&()).is_ok()));
    }
}
