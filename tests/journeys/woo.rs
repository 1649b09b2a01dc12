//! The plugin in a shop: a real WordPress with our checkout host, or any WooCommerce that `cargo xtask woo-journeys` is
//! given. A journey knows the shop only by its description, its pages and its admin; what it claims about money it reads
//! at the bank.
//!
//! Read `paid.rs` first. `shop.rs` starts or finds the shop, `customer.rs` and `staff.rs` are the people.

mod customer;
mod description;
mod local;
mod shop;
mod staff;

mod admin;
mod anomalies;
mod blocks;
mod card_data;
mod coming_back;
mod declined;
mod hints;
mod lost_webhook;
mod mounting;
mod order_pay;
mod paid;
mod pending;
mod refunds;
mod staying;
mod submitting;
mod without_scripts;

pub(crate) use customer::Customer;
pub(crate) use local::Orders;
pub(crate) use shop::{Shop, shop_journey, shop_journey_on, shop_journey_with};
pub(crate) use staff::Staff;
