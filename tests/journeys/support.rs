//! What every journey stands on. `journey` runs a story in a fresh `World`; a `Buyer` is a person before a browser;
//! `Ledger` and `Bank` are what our backend and the bank hold to be true.

mod aggregator;
mod bank;
mod books;
mod buyer;
mod clerk;
mod evidence;
mod journey;
mod ledger;
mod line;
mod merchant_page;
mod patience;
mod place;
pub(crate) mod ports;
mod sale;
mod service;
mod settings;
mod watch;
mod words;
mod world;

pub(crate) use aggregator::Aggregator;
pub(crate) use bank::{Bank, fault};
pub(crate) use books::{Account, RefundRow};
pub(crate) use browser::{Engine, Profile};
pub(crate) use buyer::{Buyer, Card, WIDGET_BUTTON};
pub(crate) use clerk::{Clerk, PASSWORD};
pub(crate) use journey::{journey, journey_on, on_each_engine};
pub(crate) use line::{Line, Trouble};
pub(crate) use merchant_page::{MerchantPage, ORDER, TAG, Widget, at_a_page, pay_view};
pub(crate) use patience::eventually;
pub(crate) use place::{Place, told_in};
pub(crate) use service::Service;
pub(crate) use settings::{Addresses, Settings, host, write as write_configuration};
pub(crate) use words::{AWAITING, DECLINED, EXPIRED, PAID};
pub(crate) use world::{World, dist, trunk_output};
