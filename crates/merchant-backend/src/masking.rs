//! Messages as people may read them. Only named fields of the bank's messages are kept in the first place; what is masked
//! here is what could still hide in them: in a text the bank wrote, or in a field it fills otherwise one day.

use std::borrow::Cow;
use std::sync::LazyLock;

use regex::{Captures, Regex};
use serde_json::Value;

const MASK: &str = "•••";

/// Fields whose whole value is somebody's or secret, by a part of their name in small letters.
const PRIVATE: [&str; 14] = [
    "token",
    "secret",
    "password",
    "key",
    "email",
    "phone",
    "name",
    "address",
    "birth",
    "ipaddress",
    "cvv",
    "pan",
    "iban",
    "account",
];
/// Fields that have such a part in their name and hold nothing private.
const HARMLESS: [&str; 3] = ["accounttoaccount", "merchantname", "keyid"];

static EMAIL: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"[\p{L}\p{N}._%+-]+@[\p{L}\p{N}-]+(?:\.[\p{L}\p{N}-]+)+"));
static PHONE: LazyLock<Regex> = LazyLock::new(|| pattern(r"\+\d[\d ()\-]{7,16}\d"));
static LONG_NUMBER: LazyLock<Regex> = LazyLock::new(|| pattern(r"\b\d(?:[ -]?\d){12,18}\b"));
static TOKEN: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"(?i)\bbearer\s+\S+|\beyJ[\w-]+(?:\.[\w-]*)+|\bUA\d{27}\b"));

/// The message with its private parts masked. JSON stays JSON.
pub(crate) fn masked(raw: &str) -> String {
    match serde_json::from_str::<Value>(raw) {
        Ok(mut value) => {
            mask(&mut value);
            value.to_string()
        }
        Err(_) => text(raw).into_owned(),
    }
}

fn mask(value: &mut Value) {
    match value {
        Value::Object(fields) => {
            for (name, field) in fields {
                if is_private(name) && !field.is_null() {
                    *field = Value::String(MASK.to_owned());
                } else {
                    mask(field);
                }
            }
        }
        Value::Array(items) => items.iter_mut().for_each(mask),
        Value::String(old) => {
            if let Cow::Owned(new) = text(old) {
                *old = new;
            }
        }
        Value::Number(number) => {
            let digits = number.to_string();
            if let Cow::Owned(new) = text(&digits) {
                *value = Value::String(new);
            }
        }
        Value::Null | Value::Bool(_) => {}
    }
}

fn is_private(name: &str) -> bool {
    let name: String = name.to_lowercase().chars().filter(char::is_ascii_alphanumeric).collect();
    // A mask is no card number.
    let masked = name.contains("mask");
    !masked && !HARMLESS.contains(&name.as_str()) && PRIVATE.iter().any(|part| name.contains(part))
}

fn text(old: &str) -> Cow<'_, str> {
    let mut new = Cow::Borrowed(old);
    for pattern in [&TOKEN, &EMAIL, &PHONE] {
        if pattern.is_match(&new) {
            new = Cow::Owned(pattern.replace_all(&new, MASK).into_owned());
        }
    }
    if LONG_NUMBER.is_match(&new) {
        let replaced = LONG_NUMBER.replace_all(&new, |found: &Captures<'_>| card(&found[0])).into_owned();
        if replaced != *new {
            new = Cow::Owned(replaced);
        }
    }
    new
}

/// What has a card number's check digit is shown as statements show one; other long numbers are ids.
fn card(found: &str) -> String {
    let digits: Vec<u32> = found.chars().filter_map(|c| c.to_digit(10)).collect();
    if !has_check_digit(&digits) {
        return found.to_owned();
    }
    let shown = |part: &[u32]| part.iter().map(u32::to_string).collect::<String>();
    format!("{}••••{}", shown(&digits[..6]), shown(&digits[digits.len() - 4..]))
}

fn has_check_digit(digits: &[u32]) -> bool {
    let sum: u32 = digits
        .iter()
        .rev()
        .enumerate()
        .map(|(place, digit)| if place % 2 == 1 { (digit * 2) / 10 + (digit * 2) % 10 } else { *digit })
        .sum();
    sum.is_multiple_of(10)
}

fn pattern(text: &str) -> Regex {
    Regex::new(text).unwrap_or_else(|error| unreachable!("a constant pattern: {error}"))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn what_is_somebodys_is_masked_wherever_it_stands() {
        let raw = json!({
            "cardNumberMask": "411111••••1111",
            "errorDetails": "card 4111 1111 1111 1111 of olena@shop.example, +380 (67) 123-45-67, UA213223130000026007233566001",
            "customerData": {"senderFirstName": "Олена", "senderEmail": "o@x.ua", "senderPhone": "380671234567"},
            "refreshToken": "abc",
            "note": "Bearer abc.def eyJhbGciOiJub25lIn0.e30.",
            "pan": 4_111_111_111_111_111_i64,
        });
        let shown = masked(&raw.to_string());
        for private in [
            "4111 1111 1111 1111",
            "4111111111111111",
            "olena",
            "example",
            "67",
            "Олена",
            "o@x.ua",
            "abc",
            "eyJ",
            "26007233566001",
        ] {
            assert!(!shown.contains(private), "{private} in {shown}");
        }
        assert!(shown.contains("411111••••1111"), "{shown}");
        assert!(serde_json::from_str::<Value>(&shown).is_ok());
    }

    #[test]
    fn ids_sums_and_times_stay_as_they_are() {
        let raw = json!({
            "bankOrder": "1762952514564YK07ZIElutD",
            "merchantRequestId": "5b3f6a1e-7d3a-4b53-8f5f-2d2ad6c8a902",
            "rrn": "426915034512",
            "operationId": "3187245",
            "amount": 12_905,
            "creationDateTime": "2026-11-21 12:01:08.123+0200",
            "status": "SUCCESS",
            "type": "ACCOUNT_2_ACCOUNT",
        });
        assert_eq!(serde_json::from_str::<Value>(&masked(&raw.to_string())).unwrap(), raw);
    }

    #[test]
    fn what_is_no_json_is_masked_as_text() {
        assert_eq!(masked("write to a.b@c.ua, card 4000000000000002"), "write to •••, card 400000••••0002");
        assert_eq!(masked(""), "");
    }
}
