//! Which version of an operation counts: the newest one. An answer may be older than what is stored, for answers
//! overtake each other; it then changes nothing.

use std::time::Duration;

use jiff::Timestamp;

use super::schedule::after;
use crate::provider::Operation;

/// How far a decision reads too old at most: by the hour that comes twice.
const CLOCK_CHANGE: Duration = Duration::from_hours(1);

/// All operations known, the newest version of each: stored ones first, in the order they came.
pub fn newest_of(stored: &[Operation], reported: &[Operation]) -> Vec<Operation> {
    let mut all = stored.to_vec();
    for operation in reported {
        match all.iter_mut().find(|known| known.id == operation.id) {
            Some(known) if supersedes(operation, known) => *known = newer(operation, known),
            Some(_) => {}
            None => all.push(operation.clone()),
        }
    }
    all
}

/// Money moves once, when it is decided: what a provider tells of it later does not move it to another day.
fn newer(reported: &Operation, known: &Operation) -> Operation {
    let created_at = if reported.is_decided() && !known.is_decided() {
        reported.created_at.or(known.created_at)
    } else {
        known.created_at.or(reported.created_at)
    };
    Operation { created_at, ..reported.clone() }
}

/// The later change wins. Where the times do not tell, the later message does; but what was decided stays decided.
fn supersedes(reported: &Operation, known: &Operation) -> bool {
    match (changed(reported), changed(known)) {
        (Some(reported_at), Some(known_at)) if reported_at != known_at => reported_at > known_at,
        (_, _) => reported.is_decided() || !known.is_decided(),
    }
}

/// When it changed, as far as that tells which of two versions is the later one. The bank's times have no zone: in the hour
/// that comes twice in autumn a decision can read up to an hour older than what it decided, and would be lost for ever. So
/// a decision counts as an hour later, in whatever order the two arrive.
fn changed(operation: &Operation) -> Option<Timestamp> {
    let lead = if operation.is_decided() { CLOCK_CHANGE } else { Duration::ZERO };
    operation.modified_at.map(|at| after(at, lead))
}

#[cfg(test)]
mod tests {
    use alliancepay::BankTime;
    use proptest::prelude::*;

    use super::*;
    use crate::provider::OperationStatus;
    use crate::provider::tests::purchase;

    fn payment(status: OperationStatus, second: Option<i64>) -> Operation {
        let modified_at = second.map(|second| Timestamp::from_second(second).expect("time"));
        Operation { status, modified_at, ..purchase("one", 100) }
    }

    fn pending() -> OperationStatus {
        OperationStatus::Undecided("PENDING".to_owned())
    }

    fn told(stored: Operation, reported: Operation) -> OperationStatus {
        newest_of(&[stored], &[reported]).remove(0).status
    }

    #[test]
    fn the_later_change_wins_in_whatever_order_the_answers_come() {
        let success = payment(OperationStatus::Success, Some(20));
        assert_eq!(told(payment(pending(), Some(10)), success.clone()), OperationStatus::Success);
        assert_eq!(told(success.clone(), payment(pending(), Some(10))), OperationStatus::Success);
        assert_eq!(told(success, payment(pending(), Some(20 + 3_601))), pending());
    }

    #[test]
    fn a_capture_in_the_hour_that_comes_twice_is_not_lost() {
        let at = |kyiv: &str, status| {
            let modified_at = Some(kyiv.parse::<BankTime>().expect("time").timestamp());
            Operation { modified_at, ..payment(status, None) }
        };
        let summer = at("2026.10.25 03:58:00.000", pending());
        // Four minutes later; it reads as 56 minutes earlier.
        let winter = at("2026.10.25 03:02:00.000", OperationStatus::Success);
        assert_eq!(told(summer.clone(), winter.clone()), OperationStatus::Success);
        assert_eq!(told(winter, summer.clone()), OperationStatus::Success);
        let long_before = at("2026.10.25 02:57:59.000", OperationStatus::Success);
        assert_eq!(told(summer, long_before), pending());
    }

    proptest! {
        /// Seconds of several hours, so that decisions fall within the hour and out of it.
        #[test]
        fn the_order_of_arrival_changes_nothing(
            (came, otherwise) in proptest::collection::btree_map(0_i64..12_000, any::<bool>(), 1..6)
                .prop_map(|versions| versions.into_iter().collect::<Vec<_>>())
                .prop_flat_map(|versions| (Just(versions.clone()).prop_shuffle(), Just(versions).prop_shuffle()))
        ) {
            let last = |versions: Vec<(i64, bool)>| {
                versions.into_iter().fold(Vec::new(), |known, (second, decided)| {
                    let status = if decided { OperationStatus::Success } else { pending() };
                    newest_of(&known, &[payment(status, Some(second))])
                })
            };
            prop_assert_eq!(last(came), last(otherwise));
        }
    }

    #[test]
    fn a_later_version_does_not_move_a_movement_to_another_day() {
        let dated = |status, second| {
            let created_at = Some(Timestamp::from_second(second).expect("time"));
            Operation { created_at, ..payment(status, Some(second)) }
        };
        let done = |second| dated(OperationStatus::Success, second);
        let newest = newest_of(&[done(10)], &[done(20)]).remove(0);
        assert_eq!((newest.created_at, newest.modified_at), (done(10).created_at, done(20).modified_at));
        assert_eq!(newest_of(&[payment(pending(), None)], &[done(20)]), [done(20)]);
        assert_eq!(newest_of(&[dated(pending(), 10)], &[done(20)]), [done(20)]);
    }

    #[test]
    fn an_answer_that_was_overtaken_within_one_tick_undoes_no_decision() {
        for second in [None, Some(10)] {
            let success = payment(OperationStatus::Success, second);
            assert_eq!(told(success.clone(), payment(pending(), second)), OperationStatus::Success);
            assert_eq!(told(payment(pending(), second), success), OperationStatus::Success);
        }
    }
}
