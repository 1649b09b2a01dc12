//! The backend as its callers see it: the real program over real HTTP, its own SQLite file, the real sandbox bank.
//! `on_postgres.rs` runs the same tests on the other store: a new file belongs into both lists.
#![allow(clippy::unwrap_used, reason = "a test's helper fails the test")]

mod access;
mod alipayplus;
mod asking;
mod backup;
mod bank_token;
mod check;
mod clock;
mod connections;
mod console_files;
mod docs_files;
mod idempotency;
mod last_moment;
mod limits;
mod lost_answers;
mod metrics;
mod money;
mod notifications;
mod nul;
mod openapi;
mod orders;
mod orders_list;
mod orders_live;
mod pay_form;
mod paying;
mod problems;
mod receivers;
mod refund_doubts;
mod refunds;
mod report;
mod restart;
mod second_factor;
mod security;
mod session_code;
mod settlement;
mod settlement_files;
mod sign_in;
mod sqlite_file;
mod staff_hands;
mod staff_refunds;
#[path = "store/sqlite.rs"]
mod store;
mod strange_bank;
mod support;
mod webhooks;
mod widget_files;
