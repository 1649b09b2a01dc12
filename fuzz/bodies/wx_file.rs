//! Worldline's settlement file, packed or not: any bytes.

use std::io::BufReader;

use merchant_backend::provider::alipayplus::wx::WxRows;
use merchant_backend::settlement::{Entry, SettlementRow};

/// No row is ever larger.
const LARGEST: i64 = 1_000_000_000_000;

/// Every row is told, in order and once, however the file arrives; no sum is out of bounds, and nothing a database or
/// a log could choke on is kept. A file that is torn ends with its error.
pub(crate) fn run(data: &[u8]) {
    let (entries, torn) = read(WxRows::new(data));
    let mut ends_at = 0;
    for (entry, number) in entries.iter().zip(1_u64..) {
        assert_eq!(entry.number, number, "numbered without a gap");
        assert!(
            entry.ends_at >= ends_at && entry.ends_at <= data.len() as u64,
            "inside the file, in its order"
        );
        ends_at = entry.ends_at;
        match &entry.row {
            Ok(row) => check(row),
            Err(malformed) => {
                assert!(!malformed.reason.is_empty());
                check_raw(&malformed.raw);
            }
        }
    }
    let (again, torn_again) = read(WxRows::new(BufReader::with_capacity(3, data)));
    let prints = |entries: &[Entry]| entries.iter().map(Entry::fingerprint).collect::<Vec<_>>();
    assert_eq!((prints(&again), torn_again), (prints(&entries), torn), "however it arrives");
}

/// The rows, and whether an error ended them.
fn read<R: std::io::Read>(rows: WxRows<R>) -> (Vec<Entry>, bool) {
    let (mut entries, mut torn) = (Vec::new(), false);
    for row in rows {
        assert!(!torn, "nothing comes after the error that ends a file");
        match row {
            Ok(entry) => entries.push(entry),
            Err(error) => {
                assert!(!error.to_string().is_empty());
                torn = true;
            }
        }
    }
    (entries, torn)
}

fn check(row: &SettlementRow) {
    for sum in [row.amount_minor, row.commission_minor, row.net_minor] {
        assert!(sum.abs() <= 2 * LARGEST, "{sum}");
    }
    let ids = [&row.provider_id, &row.operation_id, &row.order_hint, &row.merchant_id, &row.mark];
    for id in ids.into_iter().flatten() {
        assert!(!id.is_empty() && id.len() <= 256 && !id.chars().any(char::is_control), "{id:?}");
    }
    assert!(!row.currency.chars().any(char::is_control));
    check_raw(&row.raw);
}

fn check_raw(raw: &str) {
    assert!(raw.chars().count() <= 2048 && !raw.chars().any(char::is_control), "{raw:?}");
}
