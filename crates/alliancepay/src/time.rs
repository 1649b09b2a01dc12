//! The bank's four ways to write a time. A time without a zone is Kyiv time.
//!
//! | form | where |
//! |---|---|
//! | `2025-02-27 12:12:34.0430 +0000` | `tokenExpirationDateTime` of an authorize answer |
//! | `2025-11-12 15:01:54.50+02:00` | orders, refunds, `tokenExpiration` (three digits) |
//! | `2026.07.09 13:04:31.495` | operations, older notifications; no zone |
//! | `2024.10.23 11:56` | `transactionCreateDateTime` of older operations; no zone, no seconds |

use std::fmt;
use std::str::FromStr;
use std::sync::LazyLock;

use jiff::Timestamp;
use jiff::civil::DateTime;
use jiff::tz::{Offset, TimeZone, TimeZoneDatabase};
use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

static KYIV: LazyLock<Option<TimeZone>> =
    LazyLock::new(|| TimeZoneDatabase::bundled().get("Europe/Kyiv").ok());

/// A moment the bank named, read from any of its four forms.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct BankTime(Timestamp);

/// The text is in none of the bank's forms, or names no possible moment.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is not a time in any form the bank writes")]
pub struct BankTimeError(String);

impl BankTime {
    /// The moment as the bank would name it.
    pub const fn new(at: Timestamp) -> Self {
        Self(at)
    }

    /// The moment itself.
    pub const fn timestamp(self) -> Timestamp {
        self.0
    }

    /// Milliseconds since 1970, UTC: what a database keeps.
    pub fn as_millisecond(self) -> i64 {
        self.0.as_millisecond()
    }
}

impl From<Timestamp> for BankTime {
    fn from(at: Timestamp) -> Self {
        Self(at)
    }
}

/// The form requests use: Kyiv time, two fraction digits (AlliancePay docs: refund page).
impl fmt::Display for BankTime {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let zoned = self.0.to_zoned(KYIV.clone().unwrap_or(TimeZone::UTC));
        write!(f, "{}", zoned.strftime("%Y-%m-%d %H:%M:%S%.2f%:z"))
    }
}

impl FromStr for BankTime {
    type Err = BankTimeError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        read(text.trim()).map(Self).ok_or_else(|| BankTimeError(text.to_owned()))
    }
}

impl Serialize for BankTime {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for BankTime {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(de::Error::custom)
    }
}

fn read(text: &str) -> Option<Timestamp> {
    let (date, rest) = text.split_once([' ', 'T'])?;
    let mut date = date.split(['-', '.']);
    let (year, month, day) = (digits(date.next()?, 4)?, digits(date.next()?, 2)?, digits(date.next()?, 2)?);
    if date.next().is_some() {
        return None;
    }
    let (clock, offset) = match rest.find(['+', '-', 'Z']) {
        Some(at) => (rest[..at].trim_end(), Some(read_offset(&rest[at..])?)),
        None => (rest, None),
    };
    let (clock, nanos) = match clock.split_once('.') {
        Some((clock, fraction)) => (clock, read_fraction(fraction)?),
        None => (clock, 0),
    };
    let mut clock = clock.split(':');
    let (hour, minute) = (digits(clock.next()?, 2)?, digits(clock.next()?, 2)?);
    let second = clock.next().map_or(Some(0), |second| digits(second, 2))?;
    if clock.next().is_some() {
        return None;
    }
    let small = |number: i32| i8::try_from(number).ok();
    let civil = DateTime::new(
        i16::try_from(year).ok()?,
        small(month)?,
        small(day)?,
        small(hour)?,
        small(minute)?,
        small(second)?,
        nanos,
    )
    .ok()?;
    match offset {
        Some(offset) => offset.to_timestamp(civil).ok(),
        None => KYIV.as_ref()?.to_ambiguous_timestamp(civil).compatible().ok(),
    }
}

fn digits(text: &str, count: usize) -> Option<i32> {
    (text.len() == count && text.bytes().all(|byte| byte.is_ascii_digit())).then(|| text.parse().ok())?
}

/// Nanoseconds of a fraction. Four digits with a leading zero are milliseconds padded to four: the docs give
/// `.0430` and `.430` for the same instant.
fn read_fraction(text: &str) -> Option<i32> {
    if text.is_empty() || text.len() > 9 || !text.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let text = if text.len() == 4 { text.strip_prefix('0').unwrap_or(text) } else { text };
    format!("{text:0<9}").parse().ok()
}

