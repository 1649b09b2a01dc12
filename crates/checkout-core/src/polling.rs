//! How often the status is asked for, how a failed question is repeated, and when waiting ends. Pure arithmetic.
//!
//! Numbers live here and nowhere else; a view never holds a delay.

/// The polling policy; the defaults are for buyers, tests shorten them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Policy {
    /// How long the backend may hold a question, in seconds (it allows 25).
    pub wait_seconds: u32,
    /// The shortest time between two questions, in milliseconds.
    pub min_gap_millis: u64,
    /// The first pause after a failed question; it doubles with each further failure.
    pub first_backoff_millis: u64,
    /// The longest pause after a failed question.
    pub max_backoff_millis: u64,
    /// How long to wait for the outcome before the truthful stop.
    pub deadline_millis: u64,
    /// How many times opening a session is tried before the button is offered again.
    pub open_attempts: u32,
    /// Chooses the jitter; any number, different from tab to tab.
    pub jitter_seed: u32,
}

impl Default for Policy {
    fn default() -> Self {
        Self {
            wait_seconds: 20,
            min_gap_millis: 1_000,
            first_backoff_millis: 1_000,
            max_backoff_millis: 30_000,
            deadline_millis: 180_000,
            open_attempts: 4,
            jitter_seed: 0,
        }
    }
}

/// How long an answer may be silent beyond the time the backend may hold it; then the request counts as failed.
pub(crate) const SILENCE_MILLIS: u64 = 30_000;

/// How long the browser may take to leave before the buyer is given a link.
pub(crate) const LEAVING_MILLIS: u64 = 8_000;

/// How long after coming back the buyer is offered the way back to a payment page that still takes money: a payment
/// just made is known by then.
pub(crate) const WAY_BACK_MILLIS: u64 = 6_000;

/// How long a payment on the phone is waited for: longer than a payment page lives, whose end is told by the backend.
pub(crate) const PHONE_MILLIS: u64 = 1_800_000;

impl Policy {
    /// The pause before the next try after `failures` failures in a row: it doubles up to the longest pause, is
    /// shortened by up to half at random, and is never shorter than the backend asked for.
    pub(crate) fn backoff(&self, failures: u32, at_least: Option<u64>, jitter: &mut Jitter) -> u64 {
        let doublings = failures.saturating_sub(1).min(16);
        let whole = self.first_backoff_millis.saturating_mul(1 << doublings).min(self.max_backoff_millis);
        jitter.shorten(whole).max(at_least.unwrap_or(0)).max(self.min_gap_millis)
    }

    /// The pause between two questions when an answer is only hoped for: after the truthful stop.
    pub(crate) fn slow_gap(&self, at_least: Option<u64>, jitter: &mut Jitter) -> u64 {
        let whole = self.max_backoff_millis.saturating_mul(2);
        jitter.shorten(whole).max(at_least.unwrap_or(0)).max(self.min_gap_millis)
    }

    /// How long waiting goes on after Check again, or after coming back to a page whose time ran out meanwhile.
    pub(crate) const fn short_deadline(&self) -> u64 {
        self.deadline_millis >> 2
    }
}

/// Pseudo-random numbers that keep many tabs from asking in step (xorshift; nothing secret depends on them).
#[derive(Debug, Clone)]
pub(crate) struct Jitter(u32);

impl Jitter {
    pub(crate) const fn new(seed: u32) -> Self {
        Self(seed ^ 0x9E37_79B9)
    }

    /// Between half of `whole` and all of it.
    fn shorten(&mut self, whole: u64) -> u64 {
        let mut x = if self.0 == 0 { 1 } else { self.0 };
        x ^= x << 13;
        x ^= x >> 17;
        x ^= x << 5;
        self.0 = x;
        let half = whole >> 1;
        half.saturating_add((half >> 16).saturating_mul(u64::from(x >> 16)))
            .saturating_add((half & 0xFFFF).saturating_mul(u64::from(x >> 16)) >> 16)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_pause_doubles_up_to_the_longest_and_is_shortened_by_half_at_most() {
        let policy = Policy::default();
        let mut jitter = Jitter::new(7);
        for (failures, whole) in
            [(1, 1_000), (2, 2_000), (3, 4_000), (5, 16_000), (6, 30_000), (4_000_000, 30_000)]
        {
            for _ in 0..200 {
                let pause = policy.backoff(failures, None, &mut jitter);
                assert!(
                    pause >= (whole / 2).max(policy.min_gap_millis) && pause <= whole,
                    "{failures}: {pause}"
                );
            }
        }
    }

    #[test]
    fn retry_after_is_a_lower_bound() {
        let policy = Policy::default();
        assert_eq!(policy.backoff(1, Some(12_000), &mut Jitter::new(0)), 12_000);
        assert_eq!(policy.slow_gap(Some(120_000), &mut Jitter::new(0)), 120_000);
        assert!(policy.backoff(5, Some(1), &mut Jitter::new(0)) >= 8_000);
    }

    #[test]
    fn two_tabs_do_not_ask_in_step() {
        let policy = Policy::default();
        let mut one = Jitter::new(1);
        let mut other = Jitter::new(2);
        assert!((3..8).any(|n| policy.backoff(n, None, &mut one) != policy.backoff(n, None, &mut other)));
    }

    #[test]
    fn no_policy_and_no_seed_overflows() {
        let policy = Policy {
            first_backoff_millis: u64::MAX,
            max_backoff_millis: u64::MAX,
            min_gap_millis: u64::MAX,
            ..Policy::default()
        };
        for seed in [0, 0x9E37_79B9, u32::MAX] {
            assert_eq!(policy.backoff(u32::MAX, Some(u64::MAX), &mut Jitter::new(seed)), u64::MAX);
            let _ = policy.slow_gap(None, &mut Jitter::new(seed));
        }
    }
}
