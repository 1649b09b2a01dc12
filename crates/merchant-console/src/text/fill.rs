//! Filling the marked places of a sentence.

/// Puts `value` where `{name}` stands.
pub fn fill(text: &str, name: &str, value: &str) -> String {
    text.replace(&["{", name, "}"].concat(), value)
}

/// The same for several places.
pub fn fill_all(text: &str, values: &[(&str, &str)]) -> String {
    values.iter().fold(text.to_owned(), |text, (name, value)| fill(&text, name, value))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_named_place_takes_its_own_value() {
        assert_eq!(fill_all("{sum} of {all}", &[("sum", "5"), ("all", "9")]), "5 of 9");
        assert_eq!(fill("Refund {sum}?", "sum", "₴5"), "Refund ₴5?");
    }
}
