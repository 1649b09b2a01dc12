//! Days in the staff's own calendar, and the instants they begin and end.

use js_sys::{Date, Reflect};
use wasm_bindgen::{JsCast, JsValue};

use super::window;
use crate::filters::Edge;

/// Today as `YYYY-MM-DD`.
pub fn today() -> String {
    day_of(&Date::new_0())
}

/// The day so many days before today.
pub fn days_ago(days: u32) -> String {
    let now = Date::new_0();
    // Days below the first of a month are days of the months before, by the browser's own calendar.
    let day = i32::try_from(now.get_date()).unwrap_or(1).saturating_sub_unsigned(days);
    let month = i32::try_from(now.get_month()).unwrap_or_default();
    day_of(&Date::new_with_year_month_day(now.get_full_year(), month, day))
}

/// The instant a day begins or ends here, as RFC 3339.
pub fn moment(day: &str, edge: Edge) -> String {
    let time = match edge {
        Edge::Begins => "T00:00:00",
        Edge::Ends => "T23:59:59.999",
    };
    let date = Date::new(&[day, time].concat().into());
    if date.get_time().is_nan() { String::new() } else { String::from(date.to_iso_string()) }
}

/// The time zone of this browser, as in `Europe/Kyiv`.
pub fn zone() -> String {
    let zone = || -> Option<String> {
        let intl = Reflect::get(&window(), &"Intl".into()).ok()?;
        let format: js_sys::Function = Reflect::get(&intl, &"DateTimeFormat".into()).ok()?.dyn_into().ok()?;
        let format = format.call0(&JsValue::UNDEFINED).ok()?;
        let options: js_sys::Function =
            Reflect::get(&format, &"resolvedOptions".into()).ok()?.dyn_into().ok()?;
        Reflect::get(&options.call0(&format).ok()?, &"timeZone".into()).ok()?.as_string()
    };
    zone().unwrap_or_else(|| "Europe/Kyiv".to_owned())
}

fn day_of(date: &Date) -> String {
    let (month, day) = (date.get_month().saturating_add(1), date.get_date());
    format!("{}-{month:02}-{day:02}", date.get_full_year())
}
