//! The backend as its callers see it: the real program over real HTTP, its own SQLite file, the real sandbox bank.
//! `on_postgres.rs` runs the same tests on the other store: a new file belongs into both lists.
#![allow(clippy::unwrap_used, reason = "a test's helper fails the test")]

mod alipayplus;
mod asking;
mod bank_token;
mod idempotency;
mod last_moment;
mod lost_answers;
mod money;
mod notifications;
mod orders;
mod pay_form;
mod paying;
mod problems;
mod refund_doubts;
mod refunds;
mod restart;
mod sqlite_file;
#[path = "store/sqlite.rs"]
mod store;
mod support;
mod webhooks;
mod widget_files;
