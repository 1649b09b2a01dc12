//! Amounts, counts and dates as people write them, by the browser's `Intl`. Amounts go in as decimal text: no float is
//! made of them here.

use std::cell::RefCell;
use std::collections::HashMap;

use js_sys::{Array, Date, Function, Object, Reflect};
use money::Amount;
use wasm_bindgen::{JsCast, JsValue};

use super::window;
use crate::text::Language;

thread_local! {
    /// Formatters are costly to make; a page has some ten different ones.
    static MADE: RefCell<HashMap<String, Function>> = RefCell::default();
}

/// How a moment is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Moment {
    /// `22 Nov 2026`.
    Day,
    /// `22 Nov 2026, 12:01`.
    Minute,
    /// The same with seconds.
    Second,
    /// `12:01`.
    Clock,
}

/// An amount with its currency's sign.
pub fn amount(amount: Amount, language: Language) -> String {
    let code = amount.currency().code();
    let options = [("style", "currency"), ("currency", code), ("currencyDisplay", "narrowSymbol")];
    let plain = amount.decimal();
    format("NumberFormat", language, &options, &plain.as_str().into())
        .unwrap_or_else(|| [&plain, "\u{a0}", code].concat())
}

/// A whole number.
pub fn count(number: u64, language: Language) -> String {
    let plain = number.to_string();
    format("NumberFormat", language, &[], &plain.as_str().into()).unwrap_or(plain)
}

/// Per mille as per cent, with one decimal.
pub fn per_mille(share: u32, language: Language) -> String {
    let plain = format!("{}.{}", share / 10, share % 10);
    let options = [("style", "unit"), ("unit", "percent"), ("maximumFractionDigits", "1")];
    format("NumberFormat", language, &options, &plain.as_str().into())
        .unwrap_or_else(|| [&plain, "%"].concat())
}

/// A moment given as RFC 3339, in this browser's time zone.
pub fn moment(rfc3339: &str, how: Moment, language: Language) -> String {
    let date = Date::new(&rfc3339.into());
    if date.get_time().is_nan() {
        return rfc3339.to_owned();
    }
    let clock = [("hour", "2-digit"), ("minute", "2-digit")];
    let day = match language {
        Language::Ukrainian => [("day", "2-digit"), ("month", "2-digit"), ("year", "numeric")],
        Language::English => [("day", "numeric"), ("month", "short"), ("year", "numeric")],
    };
    let options: Vec<(&str, &str)> = match how {
        Moment::Day => day.to_vec(),
        Moment::Minute => [day.as_slice(), &clock].concat(),
        Moment::Second => [day.as_slice(), &clock, &[("second", "2-digit")]].concat(),
        Moment::Clock => clock.to_vec(),
    };
    format("DateTimeFormat", language, &options, &date).unwrap_or_else(|| rfc3339.to_owned())
}

/// A calendar day `YYYY-MM-DD`, the same day everywhere.
pub fn day(day: &str, language: Language) -> String {
    let date = Date::new(&[day, "T00:00:00Z"].concat().into());
    if date.get_time().is_nan() {
        return day.to_owned();
    }
    let options = [("day", "numeric"), ("month", "short"), ("timeZone", "UTC")];
    format("DateTimeFormat", language, &options, &date).unwrap_or_else(|| day.to_owned())
}

fn format(kind: &str, language: Language, options: &[(&str, &str)], value: &JsValue) -> Option<String> {
    let key =
        [kind, language.tag()].into_iter().chain(options.iter().map(|(_, value)| *value)).collect::<Vec<_>>();
    let key = key.join("|");
    let function = MADE.with_borrow(|made| made.get(&key).cloned()).or_else(|| {
        let function = make(kind, language.locale(), options)?;
        MADE.with_borrow_mut(|made| made.insert(key, function.clone()));
        Some(function)
    })?;
    function.call1(&JsValue::UNDEFINED, value).ok()?.as_string()
}

fn make(kind: &str, locale: &str, options: &[(&str, &str)]) -> Option<Function> {
    let wanted = Object::new();
    for (option, value) in options {
        Reflect::set(&wanted, &(*option).into(), &(*value).into()).ok()?;
    }
    let intl = Reflect::get(&window(), &"Intl".into()).ok()?;
    let constructor: Function = Reflect::get(&intl, &kind.into()).ok()?.dyn_into().ok()?;
    let format = Reflect::construct(&constructor, &Array::of2(&locale.into(), &wanted)).ok()?;
    Reflect::get(&format, &"format".into()).ok()?.dyn_into().ok()
}
