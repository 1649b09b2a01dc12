//! A bank's register as a file: any bytes.

use std::io::BufReader;

use merchant_backend::provider::alliancepay::register::Register;
use merchant_backend::settlement::Entry;

/// No row is ever larger.
const LARGEST: i64 = 1_000_000_000_000;

/// Every row is told, in order and once, however the file arrives; no sum is out of bounds, and nothing a database or
/// a log could choke on is kept.
pub(crate) fn run(data: &[u8]) {
    let Ok(register) = Register::open(data) else {
        assert!(Register::open(BufReader::with_capacity(1, data)).is_err(), "refused however it arrives");
        return;
    };
    let entries: Vec<Entry> = register.map(|entry| entry.expect("memory can be read")).collect();
    let (mut line, mut ends_at) = (0, 0);
    for (entry, number) in entries.iter().zip(1_u64..) {
        assert_eq!(entry.number, number, "numbered without a gap");
        assert!(entry.line > line && entry.ends_at > ends_at, "in the file's order");
        assert!(entry.ends_at <= data.len() as u64, "inside the file");
        (line, ends_at) = (entry.line, entry.ends_at);
        check(entry);
    }
    let piecemeal = Register::open(BufReader::with_capacity(3, data)).expect("it is a register all the same");
    let again: Vec<Vec<u8>> = piecemeal.map(|entry| entry.expect("readable").fingerprint()).collect();
    assert_eq!(again, entries.iter().map(Entry::fingerprint).collect::<Vec<_>>(), "however it arrives");
}

fn check(entry: &Entry) {
    let raw = match &entry.row {
        Ok(row) => {
            for sum in [row.amount_minor, row.commission_minor, row.net_minor] {
                assert!(sum.abs() <= 2 * LARGEST, "{sum}");
            }
            let ids =
                [&row.provider_id, &row.operation_id, &row.rrn, &row.order_hint, &row.merchant_id, &row.mark];
            for id in ids.into_iter().flatten() {
                assert!(!id.is_empty() && id.len() <= 128 && !id.chars().any(char::is_control), "{id:?}");
            }
            assert!(!row.currency.chars().any(char::is_control));
            &row.raw
        }
        Err(malformed) => {
            assert!(!malformed.reason.is_empty());
            &malformed.raw
        }
    };
    assert!(raw.chars().count() <= 1024 && !raw.chars().any(char::is_control), "{raw:?}");
}
