//! Documented limits that several requests share. A request that breaks one is refused before anything is sent.

use crate::error::Error;

/// What `merchantComment` may consist of beside ASCII letters and digits (AlliancePay docs: create order page).
const COMMENT_MARKS: &str = " ,.;:@#$%'-=+";

/// The refusal of a field, with what the bank takes.
pub(crate) const fn refuse(field: &'static str, rule: &'static str) -> Result<(), Error> {
    Err(Error::InvalidRequest { field, rule })
}

/// `merchantRequestId`: 36 characters at most.
pub(crate) fn merchant_request_id(id: &str) -> Result<(), Error> {
    if length(id, 1, 36) { Ok(()) } else { refuse("merchantRequestId", "1 to 36 characters") }
}

/// `notificationUrl`: the newer docs take 255 characters, some pages 1000; the smaller limit holds everywhere.
pub(crate) fn notification_url(url: Option<&str>) -> Result<(), Error> {
    if optional(url, 255) { Ok(()) } else { refuse("notificationUrl", "1 to 255 characters") }
}

/// `merchantComment` where it is optional.
pub(crate) fn merchant_comment(comment: Option<&str>) -> Result<(), Error> {
    if comment.is_none_or(|comment| comment_is_taken(comment, 1)) {
        Ok(())
    } else {
        refuse("merchantComment", "1 to 255 of `a-zA-Z0-9 ,.;:@#$%'-=+`")
    }
}

/// Whether a text has between `least` and `most` characters.
pub(crate) fn length(text: &str, least: usize, most: usize) -> bool {
    (least..=most).contains(&text.chars().count())
}

/// Whether a text is absent, or present with at most `most` characters and not blank: the bank validates an empty one.
pub(crate) fn optional(text: Option<&str>, most: usize) -> bool {
    text.is_none_or(|text| !text.trim().is_empty() && length(text, 1, most))
}

/// Whether a comment has between `least` and 255 characters of the bank's own set.
pub(crate) fn comment_is_taken(comment: &str, least: usize) -> bool {
    length(comment, least, 255)
        && !comment.trim().is_empty()
        && comment.chars().all(|c| c.is_ascii_alphanumeric() || COMMENT_MARKS.contains(c))
}
