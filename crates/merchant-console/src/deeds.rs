//! What happened to an order, and what somebody did, in words.

use crate::text::{Journal, Words};

/// An entry of an order's history. A word that a newer backend made up is shown as it is, never left out.
pub fn event(word: &str, words: &'static Journal) -> String {
    known_event(word, words).map_or_else(|| word.replace('_', " "), str::to_owned)
}

/// An entry of the audit log: words of its own for what staff do; the rest is the history of orders.
pub fn deed(word: &str, words: &'static Words) -> String {
    known_deed(word, words).map_or_else(|| event(word, &words.journal), str::to_owned)
}

fn known_event(word: &str, words: &'static Journal) -> Option<&'static str> {
    Some(match word {
        "order_put" => words.order_put,
        "order_renewed" => words.order_renewed,
        "attempt_created" => words.attempt_created,
        "page_opened" => words.page_opened,
        "redirected" => words.redirected,
        "notified" => words.notification,
        "notified_with_other_ids" => words.notification_of_another,
        "captured" => words.captured,
        "paid" | "settled" => words.paid,
        "rejected" => words.rejected,
        "cancelled" => words.cancelled,
        "partially_refunded" => words.partially_refunded,
        "refunded" => words.refunded,
        "refund_asked_for" => words.refund_requested,
        "refund_pending" => words.refund_pending,
        "refund_success" => words.refund_done,
        "refund_failed" => words.refund_failed,
        "refund_recorded" => words.refund_offline,
        "anomaly" => words.anomaly,
        "anomaly_ended" => words.anomaly_ended,
        "unreachable" => words.unreachable,
        "operations_changed" => words.operations_changed,
        "answer_mismatched" => words.answer_mismatched,
        "no_news" => words.no_news,
        "settlement_mismatched" => words.settlement_mismatched,
        "settlement_unmatched" => words.settlement_unmatched,
        _ => return None,
    })
}

fn known_deed(word: &str, words: &'static Words) -> Option<&'static str> {
    let words = &words.staff;
    Some(match word {
        "signed_in" => words.did_sign_in,
        "sign_in_refused" => words.did_sign_in_failed,
        "signed_out" => words.did_sign_out,
        "order_checked" => words.did_check,
        "message_read" => words.did_read,
        "refund_asked_for" => words.did_refund,
        "refund_recorded" => words.did_refund_offline,
        "refund_refused" => words.did_refund_refused,
        "orders_exported" => words.did_export,
        "report_exported" => words.did_report,
        "staff_added" => words.did_staff_added,
        "staff_changed" => words.did_staff_changed,
        "password_changed" => words.did_password_changed,
        "second_factor_on" => words.did_totp_on,
        "second_factor_off" => words.did_totp_off,
        "console_token_issued" => words.did_token,
        "register_imported" => words.did_import,
        "webhook_replayed" => words.did_webhook,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use console_api::vocabulary::{DEEDS, EVENTS};

    use super::*;
    use crate::text::Language;

    #[test]
    fn whatever_the_backend_writes_has_words_in_both_languages() {
        for language in [Language::Ukrainian, Language::English] {
            let words = language.words();
            for word in EVENTS {
                assert!(known_event(word, &words.journal).is_some(), "{word} in {language:?}");
            }
            for word in DEEDS {
                assert!(known_deed(word, words).is_some(), "{word} in {language:?}");
            }
        }
    }

    #[test]
    fn a_word_that_is_not_known_yet_is_shown_as_it_is() {
        let words = Language::Ukrainian.words();
        assert_eq!(deed("moon_is_full", words), "moon is full");
    }
}
