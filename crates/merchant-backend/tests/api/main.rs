//! The backend as its callers see it: the real program over real HTTP, its own SQLite file, the real sandbox bank.
#![allow(clippy::unwrap_used, reason = "a test's helper fails the test")]

mod asking;
mod bank_token;
mod check;
mod connections;
mod idempotency;
mod last_moment;
mod limits;
mod lost_answers;
mod metrics;
mod money;
mod notifications;
mod openapi;
mod orders;
mod pay_form;
mod paying;
mod problems;
mod refund_doubts;
mod refunds;
mod restart;
mod security;
mod support;
mod webhooks;
mod widget_files;
