//! What an answer takes back: money that another hand had taken, or might have, and that is there again. A dispute is
//! won so, a reversal undone.

use crate::provider::{Operation, OperationStatus};

/// No provider has a word for it, for none lists such a movement any more.
const UNDONE: &str = "FAILED";

/// The movements of `known` that an answer ends: it calls the money of their payment there and lists them no more.
/// `in_order` says that no younger question was answered before; it counts only where the provider's times do not tell.
pub fn undone(known: &[Operation], reported: &[Operation], in_order: bool) -> Vec<Operation> {
    let stands = |one: &&Operation| {
        one.takes_away()
            && !matches!(one.status, OperationStatus::Failed(_))
            && reported.iter().all(|told| told.id != one.id)
    };
    known.iter().filter(stands).filter_map(|one| ended(one, reported, in_order)).collect()
}

fn ended(one: &Operation, reported: &[Operation], in_order: bool) -> Option<Operation> {
    let is_its_payment =
        |told: &&Operation| one.gives_back.as_ref() == Some(&told.id) && told.brought_money();
    let told_at = reported.iter().find(is_its_payment)?.modified_at;
    let later = match (told_at, one.modified_at.or(one.created_at)) {
        (Some(told), Some(since)) if told != since => told > since,
        (_, _) => in_order,
    };
    let status = OperationStatus::Failed(UNDONE.to_owned());
    later.then(|| Operation { status, modified_at: told_at.or(one.modified_at), ..one.clone() })
}

#[cfg(test)]
mod tests {
    use jiff::Timestamp;

    use super::*;
    use crate::payments::newest_operations::newest_of;
    use crate::provider::OperationKind;
    use crate::provider::tests::purchase;

    fn payment(status: OperationStatus, hour: Option<i64>) -> Operation {
        let modified_at = hour.map(|hour| Timestamp::from_second(hour * 3_600).expect("time"));
        Operation { status, modified_at, ..purchase("one", 100) }
    }

    fn taken(status: OperationStatus, hour: Option<i64>) -> Operation {
        let kind = OperationKind::Other("CHARGEBACKED".to_owned());
        let gives_back = Some("one".to_owned());
        Operation { id: "one#CHARGEBACKED".to_owned(), kind, gives_back, ..payment(status, hour) }
    }

    fn failed() -> OperationStatus {
        OperationStatus::Failed("FAILED".to_owned())
    }

    /// What becomes of a stored dispute by answers, one after another.
    fn after(stored: Operation, answers: &[&[Operation]], in_order: bool) -> OperationStatus {
        let mut known = vec![stored];
        for answer in answers {
            known = newest_of(&known, answer);
            known = newest_of(&known, &undone(&known, answer, in_order));
        }
        known.remove(0).status
    }

    #[test]
    fn what_another_hand_took_has_failed_once_the_provider_calls_the_money_there() {
        let paid = |hour| [payment(OperationStatus::Success, Some(hour))];
        for standing in [OperationStatus::Success, OperationStatus::Undecided("ANNOUNCED".to_owned())] {
            let dispute = |hour| taken(standing.clone(), Some(hour));
            assert_eq!(after(dispute(20), &[&paid(30)], true), failed());
            assert_eq!(after(dispute(20), &[&paid(30)], false), failed(), "the provider's times tell");
            let listed = [payment(OperationStatus::Success, Some(30)), dispute(20)];
            assert_eq!(after(dispute(20), &[&listed], true), standing);
            let gone = [payment(OperationStatus::Failed("REJECTED".to_owned()), Some(30))];
            assert_eq!(after(dispute(20), &[&gone], true), standing, "no money is there");
        }
    }

    #[test]
    fn answers_that_come_late_end_nothing_and_raise_nothing_again() {
        let paid = |hour| [payment(OperationStatus::Success, Some(hour))];
        for standing in [OperationStatus::Success, OperationStatus::Undecided("ANNOUNCED".to_owned())] {
            let dispute = |hour| taken(standing.clone(), Some(hour));
            assert_eq!(after(dispute(20), &[&paid(10)], true), standing, "from before the dispute");
            assert_eq!(after(dispute(20), &[&paid(30), &[dispute(20)]], true), failed());
            let second = [payment(OperationStatus::Success, Some(40)), dispute(40)];
            assert_eq!(after(dispute(20), &[&paid(30), &second], true), standing, "a second dispute");
        }
    }

    #[test]
    fn without_the_providers_times_only_the_answer_to_the_youngest_question_ends_anything() {
        let paid = [payment(OperationStatus::Success, None)];
        let dispute = || taken(OperationStatus::Success, None);
        assert_eq!(after(dispute(), &[&paid], false), OperationStatus::Success);
        assert_eq!(after(dispute(), &[&paid], true), failed());
        let of_another = Operation { gives_back: Some("two".to_owned()), ..dispute() };
        assert_eq!(after(of_another, &[&paid], true), OperationStatus::Success);
    }
}
