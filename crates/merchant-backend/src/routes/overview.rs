//! `GET /v1/overview`: one day of the shop in numbers, in the shop's own time zone.

use std::collections::BTreeMap;

use axum::Json;
use axum::extract::rejection::QueryRejection;
use axum::extract::{Query, State};
use checkout_api::OrderRef;
use console_api::{AnomalyCount, Decline, Delay, Hour, Overview, Unresolved};
use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};
use money::Amount;
use serde::Deserialize;
use utoipa::IntoParams;

use super::App;
use super::orders::parsed;
use crate::access::Actor;
use crate::error::ApiError;
use crate::payments::state::State as PaymentState;
use crate::sessions::rfc3339;
use crate::store::orders_list::DayNumbers;

const ZONE: &str = "Europe/Kyiv";

/// The query; empty values count as absent.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[serde(default)]
#[into_params(parameter_in = Query)]
pub(super) struct DayQuery {
    /// The day: `2026-11-22`; absent: today
    #[param(required = false, example = "2026-11-22")]
    day: String,
    /// The time zone of the day
    #[param(required = false, example = "Europe/Kyiv")]
    zone: String,
}

/// A day in numbers
///
/// What was captured by hour, how many attempts succeeded, why others did not, what waits, and what needs a person.
#[utoipa::path(
    get,
    path = "/v1/overview",
    tag = "Orders",
    params(DayQuery),
    responses((status = 200, description = "The day", body = Overview)),
    security(("shopKey" = []), ("console" = [])),
)]
pub(super) async fn day(
    State(app): State<App>,
    actor: Actor,
    query: Result<Query<DayQuery>, QueryRejection>,
) -> Result<Json<Overview>, ApiError> {
    actor.read_all()?;
    let Query(query) = query.map_err(|error| ApiError::invalid(error.body_text()))?;
    let name = if query.zone.is_empty() { ZONE } else { &query.zone };
    let zone = TimeZone::get(name)
        .map_err(|_| ApiError::invalid(format!("`zone` cannot be `{name}`: name one such as `{ZONE}`.")))?;
    let day: Date =
        parsed("day", &query.day)?.unwrap_or_else(|| Timestamp::now().to_zoned(zone.clone()).date());
    let begins = |day: Date| Ok::<_, jiff::Error>(day.to_zoned(zone.clone())?.timestamp());
    let outside = |_| ApiError::invalid(format!("`day` cannot be `{day}`."));
    let from = begins(day).map_err(outside)?;
    let to = day.tomorrow().and_then(begins).map_err(outside)?;
    let numbers = app.store.day_numbers(from, to).await?;
    Ok(Json(overview(day, name, from, to, numbers)))
}

fn overview(day: Date, zone: &str, from: Timestamp, to: Timestamp, numbers: DayNumbers) -> Overview {
    let ended = |state: PaymentState| match state {
        PaymentState::Created | PaymentState::Redirected => false,
        PaymentState::Captured
        | PaymentState::Paid
        | PaymentState::PartiallyRefunded
        | PaymentState::Refunded
        | PaymentState::Rejected
        | PaymentState::Cancelled => true,
    };
    let count = |counts: &dyn Fn(PaymentState) -> bool| {
        numbers.attempts.iter().filter(|(state, ..)| counts(*state)).map(|(.., count)| count).sum::<u64>()
    };
    let attempts_ended = count(&ended);
    let attempts_succeeded = count(&|state: PaymentState| state.money_arrived());
    let success_per_mille = (attempts_succeeded * 1000 + attempts_ended / 2)
        .checked_div(attempts_ended)
        .and_then(|per_mille| u32::try_from(per_mille).ok());
    let captured: Vec<Amount> = numbers.captured.iter().map(|(_, amount, _)| *amount).collect();
    Overview {
        day: day.to_string(),
        zone: zone.to_owned(),
        captured_count: numbers.captured.iter().map(|(.., count)| count).sum(),
        captured: summed(captured),
        refunded: summed(numbers.refunded.clone()),
        hours: hours(from, to, &numbers),
        attempts_ended,
        attempts_succeeded,
        success_per_mille,
        declines: declines(&numbers),
        waiting: numbers.waiting,
        oldest_unresolved: numbers.oldest_unresolved.map(|(order, state, since)| Unresolved {
            order: OrderRef::new(order),
            state: state.into(),
            since: rfc3339(since),
        }),
        anomalies: numbers
            .anomalies
            .into_iter()
            .map(|(anomaly, count)| AnomalyCount { anomaly: anomaly.into(), count })
            .collect(),
        notification_delay: delay(&numbers.notification_delays),
    }
}

