//! The comment that each order and refund carries at the bank, and that its daily registers repeat: written here and read
//! back here, for a register's row may have nothing else to be found by.
//!
//! The bank takes few letters, so two order numbers can read alike in it: `WC_1001` as `WC-1001`. A number that does not
//! read back as itself is never told as one; our id of the request, which is nobody else's, stands behind it.

use uuid::Uuid;

use super::LONGEST_TEXT;

const BEGINS: &str = "Order ";
/// Stands before the id of the request. Between words of a number it is no mark.
const BEFORE_REQUEST: &str = " #";
/// The least the bank takes; dots fill a short comment up.
const LEAST: usize = 14;
/// More characters than any order number has.
const LONGEST_NUMBER: usize = 128;

/// What a comment tells.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Told {
    /// The shop's order number.
    Order(String),
    /// Our id of the request, where the number cannot be told.
    Request(String),
}

/// The comment of a request about an order.
pub(super) fn write(order: &str, request: &str) -> String {
    let letters = |longest| {
        format!("{BEGINS}{order}")
            .chars()
            .map(|c| if c.is_ascii_alphanumeric() || " ,.;:@#$%'-=+".contains(c) { c } else { '-' })
            .take(longest)
            .collect::<String>()
    };
    let plain = format!("{:.<LEAST$}", letters(LONGEST_TEXT));
    // As registers are read: without spaces at the ends.
    if read(plain.trim()).is_some_and(|told| told == Told::Order(order.to_owned())) {
        return plain;
    }
    let number = letters(LONGEST_TEXT.saturating_sub(BEFORE_REQUEST.len() + request.len()));
    format!("{number}{BEFORE_REQUEST}{request}")
}

/// What a register's comment tells, if anything.
pub(super) fn read(comment: &str) -> Option<Told> {
    let number = comment.strip_prefix(BEGINS).unwrap_or(comment);
    if let Some((_, request)) = number.rsplit_once(BEFORE_REQUEST)
        && Uuid::parse_str(request).is_ok()
    {
        return Some(Told::Request(request.to_owned()));
    }
    // A short comment was filled up to the bank's least length.
    let number = if comment.chars().count() == LEAST { number.trim_end_matches('.') } else { number };
    (!number.is_empty() && number.len() <= LONGEST_NUMBER).then(|| Told::Order(number.to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;

    const REQUEST: &str = "0f0e5f3c-0000-4000-8000-000000000001";

    #[test]
    fn a_number_in_the_banks_letters_is_read_back() {
        assert_eq!(write("A-1001", REQUEST), "Order A-1001..");
        for order in ["A-1001", "7", "A-1001-long.", "Order 7 of May", "x #7", "50% off; 2 @ 3,5 = 'x'"] {
            let comment = write(order, REQUEST);
            assert!(!comment.contains(REQUEST) && comment.len() >= LEAST, "{comment}");
            assert_eq!(read(&comment), Some(Told::Order(order.to_owned())));
        }
        assert_eq!(read("A-1001"), Some(Told::Order("A-1001".to_owned())));
        assert_eq!(read("Order "), None);
    }

    #[test]
    fn a_number_that_reads_like_another_is_told_by_its_request() {
        assert_eq!(write("Замовлення/7", REQUEST), format!("Order -----------7 #{REQUEST}"));
        let another = format!("X #{}", Uuid::nil());
        for order in ["WC_1001", "A-1001.", "A-1001..", "A-10012345 ", ".", &another, &"x".repeat(400)] {
            let comment = write(order, REQUEST);
            assert!(comment.len() <= LONGEST_TEXT, "{comment}");
            assert_eq!(read(&comment), Some(Told::Request(REQUEST.to_owned())), "{order}");
        }
    }
}
