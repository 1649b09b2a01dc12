//! The session protocol as a model for [`stateright`]: one order, two tabs, the backend, the bank, and a network that
//! loses, delays and doubles messages, with a backend that is killed and started again.
//!
//! Nothing that decides is copied. A tab runs the real `checkout_core::Checkout`; the ledger's transactions call the
//! real `merchant_backend::payments`. Only the rows, the ways between them and the bank are modelled, as small steps
//! that happen in every order. How much may go wrong is set by [`Bounds`].
//!
//! Start at [`Protocol`] for what must hold, at [`Action`] for what can happen.

mod action;
mod answers;
mod bank;
mod bounds;
mod ledger;
mod model;
mod settle;
mod snapshot;
mod step;
mod tab;
mod world;

pub use action::{Action, Work};
pub use bank::{Bank, BankOrder, Created, Movement};
pub use bounds::Bounds;
pub use ledger::{Ledger, PageExpiry};
pub use model::Protocol;
pub use tab::{Place, Tab, Wish};
pub use world::{Opening, World};
