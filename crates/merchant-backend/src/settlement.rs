//! Settlement: what a provider's file says was paid out, held against the ledger. Provider-neutral: an adapter turns
//! its file into [`Entry`]s, [`matching`] decides what each means, the store keeps every one of them, [`importing`]
//! carries a file through in batches.

pub mod file;
pub mod importing;
pub mod lines;
pub mod matching;
pub mod row;
pub mod upload;
pub(crate) mod wire;

pub use row::{Entry, Kind, Malformed, Movement, SettlementRow};
