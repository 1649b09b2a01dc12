//! What is drawn: one file for each page, the shared pieces in `parts`.
//!
//! Builder syntax on purpose: `view!` writes static markup by `innerHTML`, which pages under Trusted Types refuse.

pub mod account;
pub mod attempt;
pub mod audit;
pub mod colleague;
pub mod embedded;
pub mod filter_form;
pub mod frame;
pub mod goods;
pub mod history;
pub mod order;
pub mod order_row;
pub mod orders;
pub mod overview;
pub mod parts;
pub mod payment;
pub mod refund;
pub mod refund_fields;
pub mod refund_progress;
pub mod register;
pub mod second_factor;
pub mod settlement;
pub mod sign_in;
pub mod staff;
pub mod status_button;
