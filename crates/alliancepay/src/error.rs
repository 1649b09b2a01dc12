//! Everything that can go wrong with a call, sorted by who must act. The one question that matters about money is
//! [`Error::outcome_unknown`].

use crate::bank_error::BankError;
use crate::token::BoxError;

/// Why a call to the bank did not give an answer.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    // The caller acts.
    /// The request breaks a documented rule; nothing was sent.
    #[error("the request cannot be sent to the bank: {field} must be {rule}")]
    InvalidRequest {
        /// The bank's name of the field.
        field: &'static str,
        /// What the bank takes.
        rule: &'static str,
    },
    /// The bank refused this request, and nothing happened.
    #[error("the bank refused the request: {0}")]
    Refused(Box<BankError>),
    /// The bank does not know the order (`b_hpp_order_not_found`).
    #[error("the bank does not know this order: {0}")]
    OrderNotFound(Box<BankError>),
    /// The order's time is over (`b_hpp_order_expired`).
    #[error("the order has expired at the bank: {0}")]
    OrderExpired(Box<BankError>),

    // The merchant's administrator acts.
    /// Something in our configuration does not fit: the text says what.
    #[error("check the bank settings: {0}")]
    Configuration(String),
    /// The bank does not take the terminal's settings (merchant, service code, key).
    #[error("the bank does not accept this terminal; check merchantId, serviceCode and key: {0}")]
    TerminalRefused(Box<BankError>),
    /// The service code was not used for 200 days (`b_auth_token_expired`). Only the bank's support can reopen it.
    #[error("the bank has closed access for this service code; ask the bank's support to reopen it: {0}")]
    AccessClosed(Box<BankError>),

    // Time, or the bank, acts.
    /// The bank refused even a fresh bank token.
    #[error("the bank refuses our bank token, also a fresh one: {0}")]
    TokenRefused(Box<BankError>),
    /// The bank reports trouble of its own; the call may have happened.
    #[error("the bank is in trouble, and the call may have happened: {0}")]
    Unavailable(Box<BankError>),
    /// No connection: nothing was sent.
    #[error("the bank cannot be reached at {call}; nothing was sent")]
    NotConnected {
        /// Path of the call.
        call: &'static str,
        /// What the transport said.
        source: reqwest::Error,
    },
    /// The connection broke after sending; the call may have happened.
    #[error("the connection broke during {call}; the call may have happened")]
    ConnectionLost {
        /// Path of the call.
        call: &'static str,
        /// What the transport said.
        source: reqwest::Error,
    },
    /// No answer in time; the call may have happened.
    #[error("the bank did not answer {call} in time; the call may have happened")]
    Timeout {
        /// Path of the call.
        call: &'static str,
    },
    /// An answer that is not as documented; the call may have happened.
    #[error(
        "the bank's answer to {call} (HTTP {status}) cannot be read: {reason}; the call may have happened"
    )]
    Unreadable {
        /// Path of the call.
        call: &'static str,
        /// HTTP status of the answer.
        status: u16,
        /// What is wrong with it; never repeats the answer.
        reason: String,
    },
    /// No bank token could be got, so the call itself was not made.
    #[error("no bank token, so nothing was asked: {0}")]
    NotAuthorized(#[source] Box<Error>),

    // Whoever runs the token store acts.
    /// The store of bank tokens failed; the call itself was not made.
    #[error("the store of bank tokens failed: {0}")]
    TokenStore(#[source] BoxError),
}

/// Who has to do something about an [`Error`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum WhoActs {
    /// The code that called: another request, or another decision.
    Caller,
    /// The merchant's administrator: settings, or a call to the bank's support.
    Administrator,
    /// Nobody: ask again later.
    Time,
}

impl Error {
    /// Whether the call may have happened all the same: then only a later question can tell.
    pub const fn outcome_unknown(&self) -> bool {
        match self {
            Self::Unavailable(_)
            | Self::ConnectionLost { .. }
            | Self::Timeout { .. }
            | Self::Unreadable { .. } => true,
            Self::InvalidRequest { .. }
            | Self::Refused(_)
            | Self::OrderNotFound(_)
            | Self::OrderExpired(_)
            | Self::Configuration(_)
            | Self::TerminalRefused(_)
            | Self::AccessClosed(_)
            | Self::TokenRefused(_)
            | Self::NotConnected { .. }
            | Self::NotAuthorized(_)
            | Self::TokenStore(_) => false,
        }
    }

    /// Whether the bank refused because it already has a request with this `merchantRequestId`.
    pub fn is_duplicate(&self) -> bool {
        self.bank_error().is_some_and(|error| error.msg_code == "b_duplicate_field_value")
    }

    /// The bank's own words, if it said any.
    pub fn bank_error(&self) -> Option<&BankError> {
        match self {
            Self::Refused(error)
            | Self::OrderNotFound(error)
            | Self::OrderExpired(error)
            | Self::TerminalRefused(error)
            | Self::AccessClosed(error)
            | Self::TokenRefused(error)
            | Self::Unavailable(error) => Some(error),
            Self::NotAuthorized(inner) => inner.bank_error(),
            Self::InvalidRequest { .. }
            | Self::Configuration(_)
            | Self::NotConnected { .. }
            | Self::ConnectionLost { .. }
            | Self::Timeout { .. }
            | Self::Unreadable { .. }
            | Self::TokenStore(_) => None,
        }
    }

    /// Who has to do something about it.
    pub fn who_acts(&self) -> WhoActs {
        match self {
            Self::InvalidRequest { .. }
            | Self::Refused(_)
            | Self::OrderNotFound(_)
            | Self::OrderExpired(_) => WhoActs::Caller,
            Self::Configuration(_) | Self::TerminalRefused(_) | Self::AccessClosed(_) => {
                WhoActs::Administrator
            }
            Self::TokenRefused(_)
            | Self::Unavailable(_)
            | Self::NotConnected { .. }
            | Self::ConnectionLost { .. }
            | Self::Timeout { .. }
            | Self::Unreadable { .. }
            | Self::TokenStore(_) => WhoActs::Time,
            Self::NotAuthorized(inner) => inner.who_acts(),
        }
    }
}
