//! The list of orders as statements. PostgreSQL plans them by its statistics. For SQLite the way is chosen here: a filter
//! that leaves few orders is followed by its own index and sorted; otherwise the index of the sort is walked until the page
//! is full. Either way a page reads index entries, not orders.

use super::conditions::{Conditions, Owned};
use super::summary::{self, COLUMNS, STANDING_ATTEMPT};
use crate::store::StoreError;
use crate::store::orders_list::{OrderPage, OrderQuery, Place, Sort, WithAnomaly};
use crate::store::records::SummaryView;
use crate::store::sql::Connection;

/// How many orders are so few that they are sorted at once.
#[derive(Debug, Clone, Copy)]
struct Few {
    /// By any filter.
    orders: u32,
    /// By their numbers: those that begin alike were made one after the other, and walking by time could pass all others
    /// first.
    numbers: u32,
}

const FEW: Few = Few { orders: 20_000, numbers: 250_000 };

/// A page of orders.
pub(super) fn list(connection: &Connection<'_>, query: &OrderQuery) -> Result<OrderPage, StoreError> {
    let way = if connection.is_postgres() { Way::Planned } else { way(connection, query, FEW)? };
    page(connection, query, way)
}

fn page(connection: &Connection<'_>, query: &OrderQuery, way: Way) -> Result<OrderPage, StoreError> {
    let wanted = u64::from(query.limit) + 1;
    let sql = Sql { connection, query, way };
    let order = sql.order("o");
    let (found, values) = sql.found(wanted);
    let statement = format!(
        "SELECT {COLUMNS} FROM ({found}) h JOIN orders o ON o.id = h.id {STANDING_ATTEMPT} ORDER BY {order}"
    );
    let rows = connection
        .prepare_cached(&statement)?
        .query_map(values.values(), |row| Ok((place(query.sort, row.get("id")?, row)?, summary::read(row)?)))?
        .collect::<Result<Vec<(Place, SummaryView)>, StoreError>>()?;
    let limit = usize::try_from(query.limit).unwrap_or(usize::MAX);
    let next =
        (rows.len() > limit).then(|| rows.get(limit.saturating_sub(1)).map(|(place, _)| place.clone()));
    Ok(OrderPage {
        next: next.flatten(),
        orders: rows.into_iter().take(limit).map(|(_, summary)| summary).collect(),
    })
}

fn place(sort: Sort, id: i64, row: &crate::store::sql::Row<'_>) -> Result<Place, StoreError> {
    Ok(match sort {
        Sort::Created => Place::Created(row.get("created_at")?, id),
        Sort::Amount => Place::Amount(row.get("amount_minor")?, id),
        Sort::State => Place::State(row.get("state")?, row.get("created_at")?, id),
        Sort::Number => Place::Number(row.get("order_ref")?),
    })
}

/// How SQLite finds the page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Way {
    /// PostgreSQL chooses.
    Planned,
    /// By an index whose condition leaves few; then sorted.
    By(&'static str),
    /// By the words' index: few, then sorted.
    ByWords,
    /// Along the words' index, newest or oldest first.
    AlongWords,
    /// Along the index of each state at once.
    AlongStates,
    /// Along the index of the sort.
    Along,
}

fn way(connection: &Connection<'_>, query: &OrderQuery, few: Few) -> Result<Way, StoreError> {
    if !query.orders.is_empty() {
        return Ok(Way::By("orders_by_number"));
    }
    let mut narrow: Vec<(u32, Way)> = Vec::new();
    let mut count = |way: Way, few: u32, from: &str, conditions: &Conditions| -> Result<(), StoreError> {
        let sql =
            format!("SELECT count(*) FROM (SELECT 1 FROM {from} WHERE {} LIMIT {few})", conditions.sql());
        let found: u32 = connection.prepare_cached(&sql)?.query_row(conditions.values(), |row| row.get(0))?;
        if found < few {
            narrow.push((found, way));
        }
        Ok(())
    };
    let by = |index: &'static str| (Way::By(index), format!("orders o INDEXED BY {index}"));
    if query.anomaly.is_some() {
        let (way, from) = by("orders_with_anomaly");
        let mut any = Conditions::default();
        any.add("o.anomalies IS NOT NULL", []);
        count(way, few.orders, &from, &any)?;
    }
    if !query.words.is_empty() {
        let mut words = Conditions::default();
        words.add("order_search MATCH ?", [Owned::Text(fts(&query.words))]);
        count(Way::ByWords, few.orders, "order_search", &words)?;
    }
    if query.number.is_some() {
        let (way, from) = by("orders_by_number");
        count(way, few.numbers, &from, &only(query, Conditions::number))?;
    }
    if query.currency.is_some() {
        let (way, from) = by("orders_by_currency");
        count(way, few.orders, &from, &only(query, Conditions::currency))?;
    }
    if query.min_amount.is_some() || query.max_amount.is_some() {
        let (way, from) = by("orders_by_amount");
        count(way, few.orders, &from, &only(query, Conditions::amounts))?;
    }
    if !query.states.is_empty() && query.sort != Sort::Created {
        let (way, from) = by("orders_by_state");
        count(way, few.orders, &from, &only(query, Conditions::states))?;
    }
    if (query.from.is_some() || query.to.is_some()) && query.sort != Sort::Created {
        let (way, from) = by("orders_by_created");
        count(way, few.orders, &from, &only(query, Conditions::times))?;
    }
    if let Some((_, way)) = narrow.into_iter().min_by_key(|(found, _)| *found) {
        return Ok(way);
    }
    Ok(match query.sort {
        Sort::Created if !query.words.is_empty() => Way::AlongWords,
        Sort::Created if !query.states.is_empty() => Way::AlongStates,
        Sort::Created | Sort::Amount | Sort::State | Sort::Number => Way::Along,
    })
}

