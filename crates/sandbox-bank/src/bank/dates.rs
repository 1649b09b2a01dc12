//! The bank's date formats, oddities included. Everything is written in Kyiv time unless the name says otherwise.

use jiff::{Timestamp, Zoned, fmt::strtime, tz::TimeZone};

/// `2025-11-12 15:01:54.50+02:00`: orders, refunds, most of the rest.
pub(crate) fn dashed(time: Timestamp) -> String {
    local(time).strftime("%Y-%m-%d %H:%M:%S%.2f%:z").to_string()
}

/// `2026.07.09 13:04:31.495`: an operation's processing time, without a zone.
pub(crate) fn dotted(time: Timestamp) -> String {
    local(time).strftime("%Y.%m.%d %H:%M:%S%.3f").to_string()
}

/// `2025-02-27 12:12:34.0430 +0000`: a token's expiry in UTC. The four digits are milliseconds padded by a zero
/// (430 ms), not ten-thousandths: the bank's own sample shows the same instant as `.430` elsewhere.
pub(crate) fn token_utc(time: Timestamp) -> String {
    let utc = time.to_zoned(TimeZone::UTC);
    format!("{}.{:04} +0000", utc.strftime("%Y-%m-%d %H:%M:%S"), utc.millisecond())
}

/// `2025-02-27 14:12:34.430+02:00`: the same expiry in Kyiv time.
pub(crate) fn token_local(time: Timestamp) -> String {
    local(time).strftime("%Y-%m-%d %H:%M:%S%.3f%:z").to_string()
}

/// `12.11.2025, 15:01`: for people.
pub(crate) fn for_people(time: Timestamp) -> String {
    local(time).strftime("%d.%m.%Y, %H:%M").to_string()
}

/// Reads a refund's `date`; exactly two digits of a second's fraction, as documented.
pub(crate) fn parse_dashed(text: &str) -> Option<Timestamp> {
    let (_, tail) = text.split_once('.')?;
    let digits = tail.bytes().take_while(u8::is_ascii_digit).count();
    if digits != 2 {
        return None;
    }
    strtime::parse("%Y-%m-%d %H:%M:%S%.f%:z", text).ok()?.to_timestamp().ok()
}

fn local(time: Timestamp) -> Zoned {
    // The database is bundled, so the fallback is only for the type.
    time.in_tz("Europe/Kyiv").unwrap_or_else(|_| time.to_zoned(TimeZone::UTC))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn instant(text: &str) -> Timestamp {
        text.parse().expect("a timestamp")
    }

    #[test]
    fn dates_look_like_the_banks_samples() {
        assert_eq!(dashed(instant("2025-11-12T13:01:54.507Z")), "2025-11-12 15:01:54.50+02:00");
        assert_eq!(dotted(instant("2026-07-09T10:04:31.495Z")), "2026.07.09 13:04:31.495");
        assert_eq!(token_utc(instant("2025-02-27T12:12:34.430Z")), "2025-02-27 12:12:34.0430 +0000");
        assert_eq!(token_local(instant("2025-02-27T12:12:34.430Z")), "2025-02-27 14:12:34.430+02:00");
    }

    #[test]
    fn a_refund_date_has_two_digits_of_a_fraction() {
        assert_eq!(parse_dashed("2025-11-12 15:01:54.50+02:00"), Some(instant("2025-11-12T13:01:54.5Z")));
        assert_eq!(parse_dashed("2025-11-12 15:01:54.500+02:00"), None);
        assert_eq!(parse_dashed("2025-11-12 15:01:54+02:00"), None);
        assert_eq!(parse_dashed("yesterday"), None);
    }
}
