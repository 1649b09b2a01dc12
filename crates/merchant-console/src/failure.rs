//! What went wrong, and how it is said.

use crate::text::{Problems, fill};

/// Why something was not done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Failure {
    /// No answer came.
    Network,
    /// We ended it ourselves: nobody waits for it any more.
    Ended,
    /// The shop gave no fresh token.
    TokenOver,
    /// The answer was not what the API promises; holds what the parser said.
    Unreadable(String),
    /// The backend said no.
    Refused {
        /// The HTTP status.
        status: u16,
        /// The problem's stable code; empty where there was none.
        code: String,
        /// The backend's own words, for a developer.
        detail: String,
        /// Found again in the backend's log.
        request_id: String,
        /// Seconds to wait.
        retry_after: String,
    },
}

#[derive(serde::Deserialize, Default)]
#[serde(rename_all = "camelCase", default)]
struct Problem {
    code: String,
    detail: String,
    request_id: String,
}

impl Failure {
    /// The refusal in an answer.
    pub fn refused(status: u16, text: &str, retry_after: Option<String>) -> Self {
        let problem: Problem = serde_json::from_str(text).unwrap_or_default();
        Self::Refused {
            status,
            code: problem.code,
            detail: problem.detail,
            request_id: problem.request_id,
            retry_after: retry_after.unwrap_or_default(),
        }
    }

    /// The problem's code.
    pub fn code(&self) -> &str {
        match self {
            Self::Refused { code, .. } => code,
            Self::Network | Self::Ended | Self::TokenOver | Self::Unreadable(_) => "",
        }
    }

    /// Whether nobody is signed in (any more).
    pub fn is_signed_out(&self) -> bool {
        self.code() == "not_signed_in"
    }

    /// Whether the thing asked for is not there.
    pub fn is_not_found(&self) -> bool {
        matches!(self, Self::Refused { status: 404, .. })
    }

    /// Whether asking again later may help by itself.
    pub fn may_pass(&self) -> bool {
        match self {
            Self::Network => true,
            Self::Refused { status, .. } => *status >= 500 || *status == 429 || *status == 408,
            Self::Ended | Self::TokenOver | Self::Unreadable(_) => false,
        }
    }

    /// Whether the thing asked for may have been done all the same.
    pub fn leaves_open(&self) -> bool {
        match self {
            Self::Network | Self::Ended | Self::Unreadable(_) => true,
            // The backend says outright that nothing is stored, or that the same wish is still being worked on.
            Self::Refused { code, .. } if code == "bank_unavailable" => false,
            Self::Refused { code, .. } if code == "idempotency_key_in_use" => true,
            Self::Refused { status, .. } => *status >= 500,
            Self::TokenOver => false,
        }
    }

    /// The same for a person.
    pub fn words(&self, words: &Problems) -> String {
        let (code, detail, wait) = match self {
            Self::Network | Self::Ended => return words.network.to_owned(),
            Self::TokenOver => return words.token_over.to_owned(),
            Self::Unreadable(what) => return fill(words.other, "detail", what),
            Self::Refused { code, detail, retry_after, .. } => (code.as_str(), detail, retry_after),
        };
        let known = match code {
            "wrong_credentials" | "second_factor_needed" => words.wrong_credentials,
            "too_many_logins" => return fill(words.too_many_logins, "wait", wait),
            "not_signed_in" => words.not_signed_in,
            "role_too_low" => words.role_too_low,
            "refund_limit" => words.refund_limit,
            "scope" => words.scope,
            "csrf" => words.csrf,
            "weak_password" => words.weak_password,
            "login_taken" => words.login_taken,
            "last_admin" => words.last_admin,
            "not_paid" => words.not_paid,
            "nothing_left" => words.nothing_left,
            "waits_for_settlement" => words.waits_for_settlement,
            "refund_too_large" => words.refund_too_large,
            "refund_not_supported" => words.refund_not_supported,
            "bank_unavailable" => words.bank_unavailable,
            "idempotency_key_in_use" => words.busy,
            "rate_limited" => words.rate_limited,
            "not_found" => words.not_found,
            "" => words.not_there,
            _ => return fill(words.other, "detail", detail),
        };
        known.to_owned()
    }

    /// The number to tell the support, where it is not for the reader to mend.
    pub fn support(&self) -> Option<&str> {
        match self {
            Self::Refused { request_id, status, .. } if !request_id.is_empty() && *status >= 500 => {
                Some(request_id)
            }
            Self::Refused { .. } | Self::Network | Self::Ended | Self::TokenOver | Self::Unreadable(_) => {
                None
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::Language;

    #[test]
    fn a_code_is_said_in_the_readers_words_and_an_unknown_one_in_the_backends() {
        let words = &Language::English.words().problems;
        let refused = |text: &str| Failure::refused(409, text, None).words(words);
        assert_eq!(refused(r#"{"code":"not_paid","detail":"x"}"#), words.not_paid);
        assert!(refused(r#"{"code":"new_code","detail":"The moon is full."}"#).contains("moon"));
        assert_eq!(Failure::refused(502, "<html>", None).words(words), words.not_there);
    }

    #[test]
    fn only_what_may_pass_is_asked_again() {
        assert!(Failure::Network.may_pass());
        assert!(Failure::refused(503, "", None).may_pass());
        assert!(!Failure::refused(403, "", None).may_pass());
    }

    #[test]
    fn what_may_have_been_done_is_told_from_what_was_not() {
        let refused = |status, text: &str| Failure::refused(status, text, None).leaves_open();
        assert!(Failure::Network.leaves_open());
        assert!(refused(502, "<html>"));
        assert!(refused(409, r#"{"code":"idempotency_key_in_use"}"#));
        assert!(!refused(503, r#"{"code":"bank_unavailable"}"#));
        assert!(!refused(403, r#"{"code":"refund_limit"}"#));
        assert!(!refused(401, r#"{"code":"not_signed_in"}"#));
    }
}
