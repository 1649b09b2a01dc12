//! No floating point in what is shipped or judges it: 0.1 + 0.2 is not 0.3 there. Every crate is held to it but those
//! named here.

use super::sources::{Sources, has_word};
use super::{Finding, Rule};

/// They measure times and sizes, and draw them.
const MEASURES: [&str; 2] = ["crates/benchmarks/", "xtask/"];

pub(super) const RULE: Rule =
    Rule { name: "floats", reason: "amounts are integer minor units, from the wire to the database", find };

fn find(sources: &Sources) -> Vec<Finding> {
    let mut findings = Vec::new();
    for file in sources.files().filter(|file| file.has_ending(&["rs"])) {
        let is_code = file.path.starts_with("src/") || file.path.contains("/src/");
        if !is_code || MEASURES.iter().any(|place| file.path.starts_with(place)) {
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
        for file in ["crates/money/src/amount.rs", "src/view/amount.rs", "crates/a-new-one/src/lib.rs"] {
            assert_eq!(find(&Sources::of(&[(file, "fn hryvnias(&self) -> f64 {")])).len(), 1, "{file}");
        }
        assert_eq!(find(&Sources::of(&[("crates/money/src/amount.rs", "// never an f64")])), []);
        let tested = "#[cfg(test)]\nmod tests { fn floats() -> f64 {} }";
        assert_eq!(find(&Sources::of(&[("crates/money/src/amount.rs", tested)])), []);
        assert_eq!(find(&Sources::of(&[("xtask/src/size.rs", "let ratio: f64 = 1.0;")])), []);
    }
}