fn read_offset(text: &str) -> Option<Offset> {
    if text == "Z" {
        return Some(Offset::UTC);
    }
    let sign = if text.starts_with('-') { -1 } else { 1 };
    let plain = text.get(1..)?.replacen(':', "", 1);
    let hhmm = digits(&plain, 4)?;
    let (hours, minutes) = (hhmm / 100, hhmm % 100);
    (minutes < 60).then(|| Offset::from_seconds(sign * (hours * 3600 + minutes * 60)).ok())?
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn utc(text: &str) -> String {
        text.parse::<BankTime>().unwrap().timestamp().to_string()
    }

    #[test]
    fn the_four_forms_of_the_docs_are_read() {
        assert_eq!(utc("2025-02-27 12:12:34.0430 +0000"), "2025-02-27T12:12:34.43Z");
        assert_eq!(utc("2025-02-27 14:12:34.430+02:00"), "2025-02-27T12:12:34.43Z");
        assert_eq!(utc("2025-11-12 15:01:54.50+02:00"), "2025-11-12T13:01:54.5Z");
        assert_eq!(utc("2026.07.09 13:04:31.495"), "2026-07-09T10:04:31.495Z");
        assert_eq!(utc("2024.10.23 11:56"), "2024-10-23T08:56:00Z");
    }

    #[test]
    fn kyiv_changes_its_clocks() {
        assert_eq!(utc("2026.01.15 12:00:00.00"), "2026-01-15T10:00:00Z");
        assert_eq!(utc("2026.07.15 12:00:00.00"), "2026-07-15T09:00:00Z");
        // 03:30 does not exist on the day summer time begins, and exists twice on the day it ends.
        assert_eq!(utc("2026.03.29 03:30:00.00"), "2026-03-29T01:30:00Z");
        assert_eq!(utc("2026.10.25 03:30:00.00"), "2026-10-25T00:30:00Z");
    }

    #[test]
    fn other_texts_are_refused() {
        for wrong in [
            "",
            "2026",
            "2026-07-09",
            "2026-13-01 00:00",
            "2026-02-30 00:00",
            "2026-07-09 24:00",
            "26.07.09 13:04",
            "2026-07-09 13:04:31.",
            "2026-07-09 13:04:31+3",
            "2026-07-09 13:04:31+03:60",
            "2026-07-09 13:04:31 Kyiv",
            "٢٠٢٦-07-09 13:04",
        ] {
            assert!(wrong.parse::<BankTime>().is_err(), "{wrong}");
        }
    }

    proptest! {
        /// From 1970 to 2100, to the hundredth second the request form keeps.
        #[test]
        fn what_we_write_we_read(hundredths in 0_i64..410_000_000_000) {
            let time = BankTime::new(Timestamp::from_millisecond(hundredths * 10).unwrap());
            prop_assert_eq!(time.to_string().parse::<BankTime>().unwrap(), time);
        }

        #[test]
        fn every_form_names_the_same_moment(millis in 0_i64..4_100_000_000_000) {
            let at = Timestamp::from_millisecond(millis).unwrap();
            let kyiv = at.to_zoned(KYIV.clone().unwrap());
            let token = at.to_zoned(TimeZone::UTC).strftime("%Y-%m-%d %H:%M:%S.0%3f +0000").to_string();
            prop_assert_eq!(token.parse::<BankTime>().unwrap().timestamp(), at);
            let order = kyiv.strftime("%Y-%m-%d %H:%M:%S.%3f%:z").to_string();
            prop_assert_eq!(order.parse::<BankTime>().unwrap().timestamp(), at);
            let operation = kyiv.strftime("%Y.%m.%d %H:%M:%S.%3f").to_string();
            let read = operation.parse::<BankTime>().unwrap().timestamp();
            // In the hour that happens twice a time without a zone names the first of the two.
            prop_assert!(read == at || (at.as_millisecond() - read.as_millisecond()) == 3_600_000);
        }

        #[test]
        fn no_text_panics(text in "\\PC{0,32}") {
            let _ = text.parse::<BankTime>();
        }

        #[test]
        fn no_almost_time_panics(text in "[0-9.: +TZ-]{0,32}") {
            let _ = text.parse::<BankTime>();
        }
    }
}
