//! The core's own clock, in milliseconds since its start. It never runs backwards, whatever the driver's clock does,
//! and it keeps the one alarm the driver is asked for.

use crate::{Timestamp, WakeId};

/// A moment on the core's own clock.
pub(crate) type Moment = u64;

/// The clock and its alarm.
#[derive(Debug, Clone)]
pub(crate) struct Clock {
    told: Timestamp,
    now: Moment,
    armed: Option<(WakeId, Moment)>,
}

impl Clock {
    pub(crate) const fn new(told: Timestamp) -> Self {
        Self { told, now: 0, armed: None }
    }

    pub(crate) const fn now(&self) -> Moment {
        self.now
    }

    /// The moment `millis` from now.
    pub(crate) const fn after(&self, millis: u64) -> Moment {
        self.now.saturating_add(millis)
    }

    /// Hears the driver's time. A clock set back only loses the time since it was last heard.
    pub(crate) fn hear(&mut self, now: Timestamp) {
        self.now = self.after(now.since(self.told));
        self.told = now;
    }

    /// Whether this is the wake-up waited for. It proves that its time has come, even if the driver's clock stands.
    pub(crate) fn woke(&mut self, wake: WakeId) -> bool {
        let Some((_, moment)) = self.armed.take_if(|(armed, _)| *armed == wake) else {
            return false;
        };
        self.now = self.now.max(moment);
        true
    }

    /// Wants to be woken at `moment`; says how long from now if the driver has to be asked for it.
    pub(crate) fn arm(&mut self, moment: Moment, wake: WakeId) -> Option<u64> {
        if self.armed.is_some_and(|(_, armed)| armed == moment) {
            return None;
        }
        self.armed = Some((wake, moment));
        Some(moment.saturating_sub(self.now))
    }

    /// Wants no wake-up any more; one that comes is stale.
    pub(crate) fn disarm(&mut self) {
        self.armed = None;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_clock_set_back_never_takes_time_away() {
        let mut clock = Clock::new(Timestamp(10_000));
        clock.hear(Timestamp(12_000));
        clock.hear(Timestamp(3_000));
        assert_eq!(clock.now(), 2_000);
        clock.hear(Timestamp(4_000));
        assert_eq!(clock.now(), 3_000);
    }

    #[test]
    fn the_wake_up_waited_for_proves_that_its_time_has_come() {
        let mut clock = Clock::new(Timestamp(0));
        assert_eq!(clock.arm(500, WakeId(1)), Some(500));
        assert_eq!(clock.arm(500, WakeId(2)), None, "the same moment needs no second timer");
        assert!(!clock.woke(WakeId(2)));
        assert!(clock.woke(WakeId(1)));
        assert_eq!(clock.now(), 500);
        assert!(!clock.woke(WakeId(1)), "a wake-up comes once");
    }
}
