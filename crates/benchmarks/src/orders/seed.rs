//! A ledger of many orders, written past the store: a million puts, each safe on the disk, would take an hour. What is
//! found afterwards is what the store's own transactions would have left.

use std::path::Path;

use anyhow::Context;
use rusqlite::{Connection, Transaction, params};

/// The first order's time: three years before the last.
const BEGIN_MS: i64 = 1_670_000_000_000;
const SPAN_MS: i64 = 94_600_000_000;
const VOCABULARY: u64 = 4_000;
const IN_ONE: usize = 20_000;

/// Numbers that look random and are the same in every run.
#[derive(Debug, Clone)]
pub struct Dice(u64);

impl Dice {
    /// From a seed.
    pub const fn new(seed: u64) -> Self {
        Self(seed)
    }

    /// Below `sides`.
    pub fn throw(&mut self, sides: u64) -> u64 {
        // SplitMix64.
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        (mixed ^ (mixed >> 31)) % sides
    }

    /// Below `sides`, as the ledger counts.
    pub fn pick(&mut self, sides: i64) -> i64 {
        let sides = u64::try_from(sides.max(1)).unwrap_or(1);
        i64::try_from(self.throw(sides)).unwrap_or(0)
    }

    /// A word; the first are far more frequent.
    pub fn word(&mut self) -> String {
        let sides = self.throw(VOCABULARY) + 1;
        format!("word{}", self.throw(sides))
    }
}

/// The time of an order of `orders`.
pub(super) const fn time_of(order: i64, orders: i64) -> i64 {
    BEGIN_MS + order * (SPAN_MS / orders)
}

/// A day of the span.
pub fn day_of(dice: &mut Dice) -> String {
    let at = jiff::Timestamp::from_millisecond(BEGIN_MS + dice.pick(SPAN_MS));
    at.map(|at| at.strftime("%Y-%m-%d").to_string()).unwrap_or_default()
}

/// Writes `orders` orders into the empty ledger at `file`.
pub fn seed(file: &Path, orders: i64) -> anyhow::Result<()> {
    let mut ledger = Connection::open(file)?;
    ledger.pragma_update(None, "synchronous", "OFF")?;
    ledger.pragma_update(None, "foreign_keys", false)?;
    ledger.pragma_update(None, "cache_size", -200_000)?;
    let indexes = take_down_indexes(&ledger)?;
    let mut dice = Dice::new(7);
    let mut next = 0;
    while next < orders {
        let tx = ledger.transaction()?;
        for order in next..orders.min(next + i64::try_from(IN_ONE)?) {
            write(&tx, order, orders, &mut dice).with_context(|| format!("order {order}"))?;
        }
        tx.commit()?;
        next += i64::try_from(IN_ONE)?;
    }
    for index in indexes {
        ledger.execute_batch(&index)?;
    }
    ledger.execute_batch(
        "INSERT INTO order_search (order_search) VALUES ('optimize'); PRAGMA wal_checkpoint(TRUNCATE)",
    )?;
    Ok(())
}

fn take_down_indexes(ledger: &Connection) -> anyhow::Result<Vec<String>> {
    let mut statement = ledger.prepare(
        "SELECT name, sql FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL
            AND tbl_name IN ('orders', 'attempts', 'operations')",
    )?;
    let all = statement
        .query_map([], |row| Ok((row.get::<_, String>(0)?, row.get::<_, String>(1)?)))?
        .collect::<Result<Vec<_>, _>>()?;
    for (name, _) in &all {
        ledger.execute_batch(&format!("DROP INDEX {name}"))?;
    }
    Ok(all.into_iter().map(|(_, sql)| sql).collect())
}

fn write(tx: &Transaction<'_>, order: i64, orders: i64, dice: &mut Dice) -> anyhow::Result<()> {
    let at = time_of(order, orders);
    let young = orders - order < orders / 500 + 10;
    let (state, reason) = match dice.throw(1000) {
        0..=2 if young => ("REDIRECTED", None),
        3..=49 => ("CANCELLED", Some("expired")),
        50..=79 => ("REJECTED", Some(["1/16", "1/05", "2/51", "1/14"][usize::try_from(dice.throw(4))?])),
        80..=99 => ("REFUNDED", None),
        100..=114 => ("PARTIALLY_REFUNDED", None),
        115..=400 => ("CAPTURED", None),
        _ => ("PAID", None),
    };
    let paid = !matches!(state, "REDIRECTED" | "CANCELLED" | "REJECTED");
    let amount = 100 + dice.pick(100) * dice.pick(500) * dice.pick(40);
    let anomalies = (dice.throw(1000) == 0).then_some("repeated");
    let currency = match dice.throw(1000) {
        0 => "USD",
        1..=20 => "EUR",
        _ => "UAH",
    };
    let number = (order + 1).to_string();
    let description = format!("{} {} {}", dice.word(), dice.word(), dice.word());
    let bank = format!("{at}{:08x}", dice.throw(u64::from(u32::MAX)));
    let rrn = format!("{:012}", dice.throw(1_000_000_000_000));
    let customer = format!("customer{}", dice.throw(200_000));
    let id = order + 1;
    tx.prepare_cached(
        "INSERT INTO orders (id, order_ref, amount_minor, currency, description, shipping_minor, customer_id, return_url,
            locale, products, state, reason, revision, latest_attempt, created_at, updated_at, paid_by, refunded_minor,
            anomalies, change)
         VALUES (?1, ?2, ?3, ?11, ?4, 0, ?5, 'https://shop.example/thanks', 'uk', 'card', ?6, ?7, 4, ?1, ?8, ?8, ?9, 0,
            ?10, ?1)",
    )?
    .execute(params![id, number, amount, description, customer, state, reason, at, paid.then_some(id), anomalies, currency])?;
    tx.prepare_cached(
        "INSERT INTO attempts (id, session, order_id, product, merchant_id, merchant_request_id, notification_secret,
            amount_minor, currency, state, reason, bank_order, created_at, expires_at, notified_at, ask_failures)
         VALUES (?1, 's' || ?1, ?1, 'card', 'merchant', 'r' || ?1, 'n' || ?1, ?2, ?8, ?3, ?4, ?5, ?6, ?6, ?7, 0)",
    )?
    .execute(params![id, amount, state, reason, bank, at, paid.then_some(at + 60_000 + dice.pick(5_000)), currency])?;
    if paid {
        tx.prepare_cached(
            "INSERT INTO operations (id, attempt_id, kind, status, effect, standing, amount_minor, currency, rrn,
                created_at, charged_minor)
             VALUES ('o' || ?1, ?1, 'PURCHASE', 'SUCCESS', 'capture', 'success', ?2, ?5, ?3, ?4, ?2)",
        )?
        .execute(params![id, amount, rrn, at + 60_000, currency])?;
    }
    let words = format!("{bank} {customer} {number} {rrn} {description}");
    tx.prepare_cached("INSERT INTO order_words (order_id, words) VALUES (?1, ?2)")?
        .execute(params![id, words])?;
    tx.prepare_cached("INSERT INTO order_search (rowid, words) VALUES (?1, ?2)")?
        .execute(params![id, words])?;
    Ok(())
}