/// Every hour of the day: 23 to 25 of them.
fn hours(from: Timestamp, to: Timestamp, numbers: &DayNumbers) -> Vec<Hour> {
    let mut hours = Vec::new();
    let mut begins = from;
    while begins < to {
        let index = i64::try_from(hours.len()).unwrap_or(i64::MAX);
        let here = numbers.captured.iter().filter(|(hour, ..)| *hour == index);
        hours.push(Hour {
            from: rfc3339(begins),
            captured_count: here.clone().map(|(.., count)| count).sum(),
            captured: here.map(|(_, amount, _)| *amount).collect(),
        });
        begins = begins.checked_add(SignedDuration::from_hours(1)).unwrap_or(to);
    }
    hours
}

fn declines(numbers: &DayNumbers) -> Vec<Decline> {
    let mut declines: Vec<Decline> = numbers
        .attempts
        .iter()
        .filter(|(state, ..)| *state == PaymentState::Rejected)
        .map(|(_, reason, count)| Decline { reason: reason.clone(), count: *count })
        .collect();
    declines.sort_by(|left, right| right.count.cmp(&left.count).then(left.reason.cmp(&right.reason)));
    declines
}

/// One sum by currency, in the order of their codes.
fn summed(amounts: Vec<Amount>) -> Vec<Amount> {
    let mut sums: BTreeMap<&str, Amount> = BTreeMap::new();
    for amount in amounts {
        let sum = sums.entry(amount.currency().code()).or_insert(Amount::zero(amount.currency()));
        let minor = sum.minor().saturating_add(amount.minor());
        *sum = Amount::new(minor, amount.currency()).unwrap_or(*sum);
    }
    sums.into_values().collect()
}

/// Of times sorted, the shortest first.
fn delay(sorted: &[i64]) -> Option<Delay> {
    let at = |percent: usize| {
        // The smallest that so many of a hundred do not exceed.
        let rank = (sorted.len() * percent).div_ceil(100).max(1);
        sorted.get(rank - 1).and_then(|ms| u64::try_from(*ms).ok())
    };
    Some(Delay { p50_ms: at(50)?, p95_ms: at(95)?, count: u64::try_from(sorted.len()).ok()? })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn percentiles_are_those_that_so_many_do_not_exceed() {
        let hundred: Vec<i64> = (1..=100).collect();
        assert_eq!(delay(&hundred), Some(Delay { p50_ms: 50, p95_ms: 95, count: 100 }));
        assert_eq!(delay(&[7]), Some(Delay { p50_ms: 7, p95_ms: 7, count: 1 }));
        assert_eq!(delay(&[]), None);
    }

    #[test]
    fn a_day_of_the_time_change_has_25_hours() {
        let zone = TimeZone::get(ZONE).unwrap();
        let begins = |day: &str| day.parse::<Date>().unwrap().to_zoned(zone.clone()).unwrap().timestamp();
        let hours = hours(begins("2026-10-25"), begins("2026-10-26"), &DayNumbers::default());
        assert_eq!(hours.len(), 25);
        assert_eq!(hours[0].from, "2026-10-24T21:00:00Z");
    }
}
