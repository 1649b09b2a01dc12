//! The shop a journey is in, with its browsers.

use std::path::{Path, PathBuf};
use std::sync::{LazyLock, Mutex, PoisonError};

use anyhow::{Context, ensure};
use browser::{Driver, Engine};
use serde_json::Value;
use tokio::sync::Semaphore;

use super::description::Description;
use super::local::{Local, Orders};
use super::{Customer, Staff};
use crate::support::{Addresses, Bank, Buyer, Place, Profile, eventually, told_in};

/// The file that describes somebody's shop; without it each journey has a shop of its own.
const GIVEN: &str = "ALLIANCEPAY_WOO_SHOP";
/// Each shop is a WordPress, a backend, a bank and at least one browser.
static ROOM: LazyLock<Semaphore> = LazyLock::new(|| Semaphore::new(2));

/// A shop and everything behind it.
#[derive(Debug)]
pub(crate) struct Shop {
    pub(crate) at: Description,
    pub(crate) bank: Bank,
    local: Option<Local>,
    driver: Driver,
    people: Mutex<Vec<Buyer>>,
}

/// Runs `story` in a shop.
pub(crate) async fn shop_journey(story: impl AsyncFnOnce(&Shop) -> anyhow::Result<()>) {
    told_in(&ROOM, Shop::open(Engine::HeadlessShell, Orders::InTables), story).await;
}

/// The same with customers who have another browser.
pub(crate) async fn shop_journey_on(engine: Engine, story: impl AsyncFnOnce(&Shop) -> anyhow::Result<()>) {
    told_in(&ROOM, Shop::open(engine, Orders::InTables), story).await;
}

/// The same in a shop that keeps its orders in another way. A shop that is given keeps them in its own way, whatever that
/// is: it is taken as it is.
pub(crate) async fn shop_journey_with(orders: Orders, story: impl AsyncFnOnce(&Shop) -> anyhow::Result<()>) {
    told_in(&ROOM, Shop::open(Engine::HeadlessShell, orders), story).await;
}

impl Shop {
    async fn open(engine: Engine, orders: Orders) -> anyhow::Result<Self> {
        let (local, at) = if let Some(file) = std::env::var_os(GIVEN) {
            (None, Description::read(&PathBuf::from(file))?)
        } else {
            let (local, at) = Local::start(orders).await?;
            (Some(local), at)
        };
        let bank = Bank::at(&at.bank);
        // A shop that was used before may have left some.
        bank.works_again().await?;
        Ok(Self { at, bank, local, driver: Driver::start(engine)?, people: Mutex::default() })
    }

    /// A customer whose browser has never been here.
    pub(crate) async fn customer(&self) -> anyhow::Result<Customer> {
        self.customer_with(&Profile::default()).await
    }

    pub(crate) async fn customer_with(&self, profile: &Profile) -> anyhow::Result<Customer> {
        Ok(Customer::new(self.person(profile).await?, &self.at))
    }

    /// Somebody who is logged in to the admin.
    pub(crate) async fn staff(&self) -> anyhow::Result<Staff> {
        let staff = Staff::new(self.person(&Profile::default()).await?, &self.at);
        staff.logs_in().await?;
        Ok(staff)
    }

    /// The orders at the bank that were made for one order of the shop, oldest first.
    pub(crate) async fn bank_orders(&self, order: u64) -> anyhow::Result<Vec<Value>> {
        let all = self.bank.orders().await?;
        Ok(all.into_iter().filter(|one| shop_order(one) == Some(order)).collect())
    }

    /// Waits for exactly so many payments that succeeded at the bank for an order; returns their sums in kopecks.
    pub(crate) async fn payments(&self, order: u64, count: usize) -> anyhow::Result<Vec<i64>> {
        eventually(&format!("{count} payments of order {order} at the bank"), async || {
            let sums = self.operations(order, |kind| kind != "REFUND").await?;
            ensure!(sums.len() == count, "there are {sums:?}");
            Ok(Some(sums))
        })
        .await
    }

    /// Waits for exactly so many refunds that succeeded at the bank.
    pub(crate) async fn refunds(&self, order: u64, count: usize) -> anyhow::Result<Vec<i64>> {
        eventually(&format!("{count} refunds of order {order} at the bank"), async || {
            let sums = self.operations(order, |kind| kind == "REFUND").await?;
            ensure!(sums.len() == count, "there are {sums:?}");
            Ok(Some(sums))
        })
        .await
    }

    async fn operations(&self, order: u64, wanted: impl Fn(&str) -> bool) -> anyhow::Result<Vec<i64>> {
        let orders = self.bank_orders(order).await?;
        let operations = orders.iter().flat_map(|one| one["operations"].as_array().into_iter().flatten());
        operations
            .filter(|one| one["status"] == "SUCCESS" && wanted(one["type"].as_str().unwrap_or_default()))
            .map(|one| one["coinAmount"].as_i64().context("an operation's sum"))
            .collect()
    }

    /// The newest order of the shop that the bank knows.
    pub(crate) async fn newest_order(&self) -> anyhow::Result<u64> {
        let orders = self.bank.orders().await?;
        orders.iter().filter_map(shop_order).max().context("the bank knows no order of the shop")
    }

    /// The schedule's moment comes; on a busy site every visit brings it.
    pub(crate) async fn time_passes(&self) -> anyhow::Result<()> {
        reqwest::get(format!("{}/wp-cron.php?doing_wp_cron", self.at.base)).await?;
        Ok(())
    }

    async fn person(&self, profile: &Profile) -> anyhow::Result<Buyer> {
        let at = Addresses {
            backend: self.at.backend.clone(),
            bank: self.at.bank.clone(),
            shop: self.at.base.clone(),
            merchant_page: self.at.base.clone(),
        };
        let person = Buyer::before(self.driver.open(profile).await?, &at);
        self.people.lock().unwrap_or_else(PoisonError::into_inner).push(person.clone());
        Ok(person)
    }
}

impl Place for Shop {
    fn is_left_well(&self) -> anyhow::Result<()> {
        self.local.as_ref().map_or(Ok(()), Local::is_clean)
    }

    /// A shop that is given keeps its logs to itself.
    fn folder(&self) -> &Path {
        self.local.as_ref().map_or(Path::new(""), Local::folder)
    }

    fn people(&self) -> Vec<Buyer> {
        self.people.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }
}

/// The shop's number of an order at the bank, from the address the buyer goes back to.
fn shop_order(bank_order: &Value) -> Option<u64> {
    let url = bank_order["successUrl"].as_str()?;
    let (_, after) = url.split_once("order-received/").or_else(|| url.split_once("order-received="))?;
    let digits: String = after.chars().take_while(char::is_ascii_digit).collect();
    digits.parse().ok()
}
