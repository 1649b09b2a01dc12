//! What a live change brings to an order that is shown already.

use checkout_api::OrderSummary;

/// Whether a summary says more than the known one. A callback changes nothing of the order, its revision neither; that it
/// came is news all the same.
pub const fn is_news(known: &OrderSummary, newer: &OrderSummary) -> bool {
    newer.revision > known.revision
        || (newer.revision == known.revision && known.notified_at.is_none() && newer.notified_at.is_some())
}

#[cfg(test)]
mod tests {
    use console_api::OrderChanges;

    use super::*;

    fn summary(revision: u64, notified: bool) -> OrderSummary {
        let golden = include_str!("../../console-api/tests/golden/order-changes/one.json");
        let changes: OrderChanges = serde_json::from_str(golden).expect("golden changes");
        let summary = changes.orders.into_iter().next().expect("one order");
        let notified_at = notified.then(|| "2026-11-22T10:00:00Z".to_owned());
        OrderSummary { revision, notified_at, ..summary }
    }

    #[test]
    fn a_newer_revision_is_news_and_an_older_or_equal_one_is_not() {
        assert!(is_news(&summary(3, true), &summary(4, false)));
        assert!(!is_news(&summary(3, false), &summary(2, true)));
        assert!(!is_news(&summary(3, false), &summary(3, false)));
    }

    #[test]
    fn a_callback_that_came_without_a_new_revision_is_news_and_its_absence_is_not() {
        assert!(is_news(&summary(3, false), &summary(3, true)));
        assert!(!is_news(&summary(3, true), &summary(3, true)));
        assert!(!is_news(&summary(3, true), &summary(3, false)));
    }
}
