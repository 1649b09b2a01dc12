//! A row of an answer, and what a column of it can be read as. A value that does not fit is an error, never a guess.

use std::error::Error;
use std::fmt::Display;

use rusqlite::types::ValueRef;
use tokio_postgres::types::{FromSql, Type};

use super::Value;
use crate::store::StoreError;

/// One row.
pub(crate) enum Row<'a> {
    Sqlite(&'a rusqlite::Row<'a>),
    Postgres(&'a tokio_postgres::Row),
}

/// Where in a row: a column's name, or its number from 0.
pub(crate) trait Place: Display + Copy {
    fn find(&self, row: &Row<'_>) -> Option<usize>;
}

/// What a column can be read as.
pub(crate) trait Column: Sized {
    /// `None`: it is no such value.
    fn read(cell: Cell<'_>) -> Option<Self>;
}

/// One value of a row.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Cell<'a> {
    Null,
    Int(i64),
    Text(&'a str),
    Bytes(&'a [u8]),
}

impl<'a> Cell<'a> {
    /// As a value of a statement.
    pub(crate) const fn as_value(self) -> Value<'a> {
        match self {
            Self::Null => Value::Null,
            Self::Int(number) => Value::Int(number),
            Self::Text(text) => Value::Text(text),
            Self::Bytes(bytes) => Value::Bytes(bytes),
        }
    }
}

impl Row<'_> {
    /// Reads a column.
    pub(crate) fn get<T: Column>(&self, place: impl Place) -> Result<T, StoreError> {
        self.cell(place).and_then(T::read).ok_or_else(|| StoreError::Unreadable(place.to_string()))
    }

    /// A column as it is; `None` for what no ledger holds, such as a float.
    pub(crate) fn cell(&self, place: impl Place) -> Option<Cell<'_>> {
        let index = place.find(self)?;
        match self {
            Self::Sqlite(row) => match row.get_ref(index).ok()? {
                ValueRef::Null => Some(Cell::Null),
                ValueRef::Integer(number) => Some(Cell::Int(number)),
                ValueRef::Real(_) => None,
                ValueRef::Text(text) => std::str::from_utf8(text).ok().map(Cell::Text),
                ValueRef::Blob(bytes) => Some(Cell::Bytes(bytes)),
            },
            Self::Postgres(row) => row.try_get(index).ok(),
        }
    }
}

impl Place for &str {
    fn find(&self, row: &Row<'_>) -> Option<usize> {
        match row {
            Row::Sqlite(row) => row.as_ref().column_index(self).ok(),
            Row::Postgres(row) => row.columns().iter().position(|column| column.name() == *self),
        }
    }
}

impl Place for usize {
    fn find(&self, _: &Row<'_>) -> Option<usize> {
        Some(*self)
    }
}

impl Column for i64 {
    fn read(cell: Cell<'_>) -> Option<Self> {
        match cell {
            Cell::Int(number) => Some(number),
            Cell::Null | Cell::Text(_) | Cell::Bytes(_) => None,
        }
    }
}

impl Column for u32 {
    fn read(cell: Cell<'_>) -> Option<Self> {
        i64::read(cell).and_then(|number| Self::try_from(number).ok())
    }
}

impl Column for bool {
    fn read(cell: Cell<'_>) -> Option<Self> {
        i64::read(cell).map(|number| number != 0)
    }
}

impl Column for String {
    fn read(cell: Cell<'_>) -> Option<Self> {
        match cell {
            Cell::Text(text) => Some(text.to_owned()),
            Cell::Null | Cell::Int(_) | Cell::Bytes(_) => None,
        }
    }
}

impl Column for Vec<u8> {
    fn read(cell: Cell<'_>) -> Option<Self> {
        match cell {
            Cell::Bytes(bytes) => Some(bytes.to_owned()),
            Cell::Null | Cell::Int(_) | Cell::Text(_) => None,
        }
    }
}

impl<T: Column> Column for Option<T> {
    fn read(cell: Cell<'_>) -> Option<Self> {
        match cell {
            Cell::Null => Some(None),
            Cell::Int(_) | Cell::Text(_) | Cell::Bytes(_) => T::read(cell).map(Some),
        }
    }
}

impl<'a> FromSql<'a> for Cell<'a> {
    fn from_sql(kind: &Type, raw: &'a [u8]) -> Result<Self, Box<dyn Error + Sync + Send>> {
        Ok(match *kind {
            Type::INT8 => Cell::Int(i64::from_sql(kind, raw)?),
            Type::INT4 => Cell::Int(i32::from_sql(kind, raw)?.into()),
            Type::BOOL => Cell::Int(bool::from_sql(kind, raw)?.into()),
            Type::BYTEA => Cell::Bytes(raw),
            _ => Cell::Text(<&str>::from_sql(kind, raw)?),
        })
    }

    fn from_sql_null(_: &Type) -> Result<Self, Box<dyn Error + Sync + Send>> {
        Ok(Cell::Null)
    }

    fn accepts(kind: &Type) -> bool {
        matches!(*kind, Type::INT8 | Type::INT4 | Type::BOOL | Type::BYTEA)
            || <&str as FromSql>::accepts(kind)
    }
}