fn only(query: &OrderQuery, add: fn(&mut Conditions, &OrderQuery)) -> Conditions {
    let mut conditions = Conditions::default();
    add(&mut conditions, query);
    conditions
}

/// A statement that finds the ids of a page.
struct Sql<'a> {
    connection: &'a Connection<'a>,
    query: &'a OrderQuery,
    way: Way,
}

impl Sql<'_> {
    fn found(&self, wanted: u64) -> (String, Conditions) {
        let mut conditions = Conditions::default();
        let select = |from: &str, conditions: &Conditions, order: &str| {
            format!(
                "SELECT o.id AS id FROM {from} WHERE {} ORDER BY {order} LIMIT {wanted}",
                conditions.sql()
            )
        };
        let order = self.order("o");
        let along = match self.query.sort {
            Sort::Created => "orders_by_created",
            Sort::Amount => "orders_by_amount",
            Sort::State => "orders_by_state",
            Sort::Number => "orders_by_number",
        };
        let sql = match self.way {
            Way::Planned => {
                self.filters(&mut conditions, true, true);
                select("orders o", &conditions, &order)
            }
            Way::By(index) => {
                self.filters(&mut conditions, true, true);
                select(&format!("orders o INDEXED BY {index}"), &conditions, &order)
            }
            Way::Along => {
                self.filters(&mut conditions, true, true);
                select(&format!("orders o INDEXED BY {along}"), &conditions, &order)
            }
            Way::ByWords | Way::AlongWords => {
                conditions.add("order_search MATCH ?", [Owned::Text(fts(&self.query.words))]);
                self.filters(&mut conditions, false, true);
                let from = "order_search s CROSS JOIN orders o ON o.id = s.rowid";
                // Orders are stored in the order of their times: the words' index has the same.
                let newest = if self.query.descending { "s.rowid DESC" } else { "s.rowid" };
                let order = if self.way == Way::AlongWords { newest } else { &order };
                if let (Way::AlongWords, Some(Place::Created(_, id))) = (self.way, &self.query.after) {
                    let beyond = if self.query.descending { "s.rowid < ?" } else { "s.rowid > ?" };
                    conditions.add(beyond, [Owned::Int(*id)]);
                }
                select(from, &conditions, order)
            }
            Way::AlongStates => {
                let mut parts = Vec::new();
                for state in &self.query.states {
                    conditions.begin();
                    conditions.add("o.state = ?", [Owned::Text(state.word().to_owned())]);
                    self.filters(&mut conditions, true, false);
                    let part = format!(
                        "SELECT o.id AS id, o.created_at AS created_at FROM orders o INDEXED BY orders_by_state
                          WHERE {} ORDER BY {order} LIMIT {wanted}",
                        conditions.sql()
                    );
                    parts.push(format!("SELECT * FROM ({part})"));
                }
                let order = self.order("o");
                format!(
                    "SELECT o.id AS id FROM ({}) o ORDER BY {order} LIMIT {wanted}",
                    parts.join(" UNION ALL ")
                )
            }
        };
        (sql, conditions)
    }

    /// The sort, over a table's alias.
    fn order(&self, o: &str) -> String {
        let way = if self.query.descending { " DESC" } else { "" };
        self.key(o).into_iter().map(|column| format!("{column}{way}")).collect::<Vec<_>>().join(", ")
    }

    fn key(&self, o: &str) -> Vec<String> {
        let number = format!("{o}.{}", self.connection.pick("order_ref", "order_ref COLLATE \"C\""));
        match self.query.sort {
            Sort::Created => vec![format!("{o}.created_at"), format!("{o}.id")],
            Sort::Amount => vec![format!("{o}.amount_minor"), format!("{o}.id")],
            Sort::State => vec![format!("{o}.state"), format!("{o}.created_at"), format!("{o}.id")],
            Sort::Number => vec![number],
        }
    }

    fn filters(&self, conditions: &mut Conditions, words: bool, states: bool) {
        let query = self.query;
        if let Some(place) = &query.after {
            let key = self.key("o");
            let holes = vec!["?"; key.len()].join(", ");
            let beyond = if query.descending { "<" } else { ">" };
            conditions.add(&format!("({}) {beyond} ({holes})", key.join(", ")), values(place));
        }
        if states {
            conditions.states(query);
        }
        conditions.times(query);
        conditions.currency(query);
        conditions.amounts(query);
        if query.number.is_some() {
            if self.connection.is_postgres() {
                conditions.number_on_postgres(query);
            } else {
                conditions.number(query);
            }
        }
        if !query.orders.is_empty() {
            let holes = vec!["?"; query.orders.len()].join(", ");
            conditions
                .add(&format!("o.order_ref IN ({holes})"), query.orders.iter().cloned().map(Owned::Text));
        }
        match query.anomaly {
            None => {}
            Some(WithAnomaly::Any) => conditions.add("o.anomalies IS NOT NULL", []),
            Some(WithAnomaly::Kind(kind)) => {
                conditions.add(
                    "o.anomalies IS NOT NULL AND ',' || o.anomalies || ',' LIKE ?",
                    [Owned::Text(format!("%,{},%", kind.word()))],
                );
            }
        }
        if words && !query.words.is_empty() {
            if self.connection.is_postgres() {
                conditions.add(
                    "o.id IN (SELECT order_id FROM order_words
                        WHERE array_to_tsvector(string_to_array(words, ' ')) @@ CAST(CAST(? AS TEXT) AS tsquery))",
                    [Owned::Text(tsquery(&query.words))],
                );
            } else {
                conditions.add(
                    "EXISTS (SELECT 1 FROM order_search WHERE rowid = o.id AND order_search MATCH ?)",
                    [Owned::Text(fts(&query.words))],
                );
            }
        }
    }
}

