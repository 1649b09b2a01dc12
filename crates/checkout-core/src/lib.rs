//! The checkout as a sans-IO state machine: events and the time go in, an ordered list of effects and a view model
//! come out. There is no browser, HTTP, async or clock here; the half that has them is the widget's `src/`.
//!
//! ```text
//! let (mut checkout, effects) = Checkout::start(config, visit, now);
//! carry out `effects` in order; then for each thing that happens:
//!     let effects = checkout.handle(event, now);
//!     carry out `effects` in order; show `checkout.view()`
//! ```
//!
//! # The contract
//!
//! 1. **Total.** Every event is legal in every phase; one that means nothing there changes nothing.
//! 2. **Order.** Effects are carried out in the order given; the driver never reorders, retries or drops one.
//! 3. **Stale answers.** Each request has a [`RequestId`] and each wake-up a [`WakeId`]; an answer with any other id
//!    than the one waited for is ignored.
//! 4. **Randomness is an input.** [`Event::PayPressed`] and [`Event::PhonePressed`] bring a fresh idempotency key. It is used only if none is
//!    remembered, it is remembered before the first request, reused by every retry of the attempt, and forgotten when
//!    the backend says that the attempt is over: rejected, cancelled, past its time, refused, or the order paid.
//! 5. **Paid.** Only a status fetched from the backend ([`Event::StatusFetched`]) can lead to [`Screen::Paid`]. The
//!    return URL, the remembered note and the answer to opening a session can only start a question.
//! 6. **Unknown.** A word this build does not know is shown as "not known yet": never as paid, never as failed.
//! 7. **Another order's session.** A session that is not of the page's order is ignored: nothing changes.
//! 8. **No dead ends.** Every screen that is not final either has a request or a wake-up pending, or offers the buyer
//!    a button. A hidden or offline page waits for its event; it asks nothing meanwhile, but goes on with what the
//!    buyer has pressed. A page without a token that finds nothing to show ends there ([`ViewModel::can_pay`]).
//! 9. **No blind second payment.** [`Screen::Unresolved`] never offers to pay again: the money may be on its way.
//!
//! # The phases
//!
//! ```mermaid
//! stateDiagram-v2
//!     [*] --> Option: view option
//!     [*] --> Ready: view pay, token
//!     [*] --> Awaiting: view status, or back from the bank in this tab
//!     [*] --> SetupError: option missing
//!     Ready --> Opening: PayPressed
//!     Ready --> Awaiting: back from the bank, being paid
//!     Ready --> Settled: status fetched
//!     Opening --> Ready: stopped, refused, out of tries
//!     Opening --> Redirecting: opened, page allowed
//!     Opening --> Awaiting: already paid, or not to be paid there
//!     Opening --> SetupError: page not allowed, another order
//!     Redirecting --> Ready: PageRestored
//!     Redirecting --> Settled: status fetched (with the link)
//!     Redirecting --> [*]: Navigate
//!     Awaiting --> Settled: status fetched
//!     Awaiting --> Unresolved: deadline
//!     Awaiting --> Ready: not this order's, or never got a page
//!     Unresolved --> Awaiting: CheckPressed
//!     Unresolved --> Settled: status fetched
//!     Settled --> Opening: PayPressed (declined, expired, cancelled)
//!     Settled --> Settled: expired, then a late answer
//! ```
//!
//! # Where to start
//!
//! - what goes in: [`Event`]; what comes out: [`Effect`] and [`ViewModel`]
//! - what happens when the buyer presses Pay: `phase/ready.rs`
//! - what happens after the bank sends the buyer back: `phase/awaiting.rs`
//! - how often it asks and when it stops: `polling.rs`

mod attempt;
mod checkout;
mod clock;
mod config;
mod effect;
mod event;
mod failure;
mod fresh_token;
mod id;
mod inquiry;
mod learning;
mod note;
mod order_question;
mod payment_page;
mod phase;
mod polling;
mod time;
mod verdict;
mod view_model;
mod word;

#[cfg(test)]
mod fixture;

pub use checkout::Checkout;
pub use config::{Config, View, Visit};
pub use effect::{Effect, Hook, HostEvent, PhaseName};
pub use event::Event;
pub use failure::{ErrorCode, Failure, SetupError};
pub use id::{RequestId, WakeId};
pub use note::Note;
pub use payment_page::{PageAddress, PageRefusal};
pub use polling::Policy;
pub use time::Timestamp;
pub use view_model::{Notice, Pause, Screen, ViewModel};
