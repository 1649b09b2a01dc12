//! What a statement needs of a database: the ledger's SQL is written once and run by SQLite and by PostgreSQL.
//!
//! This is no query builder: a statement is its text, with `?1`, `?2` … for its values, in the SQL both databases speak.
//! How to write one that both understand stands in `store/ledger.rs`. All of it blocks; it runs on a thread that may.

mod row;
mod session;
mod value;

use super::StoreError;
pub(crate) use row::{Cell, Row};
pub(crate) use session::Session;
pub(super) use value::without_nul;
pub(crate) use value::{Params, ToValue, Value};

/// A connection to the ledger, for reading.
#[derive(Debug)]
pub(crate) struct Connection<'a> {
    engine: Engine<'a>,
}

/// A transaction: all of it happens or nothing.
#[derive(Debug)]
pub(crate) struct Transaction<'a>(Connection<'a>);

#[derive(Debug, Clone, Copy)]
enum Engine<'a> {
    Sqlite(&'a rusqlite::Connection),
    Postgres(&'a Session),
}

/// A prepared statement. It is kept with the connection: the second use of a text costs no preparing.
pub(crate) struct Statement<'a> {
    prepared: Prepared<'a>,
}

enum Prepared<'a> {
    Sqlite(rusqlite::CachedStatement<'a>),
    Postgres(&'a Session, tokio_postgres::Statement),
}

/// The values of a statement, in the order of their numbers.
macro_rules! params {
    () => { [$crate::store::sql::Value::Null; 0] };
    ($($value:expr),+ $(,)?) => { [$($crate::store::sql::ToValue::to_value(&$value)),+] };
}
pub(crate) use params;

impl<'a> Connection<'a> {
    pub(crate) const fn sqlite(connection: &'a rusqlite::Connection) -> Self {
        Self { engine: Engine::Sqlite(connection) }
    }

    pub(crate) const fn postgres(session: &'a Session) -> Self {
        Self { engine: Engine::Postgres(session) }
    }

    /// Prepares a statement, or finds it prepared.
    pub(crate) fn prepare_cached(&self, sql: &str) -> Result<Statement<'a>, StoreError> {
        let prepared = match self.engine {
            Engine::Sqlite(connection) => Prepared::Sqlite(connection.prepare_cached(sql)?),
            Engine::Postgres(session) => Prepared::Postgres(session, session.prepare(sql)?),
        };
        Ok(Statement { prepared })
    }

    /// Runs a statement; tells how many rows it changed.
    pub(crate) fn execute(&self, sql: &str, params: impl Params) -> Result<u64, StoreError> {
        self.prepare_cached(sql)?.execute(params)
    }

    /// The first row.
    pub(crate) fn query_row<T>(
        &self,
        sql: &str,
        params: impl Params,
        map: impl FnOnce(&Row<'_>) -> Result<T, StoreError>,
    ) -> Result<T, StoreError> {
        self.prepare_cached(sql)?.query_row(params, map)
    }

    /// Whether the database plans by statistics, and others write at the same time.
    pub(crate) const fn is_postgres(&self) -> bool {
        match self.engine {
            Engine::Sqlite(_) => false,
            Engine::Postgres(_) => true,
        }
    }

    /// The SQL of this database, where the two speak differently.
    pub(crate) const fn pick(&self, sqlite: &'static str, postgres: &'static str) -> &'static str {
        match self.engine {
            Engine::Sqlite(_) => sqlite,
            Engine::Postgres(_) => postgres,
        }
    }

    /// A piece of SQL that only PostgreSQL needs, for there others write at the same time; else nothing.
    pub(crate) const fn on_postgres(&self, sql: &'static str) -> &'static str {
        match self.engine {
            Engine::Sqlite(_) => "",
            Engine::Postgres(_) => sql,
        }
    }
}

impl<'a> Transaction<'a> {
    pub(crate) const fn new(connection: Connection<'a>) -> Self {
        Self(connection)
    }

    /// Runs a statement about what only SQLite has.
    pub(crate) fn execute_on_sqlite(&self, sql: &str, params: impl Params) -> Result<(), StoreError> {
        match self.engine {
            Engine::Sqlite(_) => self.execute(sql, params).map(drop),
            Engine::Postgres(_) => Ok(()),
        }
    }

    /// Runs a statement that only PostgreSQL needs: to SQLite's one writer there are no others.
    pub(crate) fn execute_on_postgres(&self, sql: &str, params: impl Params) -> Result<(), StoreError> {
        match self.engine {
            Engine::Sqlite(_) => Ok(()),
            Engine::Postgres(_) => self.execute(sql, params).map(drop),
        }
    }
}

impl<'a> std::ops::Deref for Transaction<'a> {
    type Target = Connection<'a>;

    fn deref(&self) -> &Self::Target {
        &self.0
    }
}

#[allow(clippy::needless_pass_by_value, reason = "values are written at the call, as an array")]
impl Statement<'_> {
    /// Runs it; tells how many rows it changed.
    pub(crate) fn execute(&mut self, params: impl Params) -> Result<u64, StoreError> {
        let values = params.values();
        match &mut self.prepared {
            Prepared::Sqlite(statement) => {
                let changed = statement.execute(rusqlite::params_from_iter(values))?;
                Ok(u64::try_from(changed).unwrap_or(u64::MAX))
            }
            Prepared::Postgres(session, statement) => session.execute(statement, &values),
        }
    }

    /// The first row.
    pub(crate) fn query_row<T>(
        &mut self,
        params: impl Params,
        map: impl FnOnce(&Row<'_>) -> Result<T, StoreError>,
    ) -> Result<T, StoreError> {
        let values = params.values();
        match &mut self.prepared {
            Prepared::Sqlite(statement) => {
                let mut rows = statement.query(rusqlite::params_from_iter(values))?;
                rows.next()?.map(Row::Sqlite).map_or(Err(StoreError::Absent), |row| map(&row))
            }
            Prepared::Postgres(session, statement) => {
                let rows = session.query(statement, &values)?;
                rows.first().map(Row::Postgres).map_or(Err(StoreError::Absent), |row| map(&row))
            }
        }
    }

    /// All rows.
    pub(crate) fn query_map<T>(
        &mut self,
        params: impl Params,
        mut map: impl FnMut(&Row<'_>) -> Result<T, StoreError>,
    ) -> Result<std::vec::IntoIter<Result<T, StoreError>>, StoreError> {
        let values = params.values();
        let mut mapped = Vec::new();
        match &mut self.prepared {
            Prepared::Sqlite(statement) => {
                let mut rows = statement.query(rusqlite::params_from_iter(values))?;
                while let Some(row) = rows.next()? {
                    mapped.push(map(&Row::Sqlite(row)));
                }
            }
            Prepared::Postgres(session, statement) => {
                let rows = session.query(statement, &values)?;
                mapped.extend(rows.iter().map(|row| map(&Row::Postgres(row))));
            }
        }
        Ok(mapped.into_iter())
    }
}

/// A row that may be missing.
pub(crate) trait OptionalExtension<T> {
    /// `None` where there is no row.
    fn optional(self) -> Result<Option<T>, StoreError>;
}

impl<T> OptionalExtension<T> for Result<T, StoreError> {
    fn optional(self) -> Result<Option<T>, StoreError> {
        match self {
            Ok(value) => Ok(Some(value)),
            Err(StoreError::Absent) => Ok(None),
            Err(error) => Err(error),
        }
    }
}
