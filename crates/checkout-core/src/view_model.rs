//! What the buyer sees, as plain data. The widget draws it and decides nothing.

use checkout_api::{OrderRef, Product, SessionId};
use money::Amount;

use crate::SetupError;

/// One picture of the checkout. Comparable, so that only changes are drawn.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ViewModel {
    /// The screen.
    pub screen: Screen,
    /// The order number, once known.
    pub order: Option<OrderRef>,
    /// The amount, once known.
    pub amount: Option<Amount>,
    /// The ways to pay to choose from; one or none: nothing to choose.
    pub products: Vec<Product>,
    /// The way chosen.
    pub product: Option<Product>,
    /// Whether the page has the right to pay (an order token). Without it no screen shows a pay button, not even
    /// [`Screen::Ready`], which then only carries its notice.
    pub can_pay: bool,
    /// While awaiting: the payment page still takes money, so the way back to it is offered (by `PayPressed`; it is the
    /// same attempt).
    pub can_continue: bool,
    /// While awaiting a payment on the phone: the session whose code is to be scanned. Gone as soon as its page takes no
    /// more money.
    pub scan: Option<SessionId>,
}

/// The screens; one per phase.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Screen {
    /// Logo, title, instruments; no button.
    Option,
    /// The pay button.
    Ready {
        /// A payment was begun: the button goes on with it.
        resuming: bool,
        /// What went wrong just before.
        notice: Option<Notice>,
    },
    /// The session is being opened. The button is busy.
    Opening {
        /// Why it takes longer than usual: a try brought nothing, or the browser is offline. It goes on by itself.
        pause: Option<Pause>,
    },
    /// The browser is leaving.
    Redirecting {
        /// The page, for a link in case the browser refuses to leave.
        page: String,
        /// The browser refused: show the link.
        refused: bool,
    },
    /// The outcome is not known yet.
    Awaiting {
        /// Why nothing is asked right now.
        pause: Option<Pause>,
    },
    /// Paid.
    Paid,
    /// Paid, and all of it returned.
    Refunded,
    /// Refused by the bank.
    Declined {
        /// The bank's code.
        reason: Option<String>,
        /// Offer to try again.
        can_retry: bool,
    },
    /// The time to pay ran out; a late payment is still found.
    Expired {
        /// Offer to pay again.
        can_retry: bool,
    },
    /// Cancelled at the bank.
    Cancelled {
        /// Offer to pay again.
        can_retry: bool,
    },
    /// Waiting ended: "still waiting for confirmation; you will not be charged twice". Offers Check again.
    Unresolved,
    /// The page is set up wrongly; for the merchant.
    SetupError(SetupError),
}

/// What went wrong just before the pay button was offered again.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Notice {
    /// The backend could not be reached; pressing again is safe.
    Network,
    /// The backend or the bank is busy; pressing again is safe.
    Busy,
    /// The page is too old: reload it.
    TokenStale,
    /// The host page stopped the payment.
    HostStopped,
    /// The backend refused: the shop must act.
    Refused,
    /// The session of the address does not exist.
    SessionNotFound,
}

/// Why there is no answer yet.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Pause {
    /// The browser is offline.
    Offline,
    /// The page is hidden.
    Hidden,
    /// The last question brought nothing; the next comes soon.
    Retrying,
}
