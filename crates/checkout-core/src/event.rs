//! Everything that can happen to a checkout, in the past tense.

use checkout_api::{Checkout as OrderAnswer, IdempotencyKey, PaymentSession, Product};

use crate::{Failure, Hook, PageAddress, RequestId, WakeId};

/// Something that happened. Answers carry the id of the request they answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Event {
    /// The buyer pressed Pay, Try again or Pay again. The key is fresh; it is used only if none is remembered.
    PayPressed {
        /// A fresh idempotency key.
        key: IdempotencyKey,
    },
    /// The buyer pressed Pay on my phone: the same as Pay, but the browser stays and waits here.
    PhonePressed {
        /// As in `PayPressed`.
        key: IdempotencyKey,
    },
    /// The buyer pressed Check again.
    CheckPressed,
    /// The buyer chose a way to pay.
    ProductChosen(Product),
    /// The backend told what the token's order is.
    OrderFetched {
        /// The request answered.
        request: RequestId,
        /// The order.
        order: OrderAnswer,
    },
    /// The question about the token's order failed.
    OrderFailed {
        /// The request answered.
        request: RequestId,
        /// Why.
        failure: Failure,
    },
    /// The backend opened the session, or found the live one.
    SessionOpened {
        /// The request answered.
        request: RequestId,
        /// The session.
        session: PaymentSession,
        /// The payment page as the browser reads its address; `None` when it cannot be read as one.
        page: Option<PageAddress>,
    },
    /// Opening the session failed.
    OpenFailed {
        /// The request answered.
        request: RequestId,
        /// Why.
        failure: Failure,
    },
    /// The backend told the session's status.
    StatusFetched {
        /// The request answered.
        request: RequestId,
        /// The session.
        session: PaymentSession,
    },
    /// The question about the session's status failed.
    StatusFailed {
        /// The request answered.
        request: RequestId,
        /// Why.
        failure: Failure,
    },
    /// A fresh token came from `token-url`; the driver has put it in use.
    TokenRefreshed {
        /// The request answered.
        request: RequestId,
    },
    /// No fresh token came.
    TokenRefreshFailed {
        /// The request answered.
        request: RequestId,
        /// Why.
        failure: Failure,
    },
    /// The host page answered a cancellable event.
    HostAnswered {
        /// The request answered.
        request: RequestId,
        /// Which question.
        hook: Hook,
        /// Whether the page lets it go on.
        proceed: bool,
    },
    /// A wake-up is due.
    Woke {
        /// The wake-up asked for.
        wake: WakeId,
    },
    /// The page was hidden or shown.
    VisibilityChanged {
        /// Whether it is hidden now.
        hidden: bool,
    },
    /// The browser went offline or online.
    ConnectivityChanged {
        /// Whether it is offline now.
        offline: bool,
    },
    /// The page came back out of the back/forward cache: the buyer pressed Back on the bank's page.
    PageRestored,
    /// The browser did not leave for the payment page (a frame that may not navigate its top).
    NavigationRefused,
}
