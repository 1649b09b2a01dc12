//! No floating point in the crates that handle money: 0.1 + 0.2 is not 0.3 there.

use super::sources::{Sources, has_word};
use super::{Finding, Rule};

const MONEY: [&str; 7] = [
    "crates/money/",
    "crates/checkout-api/",
    "crates/checkout-core/",
    "crates/alliancepay/",
    "crates/merchant-backend/",
    "crates/sandbox-bank/",
    "crates/demo-shop/",
];

pub(super) const RULE: Rule =
    Rule { name: "floats", reason: "amounts are integer minor units, from the wire to the database", find };

fn find(sources: &Sources) -> Vec<Finding> {
    let mut findings = Vec::new();
    for file in sources.files().filter(|file| file.has_ending(&["rs"])) {
        let is_shipped = file.path.contains("/src/");
        if !is_shipped || !MONEY.iter().any(|place| file.path.starts_with(place)) {
            continue;
        }
        // Tests feed floats to prove that they are refused.
        let shipped = file.lines().take_while(|(_, line)| !line.trim_start().starts_with("#[cfg(test)]"));
        for (number, line) in shipped {
            let code = line.split("//").next().unwrap_or_default();
            for word in ["f32", "f64"].iter().filter(|word| has_word(code, word)) {
                findings.push(Finding::new(&file.path, number, format!("{word} near money")));
            }
        }
    }
    findings
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_float_near_money_is_caught() {
        assert_eq!(
            find(&Sources::of(&[("crates/money/src/amount.rs", "fn hryvnias(&self) -> f64 {")])).len(),
            1
        );
        assert_eq!(find(&Sources::of(&[("crates/money/src/amount.rs", "// never an f64")])), []);
        let tested = "#[cfg(test)]\nmod tests { fn floats() -> f64 {} }";
        assert_eq!(find(&Sources::of(&[("crates/money/src/amount.rs", tested)])), []);
        assert_eq!(find(&Sources::of(&[("xtask/src/size.rs", "let ratio: f64 = 1.0;")])), []);
    }
}
