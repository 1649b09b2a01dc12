//! Failures, sorted by who must act. They carry no text for people: words are chosen by the widget.

use checkout_api::SessionId;

use crate::word::worded;

/// Why a request brought no answer the checkout can use.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Failure {
    /// Nothing came back, or nothing readable: wait and retry.
    Network,
    /// The backend is there but cannot do it now (5xx, 429, key in use): retry, not before `retry_after_millis`.
    Busy {
        /// The backend's `Retry-After`.
        retry_after_millis: Option<u64>,
        /// The backend's request id.
        support_id: Option<String>,
    },
    /// The order token is stale: refresh it once, or the page must be reloaded.
    TokenStale {
        /// The backend's request id.
        support_id: Option<String>,
    },
    /// The order is captured by the attempt named: show its status.
    AlreadyPaid {
        /// The captured session, when the backend names it.
        session: Option<SessionId>,
    },
    /// The backend said no and a repeat will not help: the merchant must act.
    Refused {
        /// The backend's request id.
        support_id: Option<String>,
    },
    /// The attempt's key came with another choice or language before: the next press is a new wish, which finds the live
    /// session if there is one.
    KeySpent {
        /// The backend's request id.
        support_id: Option<String>,
    },
    /// The session does not exist.
    NotFound,
}

/// What is wrong with the page, for the merchant.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SetupError {
    /// An option the view needs is absent.
    Missing {
        /// Its name as an attribute.
        option: &'static str,
    },
    /// An option has a value that cannot be meant.
    Invalid {
        /// Its name as an attribute.
        option: &'static str,
    },
    /// The backend answered with a payment page that is not on an allowed host.
    PaymentPage(crate::PageRefusal),
}

worded! {
    /// The stable codes of `alliancepay:error`.
    #[derive(Debug, Clone, Copy, PartialEq, Eq)]
    ErrorCode {
        /// An option is missing or wrong.
        SetupError = "setup_error",
        /// The backend could not be reached.
        NetworkError = "network_error",
        /// The backend or the bank cannot do it now.
        Unavailable = "unavailable",
        /// The order token is stale and could not be refreshed.
        TokenStale = "token_stale",
        /// The backend refused.
        Refused = "refused",
        /// The payment page's address is not allowed.
        PageNotAllowed = "page_not_allowed",
        /// The browser did not leave for the payment page.
        NavigationRefused = "navigation_refused",
        /// The session of the URL does not exist.
        SessionNotFound = "session_not_found",
    }
}
