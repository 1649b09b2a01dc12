//! Reading optional fields of bank answers: a field that is not as documented must not hide the answer it came in.
//!
//! Sums are the exception: what is not a whole number of minor units is an error, never a guess.

use serde::{Deserialize, Deserializer, de};
use serde_json::{Map, Value};

use crate::secret::Secret;
use crate::time::BankTime;

/// A text; numbers become text, anything else is absent.
pub(crate) fn text<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<String>, D::Error> {
    Ok(match Value::deserialize(deserializer)? {
        Value::String(text) => Some(text),
        Value::Number(number) => Some(number.to_string()),
        Value::Null | Value::Bool(_) | Value::Array(_) | Value::Object(_) => None,
    })
}

/// A text that never prints; an empty one is absent.
pub(crate) fn secret<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Secret>, D::Error> {
    Ok(text(deserializer)?.filter(|text| !text.is_empty()).map(Secret::new))
}

/// A word of the bank's, whether it is known or not.
pub(crate) fn word<'de, D, W>(deserializer: D) -> Result<Option<W>, D::Error>
where
    D: Deserializer<'de>,
    W: for<'a> From<&'a str>,
{
    Ok(text(deserializer)?.filter(|word| !word.is_empty()).map(|word| W::from(&word)))
}

/// A list of the bank's words; what is no text in it is left out.
pub(crate) fn words<'de, D, W>(deserializer: D) -> Result<Vec<W>, D::Error>
where
    D: Deserializer<'de>,
    W: for<'a> From<&'a str>,
{
    Ok(list(deserializer)?.iter().filter_map(Value::as_str).map(W::from).collect())
}

/// A list of anything; what is no list is an empty one.
pub(crate) fn list<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<Value>, D::Error> {
    Ok(match Value::deserialize(deserializer)? {
        Value::Array(values) => values,
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) | Value::Object(_) => Vec::new(),
    })
}

/// A whole number, also when it is written as text.
pub(crate) fn integer<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<i64>, D::Error> {
    match Value::deserialize(deserializer)? {
        Value::Null => Ok(None),
        Value::Number(number) => number.as_i64().map(Some).ok_or_else(not_whole),
        Value::String(text) => text.trim().parse().map(Some).map_err(|_| not_whole()),
        Value::Bool(_) | Value::Array(_) | Value::Object(_) => Err(not_whole()),
    }
}

/// A sum in minor units that must be there.
pub(crate) fn minor<'de, D: Deserializer<'de>>(deserializer: D) -> Result<i64, D::Error> {
    integer(deserializer)?.ok_or_else(not_whole)
}

/// A flag, also when it is written as text; absent means no.
pub(crate) fn flag<'de, D: Deserializer<'de>>(deserializer: D) -> Result<bool, D::Error> {
    Ok(match Value::deserialize(deserializer)? {
        Value::Bool(flag) => flag,
        Value::String(text) => text.eq_ignore_ascii_case("true"),
        Value::Null | Value::Number(_) | Value::Array(_) | Value::Object(_) => false,
    })
}

/// A time; one in an unknown form is absent.
pub(crate) fn time<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<BankTime>, D::Error> {
    let Some(text) = text(deserializer)? else { return Ok(None) };
    if text.is_empty() {
        return Ok(None);
    }
    let time =
        text.parse().inspect_err(|_| tracing::warn!(form = text, "the bank sent a time in an unknown form"));
    Ok(time.ok())
}

/// A list or an object of its own; `null` is the same as absent.
pub(crate) fn or_default<'de, D, T>(deserializer: D) -> Result<T, D::Error>
where
    D: Deserializer<'de>,
    T: Deserialize<'de> + Default,
{
    Ok(Option::<T>::deserialize(deserializer)?.unwrap_or_default())
}

/// An object in which older names are replaced by today's. Where the bank sends both, today's name wins: an alias of
/// serde would refuse such an answer.
pub(crate) fn renamed<'de, D: Deserializer<'de>>(
    deserializer: D,
    names: &[(&str, &str)],
) -> Result<Value, D::Error> {
    let mut fields = Map::deserialize(deserializer)?;
    for (older, name) in names {
        let Some(value) = fields.remove(*older) else { continue };
        let field = fields.entry(*name).or_insert(Value::Null);
        if field.is_null() {
            *field = value;
        }
    }
    Ok(Value::Object(fields))
}

fn not_whole<E: de::Error>() -> E {
    E::custom("expected a whole number of minor units")
}
