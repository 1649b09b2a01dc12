//! When the bank is asked about an attempt nobody told us about. Pure: times in, the next time out.

use std::time::Duration;

use jiff::{SignedDuration, Timestamp};

use super::attempt::{Anomaly, Attempt};
use super::decide::Decision;
use super::state::{EXPIRED, State};

const DAY: Duration = Duration::from_hours(24);
const DAYS_AFTER_THE_LAST_QUESTION: u32 = 7;
/// At +1 and +5 minutes.
const EARLY_QUESTIONS: usize = 2;
/// Money arrives within days; after this long people have been told, and it is asked about only now and then.
const LONGEST_SETTLEMENT: Duration = Duration::from_hours(30 * 24);
const NOW_AND_THEN: Duration = Duration::from_hours(7 * 24);
const LONGEST_PAUSE_AFTER_FAILURES: Duration = Duration::from_mins(5);

/// The times of questions, relative to when the page was opened and when it expires.
#[derive(Debug, Clone)]
pub struct Schedule {
    /// Pauses between questions while the page is live; the last one repeats until expiry.
    pub while_open: Vec<Duration>,
    /// Times after expiry; at the last one an open attempt is given up as expired.
    pub after_expiry: Vec<Duration>,
    /// Least time between two questions about one order; also the first pause after a failed question.
    pub min_gap: Duration,
    /// Pauses between questions about a refund that is not decided; the last one repeats.
    pub refunds: Vec<Duration>,
    /// How long a refund may be unknown at the bank before it counts as never arrived.
    pub refund_arrives_within: Duration,
    /// Pause between questions about captured money that its provider has still to collect.
    pub settlement: Duration,
}

impl Schedule {
    /// When the bank is asked next about `attempt`, which an answer at `now` left as `decision` says: never again once that
    /// is final, except now and then for a while after time, a refusal or a wallet ended it, and while captured money waits
    /// for its provider's word that it was collected, all of it: `waits` says whether refunds of it do.
    pub fn next_question(
        &self,
        attempt: &Attempt,
        decision: &Decision,
        waits: bool,
        now: Timestamp,
    ) -> Option<Timestamp> {
        // What is missing may come in a further part, or come back from a dispute.
        let misses = attempt.product.settles_by_answer() && decision.anomalies.contains(&Anomaly::Underpaid);
        // Opened in the future: by a clock that was ahead. Its page lives now.
        let opened = attempt.opened_at.unwrap_or(attempt.created_at).min(now);
        match decision.state {
            State::Created | State::Redirected => self.next(opened, attempt.expires_at, now),
            State::Cancelled if decision.reason.as_deref() == Some(EXPIRED) => {
                self.next(opened, attempt.expires_at, now)
            }
            // Money may still come after a refusal; an order the bank never made brings none.
            State::Rejected if attempt.bank_order.is_some() => {
                self.next_after_refusal(attempt.expires_at, now)
            }
            // The payment of a wallet may overtake its cancellation.
            State::Cancelled if attempt.product.settles_by_answer() => {
                self.next_after_refusal(attempt.expires_at, now)
            }
            State::Captured if attempt.product.settles_by_answer() => {
                Some(self.next_about_settlement(opened, now))
            }
            State::Paid if misses => Some(self.next_about_settlement(opened, now)),
            State::PartiallyRefunded if waits || misses => Some(self.next_about_settlement(opened, now)),
            State::Cancelled
            | State::Rejected
            | State::Captured
            | State::Paid
            | State::PartiallyRefunded
            | State::Refunded => None,
        }
    }

    /// The first time after `now` to ask about an attempt; `None` once all questions are used up.
    pub fn next(&self, opened: Timestamp, expires: Timestamp, now: Timestamp) -> Option<Timestamp> {
        self.next_while_open(opened, expires, now).or_else(|| {
            self.after_expiry
                .iter()
                .copied()
                .chain(self.daily())
                .map(|offset| after(expires, offset))
                .find(|at| *at > now)
        })
    }

    /// The next time to ask about an attempt the bank refused or cancelled: late money is rare then, so the early questions
    /// after expiry are left out.
    pub fn next_after_refusal(&self, expires: Timestamp, now: Timestamp) -> Option<Timestamp> {
        let late = self.after_expiry.iter().copied().skip(EARLY_QUESTIONS);
        late.chain(self.daily()).map(|offset| after(expires, offset)).find(|at| *at > now)
    }

    /// Whether an attempt still open at `now` is given up.
    pub fn time_ran_out(&self, expires: Timestamp, now: Timestamp) -> bool {
        now >= after(expires, self.given_up_after())
    }

