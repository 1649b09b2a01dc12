//! The same tests as in `main.rs`, on PostgreSQL, and those of several instances on one database.
#![allow(clippy::unwrap_used, reason = "a test's helper fails the test")]

mod access;
mod alipayplus;
mod asking;
mod backup;
mod bank_token;
mod clock;
mod console_files;
mod idempotency;
mod instances;
mod last_moment;
mod limits;
mod lost_answers;
mod metrics;
mod money;
mod moving;
mod notifications;
mod nul;
mod orders;
mod orders_list;
mod orders_live;
mod pay_form;
mod paying;
mod problems;
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
mod staff_hands;
mod staff_refunds;
#[path = "store/postgres.rs"]
mod store;
mod strange_bank;
mod support;
mod webhooks;
mod widget_files;

/// What only one of the two stores has, and what no store has a part in.
const ONLY_ONE: [&str; 6] = [
    "mod check;",
    "mod connections;",
    "mod docs_files;",
    "mod openapi;",
    "mod receivers;",
    "mod sqlite_file;",
];

#[test]
fn both_stores_pass_the_same_tests() {
    let files = |list: &'static str| list.lines().filter(|line| line.starts_with("mod "));
    let here: Vec<&str> = files(include_str!("on_postgres.rs")).collect();
    let missing: Vec<&str> = files(include_str!("main.rs"))
        .filter(|line| !here.contains(line) && !ONLY_ONE.contains(line))
        .collect();
    assert_eq!(missing, Vec::<&str>::new(), "write them into on_postgres.rs too");
}
