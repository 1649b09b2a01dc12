//! What went wrong, and how it is said.

use crate::text::{Problems, fill, fill_all};

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

    /// Whether a wish may have been done after this answer to it; `before` says whether an earlier sending of the same
    /// wish may have been. Only an answer about the wish itself clears that doubt: who is not let in learns nothing of it.
    pub fn may_be_done(&self, before: bool) -> bool {
        self.leaves_open() || (before && !self.settles())
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

    /// Whether the backend has looked for the wish by its key, found none, and did not do it now. It looks before it says
    /// any of these; signing in, roles, too many requests and a body that broke off are seen to before that.
    fn settles(&self) -> bool {
        matches!(
            self.code(),
            "not_paid"
                | "nothing_left"
                | "refund_too_large"
                | "refund_changed"
                | "several_payments"
                | "waits_for_settlement"
                | "refund_not_supported"
                | "refund_limit"
                | "bank_unavailable"
        )
    }

    /// The same for a person.
    pub fn words(&self, words: &Problems) -> String {
        match self {
            Self::Network | Self::Ended => words.network.to_owned(),
            Self::TokenOver => words.token_over.to_owned(),
            Self::Unreadable(what) => fill(words.other, "detail", what),
            Self::Refused { status, code, detail, retry_after, .. } => {
                let text = match code.as_str() {
                    "" => nameless(*status, words),
                    code => named(code, words).unwrap_or(words.other),
                };
                fill_all(text, &[("wait", retry_after), ("detail", detail)])
            }
        }
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

/// The words of a code.
fn named(code: &str, words: &Problems) -> Option<&'static str> {
    Some(match code {
        "wrong_credentials" | "second_factor_needed" => words.wrong_credentials,
        "second_factor_on" => words.second_factor_on,
        "too_many_logins" => words.too_many_logins,
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
        "refund_changed" => words.refund_changed,
        "several_payments" => words.several_payments,
        "refund_not_supported" => words.refund_not_supported,
        "bank_unavailable" => words.bank_unavailable,
        "unavailable" => words.unavailable,
        "idempotency_key_in_use" => words.busy,
        "idempotency_key_reused" => words.key_reused,
        "rate_limited" => words.rate_limited,
        "invalid_request" => words.invalid_request,
        "request_timeout" => words.request_timeout,
        "too_large" => words.too_large,
        "not_a_register" => words.not_a_register,
        "not_found" => words.not_found,
        "method_not_allowed" => words.not_there,
        _ => return None,
    })
}

/// The words where somebody before the backend has answered, or a backend older than this console.
const fn nameless(status: u16, words: &Problems) -> &'static str {
    match status {
        404 | 405 => words.not_there,
        413 => words.too_large,
        429 => words.rate_limited,
        _ => words.unreachable,
    }
}

#[cfg(test)]
mod tests;
