//! Everything that can go wrong with a call, sorted by who must act. The one question that matters about money is
//! [`Error::outcome_unknown`].

use crate::api_error::{Declined, Refusal};
use crate::create_payment::CreatedPayment;
use crate::refund::Refund;

/// Why a call to the platform did not give the answer that was asked for.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    // The caller acts.
    /// The request breaks a documented rule; nothing was sent.
    #[error("the request cannot be sent to Worldline: {field} must be {rule}")]
    InvalidRequest {
        /// The platform's name of the field.
        field: &'static str,
        /// What it takes.
        rule: &'static str,
    },
    /// The platform refused this request, and nothing was made.
    #[error("Worldline refused the request: {0}")]
    Refused(Box<Refusal>),
    /// The platform does not know what was asked about (404, 410).
    #[error("Worldline does not know this payment or refund: {0}")]
    NotFound(Box<Refusal>),
    /// A payment was made and declined at once: store its id.
    #[error("the payment was declined: {}", .0.refusal)]
    PaymentDeclined(Box<Declined<CreatedPayment>>),
    /// A refund was made and declined at once: store its id.
    #[error("the refund was declined: {}", .0.refusal)]
    RefundDeclined(Box<Declined<Refund>>),

    // The merchant's administrator acts.
    /// Something in our configuration does not fit: the text says what.
    #[error("check the Worldline settings: {0}")]
    Configuration(String),
    /// Key or signature are not taken, or the account may not do this (401, 403).
    #[error("Worldline does not accept this account; check merchant id, API key and its secret: {0}")]
    NotAuthorized(Box<Refusal>),

    // Time, or the platform, acts.
    /// A request with this idempotence key is being worked on (409 with code 1409).
    #[error("Worldline is still working on the first request with this key")]
    InProgress,
    /// The platform reports trouble of its own; the call may have happened.
    #[error("Worldline is in trouble, and the call may have happened: {0}")]
    Unavailable(Box<Refusal>),
    /// No connection: nothing was sent.
    #[error("Worldline cannot be reached for {call}; nothing was sent")]
    NotConnected {
        /// What was called.
        call: &'static str,
        /// What the transport said.
        source: reqwest::Error,
    },
    /// The connection broke after sending; the call may have happened.
    #[error("the connection broke during {call}; the call may have happened")]
    ConnectionLost {
        /// What was called.
        call: &'static str,
        /// What the transport said.
        source: reqwest::Error,
    },
    /// No answer in time; the call may have happened.
    #[error("Worldline did not answer {call} in time; the call may have happened")]
    Timeout {
        /// What was called.
        call: &'static str,
    },
    /// An answer that is not as documented; the call may have happened.
    #[error(
        "Worldline's answer to {call} (HTTP {http}) cannot be read: {reason}; the call may have happened"
    )]
    Unreadable {
        /// What was called.
        call: &'static str,
        /// HTTP status of the answer.
        http: u16,
        /// What is wrong with it; never repeats the answer.
        reason: String,
    },
}

/// Who has to do something about an [`Error`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum WhoActs {
    /// The code that called: another request, or another decision.
    Caller,
    /// The merchant's administrator: settings, or a call to Worldline's support.
    Administrator,
    /// Nobody: ask again later.
    Time,
}

impl Error {
    /// Whether the call may have happened all the same. Then send it again **with the same idempotence key** within 24
    /// hours, or look for it: [`crate::Client::find_payments`], [`crate::Client::refunds_of`].
    pub const fn outcome_unknown(&self) -> bool {
        match self {
            Self::InProgress
            | Self::Unavailable(_)
            | Self::ConnectionLost { .. }
            | Self::Timeout { .. }
            | Self::Unreadable { .. } => true,
            Self::InvalidRequest { .. }
            | Self::Refused(_)
            | Self::NotFound(_)
            | Self::PaymentDeclined(_)
            | Self::RefundDeclined(_)
            | Self::Configuration(_)
            | Self::NotAuthorized(_)
            | Self::NotConnected { .. } => false,
        }
    }

    /// What the platform said, if it said anything.
    pub fn refusal(&self) -> Option<&Refusal> {
        match self {
            Self::Refused(refusal)
            | Self::NotFound(refusal)
            | Self::NotAuthorized(refusal)
            | Self::Unavailable(refusal) => Some(refusal),
            Self::PaymentDeclined(declined) => Some(&declined.refusal),
            Self::RefundDeclined(declined) => Some(&declined.refusal),
            Self::InvalidRequest { .. }
            | Self::Configuration(_)
            | Self::InProgress
            | Self::NotConnected { .. }
            | Self::ConnectionLost { .. }
            | Self::Timeout { .. }
            | Self::Unreadable { .. } => None,
        }
    }

    /// Who has to do something about it.
    pub const fn who_acts(&self) -> WhoActs {
        match self {
            Self::InvalidRequest { .. }
            | Self::Refused(_)
            | Self::NotFound(_)
            | Self::PaymentDeclined(_)
            | Self::RefundDeclined(_) => WhoActs::Caller,
            Self::Configuration(_) | Self::NotAuthorized(_) => WhoActs::Administrator,
            Self::InProgress
            | Self::Unavailable(_)
            | Self::NotConnected { .. }
            | Self::ConnectionLost { .. }
            | Self::Timeout { .. }
            | Self::Unreadable { .. } => WhoActs::Time,
        }
    }
}

/// The refusal of a field, with what the platform takes.
pub(crate) const fn refuse<T>(field: &'static str, rule: &'static str) -> Result<T, Error> {
    Err(Error::InvalidRequest { field, rule })
}