fn values(place: &Place) -> Vec<Owned> {
    match place {
        Place::Created(at, id) | Place::Amount(at, id) => vec![Owned::Int(*at), Owned::Int(*id)],
        Place::State(state, at, id) => vec![Owned::Text(state.clone()), Owned::Int(*at), Owned::Int(*id)],
        Place::Number(number) => vec![Owned::Text(number.clone())],
    }
}

impl Conditions {
    fn states(&mut self, query: &OrderQuery) {
        if !query.states.is_empty() {
            let holes = vec!["?"; query.states.len()].join(", ");
            let words = query.states.iter().map(|state| Owned::Text(state.word().to_owned()));
            self.add(&format!("o.state IN ({holes})"), words);
        }
    }

    fn times(&mut self, query: &OrderQuery) {
        if let Some(from) = query.from {
            self.add("o.created_at >= ?", [Owned::Int(from.as_millisecond())]);
        }
        if let Some(to) = query.to {
            self.add("o.created_at < ?", [Owned::Int(to.as_millisecond())]);
        }
    }

    fn currency(&mut self, query: &OrderQuery) {
        if let Some(currency) = query.currency {
            self.add("o.currency = ?", [Owned::Text(currency.code().to_owned())]);
        }
    }

    fn amounts(&mut self, query: &OrderQuery) {
        if let Some(least) = query.min_amount {
            self.add("o.amount_minor >= ?", [Owned::Int(least)]);
        }
        if let Some(most) = query.max_amount {
            self.add("o.amount_minor <= ?", [Owned::Int(most)]);
        }
    }

    fn number(&mut self, query: &OrderQuery) {
        if let Some(prefix) = &query.number {
            self.add("o.order_ref >= ? AND o.order_ref < ?", range(prefix));
        }
    }

    fn number_on_postgres(&mut self, query: &OrderQuery) {
        if let Some(prefix) = &query.number {
            self.add("o.order_ref COLLATE \"C\" >= ? AND o.order_ref COLLATE \"C\" < ?", range(prefix));
        }
    }
}

/// From the prefix to the last text that begins with it: no letter comes after U+10FFFF.
fn range(prefix: &str) -> [Owned; 2] {
    [Owned::Text(prefix.to_owned()), Owned::Text(format!("{prefix}\u{10ffff}"))]
}

/// The words in the language of SQLite's search. They hold letters and digits only.
fn fts(words: &[String]) -> String {
    let one = |word: &String| if is_short(word) { format!("\"{word}\"") } else { format!("\"{word}\"*") };
    words.iter().map(one).collect::<Vec<_>>().join(" AND ")
}

/// The words in the language of PostgreSQL's search.
fn tsquery(words: &[String]) -> String {
    let one = |word: &String| if is_short(word) { format!("'{word}'") } else { format!("'{word}':*") };
    words.iter().map(one).collect::<Vec<_>>().join(" & ")
}

fn is_short(word: &str) -> bool {
    word.chars().nth(1).is_none()
}

#[cfg(test)]
mod tests;
