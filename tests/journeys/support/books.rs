//! What the ledger's file says beside the attempts: orders, refunds, anomalies, staff and what they did. Read from
//! outside, so that a page and the backend cannot be wrong together.

use std::time::Duration;

use anyhow::Context;
use rusqlite::{Connection, OpenFlags, Params, Row};

use super::ledger::Ledger;

/// One refund.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct RefundRow {
    pub(crate) state: String,
    pub(crate) minor: i64,
    /// How much of it is shipping.
    pub(crate) shipping: i64,
    /// Only recorded: the bank was never asked.
    pub(crate) offline: bool,
    pub(crate) by: String,
    pub(crate) code: Option<String>,
    pub(crate) reason: Option<String>,
}

/// One account.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Account {
    pub(crate) role: String,
    pub(crate) active: bool,
    pub(crate) limit: Option<i64>,
    pub(crate) daily_limit: Option<i64>,
    pub(crate) second_factor: bool,
}

impl Ledger {
    /// Every refund of an order, oldest first.
    pub(crate) fn refund_rows(&self, order: &str) -> anyhow::Result<Vec<RefundRow>> {
        self.look(
            "SELECT refunds.state, refunds.amount_minor, refunds.merchant_request_id IS NULL, asked_by, code,
                    refunds.reason, refunds.shipping_minor
             FROM refunds JOIN orders ON orders.id = refunds.order_id WHERE order_ref = ?1 ORDER BY refunds.id",
            [order],
            |row| {
                Ok(RefundRow {
                    state: row.get(0)?,
                    minor: row.get(1)?,
                    offline: row.get(2)?,
                    by: row.get(3)?,
                    code: row.get(4)?,
                    reason: row.get(5)?,
                    shipping: row.get(6)?,
                })
            },
        )
    }

