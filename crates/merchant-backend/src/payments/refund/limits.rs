//! How much one person may give back, at once and in a day. Counted in what buyers' accounts are given, in kopecks: who has
//! a limit gives back hryvnias alone.

use std::time::Duration;

use money::Currency;

use super::Refusal;

/// A day is the last 24 hours: no time of day, and no zone, lets twice as much go.
pub const DAY: Duration = Duration::from_hours(24);

/// A person's limits; `None`: no limit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Limits {
    /// By one refund.
    pub at_once: Option<i64>,
    /// By all refunds of the last day that did not fail.
    pub in_a_day: Option<i64>,
}

impl Limits {
    /// Whether they mean anything to money of this currency.
    pub fn are_in(self, currency: Currency) -> Result<(), Refusal> {
        let limited = self.at_once.or(self.in_a_day).is_some();
        if limited && currency != Currency::Uah { Err(Refusal::LimitsElsewhere(currency)) } else { Ok(()) }
    }

    /// Whether `wanted` may go after `gone` went in the last day.
    pub fn check(self, wanted: i64, gone: i64) -> Result<(), Refusal> {
        if let Some(limit) = self.at_once.filter(|limit| wanted > *limit) {
            return Err(Refusal::OverLimit { limit });
        }
        let over = |limit: &i64| gone.checked_add(wanted).is_none_or(|sum| sum > *limit);
        match self.in_a_day.filter(over) {
            Some(limit) => Err(Refusal::OverDailyLimit { limit, left: limit.saturating_sub(gone).max(0) }),
            None => Ok(()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn up_to_a_limit_and_not_a_kopeck_more() {
        let limits = Limits { at_once: Some(100), in_a_day: Some(150) };
        assert_eq!(limits.check(100, 0), Ok(()));
        assert_eq!(limits.check(101, 0), Err(Refusal::OverLimit { limit: 100 }));
        assert_eq!(limits.check(50, 100), Ok(()));
        assert_eq!(limits.check(51, 100), Err(Refusal::OverDailyLimit { limit: 150, left: 50 }));
        assert_eq!(limits.check(1, i64::MAX), Err(Refusal::OverDailyLimit { limit: 150, left: 0 }));
        assert_eq!(Limits::default().check(i64::MAX, i64::MAX), Ok(()));
    }

    #[test]
    fn a_limit_in_hryvnias_is_no_limit_in_euros_and_lets_none_go() {
        for limits in
            [Limits { at_once: Some(1), in_a_day: None }, Limits { at_once: None, in_a_day: Some(1) }]
        {
            assert_eq!(limits.are_in(Currency::Uah), Ok(()));
            assert_eq!(limits.are_in(Currency::Eur), Err(Refusal::LimitsElsewhere(Currency::Eur)));
        }
        assert_eq!(Limits::default().are_in(Currency::Eur), Ok(()));
    }
}
