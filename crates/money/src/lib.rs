//! Sums of money: integer minor units with a currency (law 3: no floats near money).
//!
//! What is here: [`Amount`], [`Currency`] and the reading and writing of plain decimal strings.
//! What is not: formatting for people. A page formats by `Intl`, in the reader's locale.

mod amount;
mod currency;
mod decimal;

pub use amount::{Amount, AmountError};
pub use currency::{Currency, UnsupportedCurrency};
pub use decimal::{DecimalError, written};