    /// When to ask again after `failures` questions in a row got no answer.
    pub fn after_failure(&self, failures: u32, now: Timestamp) -> Timestamp {
        let pause = self.min_gap.max(Duration::from_millis(100)) * 2_u32.saturating_pow(failures.min(12));
        after(now, pause.min(LONGEST_PAUSE_AFTER_FAILURES))
    }

    /// When to ask about a refund again, after `asked` questions.
    pub fn next_about_refund(&self, asked: u32, now: Timestamp) -> Timestamp {
        let index = usize::try_from(asked).unwrap_or(usize::MAX);
        let pause = self.refunds.get(index).or(self.refunds.last()).copied().unwrap_or(DAY);
        after(now, pause.max(Duration::from_millis(1)))
    }

    /// When to ask again whether captured money was collected.
    pub fn next_about_settlement(&self, opened: Timestamp, now: Timestamp) -> Timestamp {
        let pause = self.settlement.max(Duration::from_millis(1));
        let is_late = now >= after(opened, LONGEST_SETTLEMENT);
        after(now, if is_late { pause.max(NOW_AND_THEN) } else { pause })
    }

    /// Whether a refund that the bank has not heard of can still be on its way.
    pub fn refund_may_arrive(&self, made: Timestamp, now: Timestamp) -> bool {
        now < after(made, self.refund_arrives_within)
    }

    fn next_while_open(&self, opened: Timestamp, expires: Timestamp, now: Timestamp) -> Option<Timestamp> {
        let mut at = opened;
        let last = self.while_open.last()?;
        for pause in self.while_open.iter().chain(std::iter::repeat(last)) {
            at = after(at, (*pause).max(Duration::from_millis(1)));
            if at >= expires {
                return None;
            }
            if at > now {
                return Some(at);
            }
        }
        None
    }

    fn daily(&self) -> impl Iterator<Item = Duration> {
        let last = self.given_up_after();
        (1..=DAYS_AFTER_THE_LAST_QUESTION).map(move |day| last + DAY * day)
    }

    fn given_up_after(&self) -> Duration {
        self.after_expiry.last().copied().unwrap_or(DAY)
    }
}

/// `at` plus `duration`; the end of time where that does not fit.
pub fn after(at: Timestamp, duration: Duration) -> Timestamp {
    SignedDuration::try_from(duration).ok().and_then(|by| at.checked_add(by).ok()).unwrap_or(Timestamp::MAX)
}

