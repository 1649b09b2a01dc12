//! Sums as registers write them, to minor units: no floats, no rounding, no guessing.

/// Larger sums are no payments; files that hold them could make totals overflow.
const LARGEST: i64 = 1_000_000_000_000;

/// Reads a sum. A whole number counts minor units where `in_minor_units`, else major ones; with decimals it counts
/// major ones always.
pub(super) fn minor(text: &str, in_minor_units: bool) -> Result<i64, &'static str> {
    let plain: String = text.chars().filter(|c| !matches!(c, ' ' | '\u{a0}' | '\u{202f}' | '\'')).collect();
    let (negative, digits) = match plain.strip_prefix(['-', '\u{2212}']) {
        Some(digits) => (true, digits),
        None => (false, plain.strip_prefix('+').unwrap_or(&plain)),
    };
    let (whole, cents) = split(digits)?;
    if whole.is_empty() || !whole.bytes().chain(cents.bytes()).all(|byte| byte.is_ascii_digit()) {
        return Err("is not a sum");
    }
    let padded = match cents.len() {
        0 if in_minor_units => whole,
        0 => format!("{whole}00"),
        1 => format!("{whole}{cents}0"),
        2 => format!("{whole}{cents}"),
        _ => return Err("has more than two decimals"),
    };
    let minor: i64 = padded.parse().map_err(|_| "is larger than any payment")?;
    if minor > LARGEST {
        return Err("is larger than any payment");
    }
    Ok(if negative { -minor } else { minor })
}

/// The digits before and after the decimal sign: the last of point and comma. The other one, and the same one written
/// more than once, separates thousands.
fn split(digits: &str) -> Result<(String, String), &'static str> {
    let Some(at) = digits.rfind(['.', ',']) else { return Ok((digits.to_owned(), String::new())) };
    let (whole, rest) = digits.split_at(at);
    let (sign, cents) = rest.split_at(1);
    if cents.is_empty() {
        return Err("is not a sum");
    }
    if whole.contains(sign) {
        return Err("is not a sum");
    }
    let mut groups = whole.split(['.', ',']);
    let first = groups.next().unwrap_or_default();
    let mut joined = first.to_owned();
    for group in groups {
        if group.len() != 3 || first.is_empty() || first.len() > 3 {
            return Err("is not a sum");
        }
        joined.push_str(group);
    }
    Ok((joined, cents.to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whole_numbers_follow_the_column_and_decimals_are_hryvnias() {
        assert_eq!(minor("12905", true), Ok(12_905));
        assert_eq!(minor("129", false), Ok(12_900));
        for written in ["129.05", "129,05", "+129.05", " 129,05 "] {
            assert_eq!(minor(written, true), Ok(12_905), "{written}");
            assert_eq!(minor(written, false), Ok(12_905), "{written}");
        }
        assert_eq!(minor("-0,5", false), Ok(-50));
        assert_eq!(minor("\u{2212}1 234,50", false), Ok(-123_450));
    }

    #[test]
    fn thousands_are_read_where_they_are_surely_thousands() {
        assert_eq!(minor("1.234,56", false), Ok(123_456));
        assert_eq!(minor("1,234.56", false), Ok(123_456));
        assert_eq!(minor("12,345,678.90", false), Ok(1_234_567_890));
        // Three digits after the only sign may be thousands or a third decimal.
        assert_eq!(minor("1,234", false), Err("has more than two decimals"));
    }

    #[test]
    fn what_is_no_sum_is_refused_and_nothing_is_rounded() {
        for wrong in ["", "-", ".", "1.", ".5", "1e3", "12a", "1.2.3", "12.34,5,6", "--1", "٣"] {
            assert!(minor(wrong, true).is_err(), "{wrong}");
        }
        assert!(minor("1.005", false).is_err());
        assert!(minor("99999999999999999999", true).is_err());
        assert!(minor("10000000000000", true).is_err());
    }
}
