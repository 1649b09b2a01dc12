//! Reason codes in words: the bank's, `action/response` as it writes them, and the backend's about rows of registers.

use console_api::code;

use crate::text::{Settlement, Staff, States};

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
        ("page_host_not_allowed", _) => words.declined_page,
        (_, _) => words.declined_otherwise,
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

/// What moved money, or was to, by the provider's word.
pub fn operation(kind: &str, words: &'static States) -> Option<&'static str> {
    Some(match kind {
        "PURCHASE" | "SALE" => words.op_purchase,
        "ACCOUNT_2_ACCOUNT" | "A2A" => words.op_a2a,
        "REFUND" => words.op_refund,
        "COMPLETION" => words.op_completion,
        "CHARGEBACKED" => words.op_chargeback,
        "CHARGEBACK_NOTIFICATION" => words.op_chargeback_announced,
        "REVERSED" => words.op_reversed,
        "REJECTED_CAPTURE" => words.op_rejected_capture,
        _ => return None,
    })
}

/// Why somebody was not allowed to refund.
pub fn not_allowed<'a>(code: &'a str, words: &'static Staff) -> &'a str {
    match code {
        code::ROLE_TOO_LOW => words.refused_by_role,
        code::REFUND_LIMIT => words.refused_by_limit,
        other => other,
    }
}

/// Why a row of a register settles nothing.
pub fn objection(code: &str, words: &'static Settlement) -> Option<&'static str> {
    Some(match code {
        "no_operation" => words.why_no_operation,
        "no_key" => words.why_no_key,
        "unknown_movement" => words.why_unknown_movement,
        "taken_back" => words.why_taken_back,
        "came_back" => words.why_came_back,
        "disputed" => words.why_disputed,
        "not_successful" => words.why_not_successful,
        "ambiguous" => words.why_ambiguous,
        "sum" => words.why_sum,
        "currency" => words.why_currency,
        "merchant" => words.why_merchant,
        "net" => words.why_net,
        "commission" => words.why_commission,
        "already_settled" => words.why_already,
        "ids_differ" => words.why_ids_differ,
        "malformed" => words.malformed,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use console_api::vocabulary::OBJECTIONS;

    use super::*;
    use crate::text::Language;

    #[test]
    fn every_objection_to_a_row_has_words_in_both_languages() {
        for language in [Language::Ukrainian, Language::English] {
            for code in OBJECTIONS {
                assert!(objection(code, &language.words().settlement).is_some(), "{code} in {language:?}");
            }
        }
    }

    #[test]
    fn whatever_takes_money_back_has_words_in_both_languages() {
        for language in [Language::Ukrainian, Language::English] {
            for kind in ["CHARGEBACKED", "CHARGEBACK_NOTIFICATION", "REVERSED", "REJECTED_CAPTURE"] {
                assert!(operation(kind, &language.words().states).is_some(), "{kind} in {language:?}");
            }
        }
        assert_eq!(operation("MOON", &Language::English.words().states), None);
    }

    #[test]
    fn known_codes_have_words_and_unknown_ones_blame_nobody() {
        let words = &Language::English.words().states;
        assert_eq!(decline("1/16", words), words.declined_funds);
        assert_eq!(decline("1/01", words), words.declined_expired_card);
        assert_eq!(decline("33/05", words), words.declined_3ds);
        assert_eq!(decline("77/00", words), words.declined_otherwise);
        assert_eq!(decline("page_host_not_allowed", words), words.declined_page);
        assert_eq!(refusal("never_arrived", words), words.refund_never_arrived);
    }
}