/// `at` minus `duration`; the beginning of time where that does not fit.
pub fn before(at: Timestamp, duration: Duration) -> Timestamp {
    SignedDuration::try_from(duration).ok().and_then(|by| at.checked_sub(by).ok()).unwrap_or(Timestamp::MIN)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::payments::attempt::tests::attempt;
    use crate::payments::product::Product;

    #[test]
    fn a_refusal_and_an_expiry_are_asked_about_and_a_cancellation_of_the_bank_is_not() {
        let next = |state, reason: Option<&str>| {
            schedule()
                .next_question(&attempt(1, state), &left(state, reason), false, at(0))
                .map(|next| next.as_second() - at(0).as_second())
        };
        assert_eq!(next(State::Redirected, None), Some(15));
        assert_eq!(next(State::Rejected, Some("1/16")), Some(900 + 1800));
        assert_eq!(next(State::Cancelled, Some(EXPIRED)), Some(15));
        assert_eq!(next(State::Cancelled, Some("bank")), None);
        assert_eq!(next(State::Captured, None), None);
        let wallet = Attempt { product: Product::AlipayPlus, ..attempt(1, State::Cancelled) };
        let at_wallet = |decision| schedule().next_question(&wallet, &decision, false, at(0));
        let next_at_wallet = at_wallet(left(State::Cancelled, Some("bank")));
        assert_eq!(next_at_wallet, at_wallet(left(State::Rejected, None)));
        assert!(next_at_wallet.is_some());
        let never_made = Attempt { bank_order: None, ..attempt(1, State::Rejected) };
        let rejected = left(State::Rejected, None);
        assert_eq!(schedule().next_question(&never_made, &rejected, false, at(0)), None);
    }

    #[test]
    fn an_attempt_of_a_clock_that_was_ahead_is_asked_about_soon() {
        let ahead = Attempt { opened_at: Some(at(86_400)), ..attempt(1, State::Redirected) };
        let next = schedule().next_question(&ahead, &left(State::Redirected, None), false, at(0));
        assert_eq!(next, Some(at(15)));
    }

    fn at(seconds: i64) -> Timestamp {
        Timestamp::from_second(1_800_000_000 + seconds).unwrap()
    }

    fn schedule() -> Schedule {
        Schedule {
            while_open: [15, 30, 60, 120].map(Duration::from_secs).to_vec(),
            after_expiry: [60, 300, 1800, 21_600, 86_400].map(Duration::from_secs).to_vec(),
            min_gap: Duration::from_secs(2),
            refunds: [2, 60].map(Duration::from_secs).to_vec(),
            refund_arrives_within: Duration::from_hours(24),
            settlement: Duration::from_hours(12),
        }
    }

    #[test]
    fn captured_money_is_asked_about_until_it_is_collected_and_after_a_month_once_a_week() {
        assert_eq!(schedule().next_about_settlement(at(0), at(5)), at(5 + 12 * 3600));
        assert_eq!(schedule().next_about_settlement(at(0), at(30 * 86_400)), at(37 * 86_400));
        let part = Attempt { product: Product::AlipayPlus, ..attempt(1, State::PartiallyRefunded) };
        let next = |waits| schedule().next_question(&part, &left(part.state, None), waits, at(0));
        assert_eq!((next(true), next(false)), (Some(at(12 * 3600)), None));
    }

    #[test]
    fn settled_money_that_is_too_little_is_asked_about_where_the_provider_may_tell_of_more() {
        let next = |product, state, anomalies: &[Anomaly], now| {
            let settled = Attempt { product, opened_at: Some(at(0)), ..attempt(1, state) };
            let anomalies = anomalies.iter().copied().collect();
            let decision = Decision { state, reason: None, anomalies };
            schedule().next_question(&settled, &decision, false, at(now))
        };
        let underpaid = [Anomaly::Underpaid];
        for state in [State::Paid, State::PartiallyRefunded] {
            assert_eq!(next(Product::AlipayPlus, state, &underpaid, 5), Some(at(5 + 12 * 3600)));
            let late = next(Product::AlipayPlus, state, &underpaid, 30 * 86_400);
            assert_eq!(late, Some(at(37 * 86_400)), "after a month once a week");
            assert_eq!(next(Product::AlipayPlus, state, &[], 5), None);
            assert_eq!(next(Product::AlipayPlus, state, &[Anomaly::Overpaid], 5), None);
            assert_eq!(next(Product::Card, state, &underpaid, 5), None, "the bank tells by registers");
        }
        assert_eq!(next(Product::AlipayPlus, State::Refunded, &underpaid, 5), None);
    }

    fn left(state: State, reason: Option<&str>) -> Decision {
        Decision { state, reason: reason.map(str::to_owned), anomalies: BTreeSet::new() }
    }

    #[test]
    fn a_refund_is_asked_about_until_it_is_decided_and_given_up_only_when_it_cannot_arrive() {
        let schedule = schedule();
        let pauses = [0, 1, 2, 9].map(|asked| schedule.next_about_refund(asked, at(0)));
        assert_eq!(pauses, [at(2), at(60), at(60), at(60)]);
        assert!(schedule.refund_may_arrive(at(0), at(86_399)));
        assert!(!schedule.refund_may_arrive(at(0), at(86_400)));
    }

    #[test]
    fn questions_come_while_open_then_after_expiry_then_daily_for_a_week() {
        let schedule = schedule();
        let mut now = at(0);
        let mut times = Vec::new();
        while let Some(next) = schedule.next(at(0), at(400), now) {
            times.push(next.as_second() - at(0).as_second());
            now = next;
        }
        let mut expected = vec![15, 45, 105, 225, 345, 460, 700, 2200, 22_000, 86_800];
        expected.extend((1..=7).map(|day| 86_800 + day * 86_400));
        assert_eq!(times, expected);
    }

    #[test]
    fn after_a_refusal_the_bank_is_asked_seldom_and_for_as_long() {
        let schedule = schedule();
        let mut now = at(0);
        let mut times = Vec::new();
        while let Some(next) = schedule.next_after_refusal(at(400), now) {
            times.push(next.as_second() - at(400).as_second());
            now = next;
        }
        let mut expected = vec![1800, 21_600, 86_400];
        expected.extend((1..=7).map(|day| 86_400 + day * 86_400));
        assert_eq!(times, expected);
    }

    #[test]
    fn an_attempt_is_given_up_at_the_last_question_after_expiry() {
        assert!(!schedule().time_ran_out(at(0), at(86_399)));
        assert!(schedule().time_ran_out(at(0), at(86_400)));
    }

    #[test]
    fn failures_are_repeated_ever_more_slowly_but_never_given_up() {
        assert_eq!(schedule().after_failure(0, at(0)), at(2));
        assert_eq!(schedule().after_failure(3, at(0)), at(16));
        assert_eq!(schedule().after_failure(99, at(0)), at(300));
    }
}
