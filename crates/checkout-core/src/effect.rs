//! Everything a checkout may ask its driver to do, in the imperative.

use checkout_api::{IdempotencyKey, OrderRef, Outcome, PaymentState, Product, Revision, SessionId};

use crate::word::worded;
use crate::{ErrorCode, Note, RequestId, WakeId};

/// Something to do. The driver carries effects out in the order given.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Effect {
    /// `GET /v1/checkout` → `OrderFetched` or `OrderFailed`.
    FetchOrder {
        /// Comes back with the answer.
        request: RequestId,
    },
    /// `POST /v1/payment-sessions` → `SessionOpened` or `OpenFailed`.
    OpenSession {
        /// Comes back with the answer.
        request: RequestId,
        /// The attempt's key.
        key: IdempotencyKey,
        /// The buyer's choice.
        product: Option<Product>,
    },
    /// `GET /v1/payment-sessions/{session}` → `StatusFetched` or `StatusFailed`.
    FetchStatus {
        /// Comes back with the answer.
        request: RequestId,
        /// The session asked about.
        session: SessionId,
        /// The newest revision already known: the backend answers when there is a newer one.
        after: Option<Revision>,
        /// How long the backend may hold the answer, in seconds; 0 asks for an answer at once.
        wait_seconds: u32,
    },
    /// `GET token-url` → `TokenRefreshed` or `TokenRefreshFailed`.
    RefreshToken {
        /// Comes back with the answer.
        request: RequestId,
    },
    /// Give up the request: its answer is no longer wanted.
    Abandon {
        /// The request given up.
        request: RequestId,
    },
    /// `Woke` after this long; an earlier wake-up is replaced.
    WakeAfter {
        /// Comes back with the event.
        wake: WakeId,
        /// Milliseconds from now.
        millis: u64,
    },
    /// Remember the attempt in this tab.
    Remember(Note),
    /// Forget the attempt remembered in this tab.
    Forget,
    /// Take `alliancepay_session` out of the address bar: its session is ignored, or settled and found again without
    /// it (by the token's order, or by the note). While it is the only way to find the session, it stays.
    TidyAddress,
    /// Ask the page by a cancellable event → `HostAnswered`; silence for ten seconds means it may go on.
    AskHost {
        /// Comes back with the answer.
        request: RequestId,
        /// The question.
        hook: Hook,
    },
    /// Leave for the payment page. The widget is gone after it, or comes back by `PageRestored`.
    Navigate {
        /// The address, checked.
        page: String,
    },
    /// Tell the page.
    Tell(HostEvent),
}

/// A moment in which the page may stop the payment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Hook {
    /// `alliancepay:before-submit`: the buyer pressed Pay; nothing was sent yet.
    BeforeSubmit,
    /// `alliancepay:before-redirect`: the session exists; the browser is about to leave.
    BeforeRedirect,
}

/// What the page is told by `alliancepay:*` events.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum HostEvent {
    /// The widget is usable.
    Ready,
    /// The phase changed.
    Change {
        /// The new phase.
        phase: PhaseName,
    },
    /// A final status was fetched, or waiting ended without one (`outcome: None` is `unresolved`).
    Outcome {
        /// The order; empty if waiting ended before the backend ever told it.
        order: OrderRef,
        /// The session.
        session: SessionId,
        /// The stored state behind it; an empty word if the backend never told it.
        state: PaymentState,
        /// What the buyer is told; `None`: unresolved.
        outcome: Option<Outcome>,
    },
    /// Something went wrong.
    Error {
        /// The stable code.
        code: ErrorCode,
        /// Whether trying again can help.
        retryable: bool,
        /// The backend's request id, when there is one.
        support_id: Option<String>,
    },
}

worded! {
    /// The names of the phases, for `alliancepay:change`, styles and tests.
    #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
    PhaseName {
        /// The option beside other methods.
        Option = "option",
        /// The pay button is offered.
        Ready = "ready",
        /// The session is being opened.
        Opening = "opening",
        /// The browser is leaving for the payment page.
        Redirecting = "redirecting",
        /// The outcome is being waited for.
        Awaiting = "awaiting",
        /// Paid.
        Paid = "paid",
        /// Paid and returned.
        Refunded = "refunded",
        /// Refused.
        Declined = "declined",
        /// The time to pay ran out.
        Expired = "expired",
        /// Cancelled at the bank.
        Cancelled = "cancelled",
        /// Waiting ended without an answer.
        Unresolved = "unresolved",
        /// The page is set up wrongly.
        SetupError = "setup-error",
    }
}
