//! The bank's field names stay where the bank's API is spoken; everything else uses our own words.

use super::sources::{Source, Sources, has_word};
use super::{Finding, Rule};

const WORDS: [&str; 12] = [
    "hppOrderId",
    "hpp_order_id",
    "ecomOrderId",
    "ecom_order_id",
    "coinAmount",
    "coin_amount",
    "orderStatus",
    "order_status",
    "sourceAmount",
    "source_amount",
    "originalOperationId",
    "original_operation_id",
];

/// The client, the stand-in, the backend's adapter between the two vocabularies, and the names that staff read.
const SPEAKS_TO_THE_BANK: [&str; 6] = [
    "crates/alliancepay/",
    "crates/sandbox-bank/",
    "crates/merchant-backend/src/provider/",
    "crates/merchant-backend/src/provider.rs",
    "crates/merchant-console/src/text/order.rs",
    // `order_status` is WooCommerce's own name of a column there.
    "plugins/woocommerce/src/Admin/OrderColumn.php",
];

/// They hold the product against the sandbox's truth, in its words.
const COMPARES_WITH_THE_BANK: [&str; 3] = ["tests/", "crates/chaos/", "crates/benchmarks/"];

pub(super) const RULE: Rule = Rule {
    name: "bank words",
    reason: "a change in the bank's API must end at the adapter; see the glossary for our words",
    find,
};

fn find(sources: &Sources) -> Vec<Finding> {
    let mut findings = Vec::new();
    for file in sources.files().filter(|file| is_checked(file)) {
        for (number, line) in file.lines() {
            for word in WORDS.iter().filter(|word| has_word(line, word)) {
                findings.push(Finding::new(&file.path, number, format!("`{word}` is the bank's word")));
            }
        }
    }
    findings
}

fn is_checked(file: &Source) -> bool {
    let quotes = file.path.contains("/tests/")
        || COMPARES_WITH_THE_BANK.iter().any(|place| file.path.starts_with(place));
    file.has_ending(&["rs", "js", "mjs", "html", "php", "sql", "ts"])
        && !file.is_a_rule()
        && !quotes
        && !SPEAKS_TO_THE_BANK.iter().any(|place| file.path.starts_with(place))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bank_word_outside_the_adapter_is_caught() {
        let text = "let x = answer.hpp_order_id;";
        assert_eq!(find(&Sources::of(&[("crates/alliancepay/src/order.rs", text)])), []);
        assert_eq!(find(&Sources::of(&[("crates/merchant-backend/src/payments/session.rs", text)])).len(), 1);
    }
}
