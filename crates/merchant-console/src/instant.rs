//! Moments as the backend writes them: RFC 3339, UTC, a fraction of a second only where there is one.

/// Whether one moment comes before the other. Not as texts: `10:00:00.5Z` sorts before `10:00:00Z`.
pub fn is_before(one: &str, other: &str) -> bool {
    parts(one) < parts(other)
}

/// Whole seconds and the digits after them; both sort as texts, once the zeros at the end are gone.
fn parts(rfc3339: &str) -> (&str, &str) {
    let plain = rfc3339.strip_suffix('Z').unwrap_or(rfc3339);
    let (whole, fraction) = plain.split_once('.').unwrap_or((plain, ""));
    (whole, fraction.trim_end_matches('0'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fraction_counts_whatever_its_length() {
        let in_order = [
            "2026-11-22T09:59:59.999Z",
            "2026-11-22T10:00:00Z",
            "2026-11-22T10:00:00.05Z",
            "2026-11-22T10:00:00.45Z",
            "2026-11-22T10:00:00.5Z",
            "2026-11-22T10:00:01Z",
        ];
        for pair in in_order.windows(2) {
            assert!(is_before(pair[0], pair[1]), "{pair:?}");
            assert!(!is_before(pair[1], pair[0]), "{pair:?}");
        }
        assert!(!is_before("2026-11-22T10:00:00Z", "2026-11-22T10:00:00.000Z"));
        assert!(!is_before("2026-11-22T10:00:00.000Z", "2026-11-22T10:00:00Z"));
    }
}
