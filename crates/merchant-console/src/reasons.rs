//! The bank's reason codes in words: `action/response`, as the bank writes them.

use crate::text::States;

/// Why a payment was declined.
pub fn decline(code: &str, words: &'static States) -> &'static str {
    let (action, response) = code.split_once('/').unwrap_or((code, ""));
    match (action, response.trim_start_matches('0')) {
        ("1", "16") => words.declined_funds,
        ("1", "1") => words.declined_expired_card,
        ("1", "21") => words.declined_limit,
        ("1", "85") => words.declined_cvv,
        ("33", _) => words.declined_3ds,
        ("9", "11" | "12") => words.declined_issuer,
        ("9", _) => words.declined_processing,
        ("2", _) => words.declined_pickup,
        (_, _) => words.declined_bank,
    }
}

/// Why a refund was refused.
pub fn refusal(code: &str, words: &'static States) -> &'static str {
    match code {
        "not_sent" => words.refund_not_sent,
        "never_arrived" => words.refund_never_arrived,
        _ => decline(code, words),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::Language;

    #[test]
    fn known_codes_have_words_and_unknown_ones_are_the_banks_refusal() {
        let words = &Language::English.words().states;
        assert_eq!(decline("1/16", words), words.declined_funds);
        assert_eq!(decline("1/01", words), words.declined_expired_card);
        assert_eq!(decline("33/05", words), words.declined_3ds);
        assert_eq!(decline("77/00", words), words.declined_bank);
        assert_eq!(refusal("never_arrived", words), words.refund_never_arrived);
    }
}
