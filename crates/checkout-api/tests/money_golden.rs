//! Sums as shops write them and as the wire carries them. The WooCommerce plugin's `Money` is held to the same file.

use money::{Amount, Currency};
use serde::Deserialize;

#[derive(Deserialize)]
struct Decimal {
    /// Read and written the same.
    sums: Vec<Sum>,
    /// Only read: written they have all their digits.
    shorter: Vec<Sum>,
    /// Not rounded, not guessed.
    refused: Vec<String>,
}

#[derive(Deserialize)]
struct Sum {
    text: String,
    minor: i64,
}

#[test]
fn sums_are_read_and_written_to_the_kopeck_and_what_would_have_to_be_rounded_is_refused() {
    let golden: Decimal = serde_json::from_str(include_str!("golden/money/decimal.json")).unwrap();
    for currency in Currency::ALL {
        for Sum { text, minor } in &golden.sums {
            assert_eq!(Amount::new(*minor, currency).unwrap().decimal(), *text);
        }
        for Sum { text, minor } in golden.sums.iter().chain(&golden.shorter) {
            let read = Amount::parse_decimal(text, currency);
            assert_eq!(read.map(Amount::minor), Ok(*minor), "{text}");
        }
        for text in &golden.refused {
            assert!(Amount::parse_decimal(text, currency).is_err(), "{text}");
        }
    }
}