    /// What of which line the refunds of an order gave back, oldest first: the line, how many, how much.
    pub(crate) fn refund_lines(&self, order: &str) -> anyhow::Result<Vec<(String, i64, i64)>> {
        self.look(
            "SELECT line_id, quantity, refund_lines.amount_minor FROM refund_lines
             JOIN refunds ON refunds.id = refund_id JOIN orders ON orders.id = refunds.order_id
             WHERE order_ref = ?1 ORDER BY refund_id, position",
            [order],
            |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)),
        )
    }

    /// An order's state, and how much of it went back.
    pub(crate) fn standing(&self, order: &str) -> anyhow::Result<(String, i64)> {
        let sql = "SELECT state, refunded_minor FROM orders WHERE order_ref = ?1";
        let rows = self.look(sql, [order], |row| Ok((row.get(0)?, row.get(1)?)))?;
        rows.into_iter().next().with_context(|| format!("order {order}"))
    }

    /// The anomalies of an order.
    pub(crate) fn anomalies(&self, order: &str) -> anyhow::Result<Vec<String>> {
        self.look(
            "SELECT kind FROM anomalies JOIN attempts ON attempts.id = attempt_id
             JOIN orders ON orders.id = attempts.order_id WHERE order_ref = ?1 ORDER BY kind",
            [order],
            |row| row.get(0),
        )
    }

    /// When the callback of an order's newest attempt came, if it did.
    pub(crate) fn notified_at(&self, order: &str) -> anyhow::Result<Option<i64>> {
        let sql = "SELECT notified_at FROM attempts JOIN orders ON orders.id = attempts.order_id
                   WHERE order_ref = ?1 ORDER BY attempts.id DESC LIMIT 1";
        let rows = self.look(sql, [order], |row| row.get(0))?;
        rows.into_iter().next().with_context(|| format!("an attempt of {order}"))
    }

    /// The numbers of the orders that a condition lets through, newest first.
    pub(crate) fn orders_where(&self, condition: &str) -> anyhow::Result<Vec<String>> {
        self.orders_sorted(condition, "created_at DESC, id DESC")
    }

    /// The same otherwise sorted.
    pub(crate) fn orders_sorted(&self, condition: &str, by: &str) -> anyhow::Result<Vec<String>> {
        let sql = format!("SELECT order_ref FROM orders WHERE {condition} ORDER BY {by}");
        self.look(&sql, [], |row| row.get(0))
    }

    /// What an actor did beside the orders' own history, oldest first: the action and the order.
    pub(crate) fn deeds_of(&self, actor: &str) -> anyhow::Result<Vec<(String, Option<String>)>> {
        let sql = "SELECT action, order_ref FROM audit WHERE actor = ?1 ORDER BY id";
        self.look(sql, [actor], |row| Ok((row.get(0)?, row.get(1)?)))
    }

    /// The account of a login, if there is one.
    pub(crate) fn account(&self, login: &str) -> anyhow::Result<Option<Account>> {
        let sql = "SELECT role, active, refund_limit_minor, daily_refund_limit_minor, totp_on FROM staff
                   WHERE login = ?1";
        let rows = self.look(sql, [login], |row| {
            Ok(Account {
                role: row.get(0)?,
                active: row.get(1)?,
                limit: row.get(2)?,
                daily_limit: row.get(3)?,
                second_factor: row.get(4)?,
            })
        })?;
        Ok(rows.into_iter().next())
    }

    /// How many sessions a login has.
    pub(crate) fn sessions_of(&self, login: &str) -> anyhow::Result<usize> {
        let sql = "SELECT 1 FROM staff_sessions JOIN staff ON staff.id = staff_id WHERE login = ?1";
        Ok(self.look(sql, [login], |row| row.get::<_, i64>(0))?.len())
    }

    /// The time of every session of staff runs out, and nothing else.
    pub(crate) fn ends_every_session(&self) -> anyhow::Result<()> {
        let file = Connection::open(&self.file)?;
        file.busy_timeout(Duration::from_secs(5))?;
        let ended = file.execute("UPDATE staff_sessions SET expires_at = 0", [])?;
        anyhow::ensure!(ended > 0, "there was no session to end");
        Ok(())
    }

    /// Everything of an order happened so many minutes earlier: a day of the shop in a moment, for pictures.
    pub(crate) fn was_earlier(&self, order: &str, minutes: i64) -> anyhow::Result<()> {
        let file = Connection::open(&self.file)?;
        file.busy_timeout(Duration::from_secs(5))?;
        let of_order = "(SELECT id FROM orders WHERE order_ref = ?1)";
        for (table, times, which) in [
            (
                "operations",
                &["created_at"][..],
                format!("attempt_id IN (SELECT id FROM attempts WHERE order_id = {of_order})"),
            ),
            (
                "attempts",
                &["created_at", "opened_at", "notified_at", "asked_at"],
                format!("order_id = {of_order}"),
            ),
            ("events", &["at"], format!("order_id = {of_order}")),
            ("refunds", &["created_at"], format!("order_id = {of_order}")),
            ("orders", &["created_at"], "order_ref = ?1".to_owned()),
        ] {
            let shifted: Vec<_> = times.iter().map(|time| format!("{time} = {time} - ?2")).collect();
            let sql = format!("UPDATE {table} SET {} WHERE {which}", shifted.join(", "));
            file.execute(&sql, (order, minutes * 60_000))?;
        }
        Ok(())
    }

    /// The rows of a question to the file.
    pub(super) fn look<T>(
        &self,
        sql: &str,
        with: impl Params,
        read: impl FnMut(&Row<'_>) -> rusqlite::Result<T>,
    ) -> anyhow::Result<Vec<T>> {
        let file = Connection::open_with_flags(&self.file, OpenFlags::SQLITE_OPEN_READ_ONLY)?;
        let mut statement = file.prepare(sql)?;
        let rows = statement.query_map(with, read)?;
        Ok(rows.collect::<Result<_, _>>()?)
    }
}
