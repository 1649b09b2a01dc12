//! Which version of an operation counts: the newest one. An answer may be older than what is stored, for answers
//! overtake each other; it then changes nothing.

use crate::provider::Operation;

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
    match (reported.modified_at, known.modified_at) {
        (Some(reported_at), Some(known_at)) if reported_at != known_at => reported_at > known_at,
        (_, _) => reported.is_decided() || !known.is_decided(),
    }
}

#[cfg(test)]
mod tests {
    use jiff::Timestamp;

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

    fn after(stored: Operation, reported: Operation) -> OperationStatus {
        newest_of(&[stored], &[reported]).remove(0).status
    }

    #[test]
    fn the_later_change_wins_in_whatever_order_the_answers_come() {
        let success = payment(OperationStatus::Success, Some(20));
        assert_eq!(after(payment(pending(), Some(10)), success.clone()), OperationStatus::Success);
        assert_eq!(after(success.clone(), payment(pending(), Some(10))), OperationStatus::Success);
        assert_eq!(after(success, payment(pending(), Some(30))), pending());
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
            assert_eq!(after(success.clone(), payment(pending(), second)), OperationStatus::Success);
            assert_eq!(after(payment(pending(), second), success), OperationStatus::Success);
        }
    }
}
