//! The domain: what an attempt is, what may follow what, what an answer means, when to ask. The pure parts
//! (`state`, `attempt`, `decide`, `refund`, `idempotency`, `schedule`) run inside the store's transactions; `opening`,
//! `refunding`, `asking` and `reconciliation` talk to the bank between transactions.

pub mod asking;
pub mod attempt;
pub mod decide;
pub mod idempotency;
pub mod newest_operations;
pub mod opening;
pub mod product;
pub mod reconciliation;
pub mod refund;
pub mod refunding;
pub mod return_url;
pub mod schedule;
pub mod state;
pub mod turns;
pub mod undone;
