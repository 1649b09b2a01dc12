//! What the list of orders is narrowed by: as it stands in the address, and as the backend is asked.
//!
//! Amounts are kept as they were typed and become minor units only for the backend.

use money::{Amount, Currency};

use crate::percent::{decode, encode};
use crate::sum::typed;

/// The filters and the order of the list. Empty means: not filtered by it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Filters {
    /// States, as on the wire.
    pub states: Vec<String>,
    /// `any` or one anomaly.
    pub anomaly: String,
    /// First day, `YYYY-MM-DD`, the staff's own calendar.
    pub from: String,
    /// Last day, included.
    pub to: String,
    /// The currency of the sums, by its letters.
    pub currency: String,
    /// Least amount, as typed.
    pub min_amount: String,
    /// Largest amount, as typed.
    pub max_amount: String,
    /// How the order number begins.
    pub number: String,
    /// Free text.
    pub text: String,
    /// `created`, `amount`, `state`, `number`.
    pub sort: String,
    /// `asc` or `desc`.
    pub dir: String,
}

impl Filters {
    /// Reads them from the address.
    pub fn parse(query: &str) -> Self {
        let mut filters = Self::default();
        for (name, value) in query.split('&').filter_map(|pair| pair.split_once('=')) {
            let value = decode(value);
            if let Some(place) = filters.place(name) {
                *place = value;
            } else if name == "state" {
                filters.states.push(value);
            }
        }
        filters.of_one_currency()
    }

    /// The same with the currency that its sums are in: 200 of one is not 200 of another.
    #[must_use]
    pub fn of_one_currency(mut self) -> Self {
        if self.currency.is_empty() && self.has_sums() {
            Currency::Uah.code().clone_into(&mut self.currency);
        }
        self
    }

    const fn has_sums(&self) -> bool {
        !self.min_amount.is_empty() || !self.max_amount.is_empty()
    }

    /// Writes them for the address.
    pub fn query(&self) -> String {
        let states = self.states.iter().map(|state| ("state", state.as_str()));
        let others = [
            ("anomaly", &self.anomaly),
            ("from", &self.from),
            ("to", &self.to),
            ("currency", &self.currency),
            ("min", &self.min_amount),
            ("max", &self.max_amount),
            ("number", &self.number),
            ("text", &self.text),
            ("sort", &self.sort),
            ("dir", &self.dir),
        ];
        join(states.chain(others.into_iter().map(|(name, value)| (name, value.as_str()))))
    }

    /// Writes them for the backend. `moment` turns a day into the instant it begins, or ends, where staff are.
    pub fn for_backend(&self, moment: impl Fn(&str, Edge) -> String) -> String {
        let currency = self.currency.parse().unwrap_or(Currency::Uah);
        let minor = |text: &str| {
            typed(text, currency).map(|amount| Amount::minor(amount).to_string()).unwrap_or_default()
        };
        let day = |text: &str, edge| if text.is_empty() { String::new() } else { moment(text, edge) };
        let others = [
            ("anomaly", self.anomaly.clone()),
            ("from", day(&self.from, Edge::Begins)),
            ("to", day(&self.to, Edge::Ends)),
            ("currency", self.currency.clone()),
            ("minAmount", minor(&self.min_amount)),
            ("maxAmount", minor(&self.max_amount)),
            ("number", self.number.clone()),
            ("text", if searches(&self.text) { self.text.clone() } else { String::new() }),
            ("sort", self.sort.clone()),
            ("dir", self.dir.clone()),
        ];
        let states = self.states.iter().map(|state| ("state", state.as_str()));
        join(states.chain(others.iter().map(|(name, value)| (*name, value.as_str()))))
    }

    /// How many filters are set; the order of the list is none.
    pub fn count(&self) -> usize {
        let singles = [
            &self.anomaly,
            &self.from,
            &self.to,
            &self.min_amount,
            &self.max_amount,
            &self.number,
            &self.text,
        ];
        // Beside sums the currency only says what they are in.
        let by_currency = !self.currency.is_empty() && !self.has_sums();
        usize::from(!self.states.is_empty())
            + usize::from(by_currency)
            + singles.into_iter().filter(|text| !text.is_empty()).count()
    }

    /// Whether the newest order stands first, so that a new one belongs on top.
    pub fn is_newest_first(&self) -> bool {
        (self.sort.is_empty() || self.sort == "created") && self.dir != "asc"
    }

    fn place(&mut self, name: &str) -> Option<&mut String> {
        match name {
            "anomaly" => Some(&mut self.anomaly),
            "from" => Some(&mut self.from),
            "to" => Some(&mut self.to),
            "currency" => Some(&mut self.currency),
            "min" => Some(&mut self.min_amount),
            "max" => Some(&mut self.max_amount),
            "number" => Some(&mut self.number),
            "text" => Some(&mut self.text),
            "sort" => Some(&mut self.sort),
            "dir" => Some(&mut self.dir),
            _ => None,
        }
    }
}

/// Whether a text has anything to search for. What has not is left out, as an unreadable sum is.
pub fn searches(text: &str) -> bool {
    text.chars().any(char::is_alphanumeric)
}

/// Which edge of a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Edge {
    /// Its first instant.
    Begins,
    /// Its last instant.
    Ends,
}

fn join<'a>(pairs: impl Iterator<Item = (&'a str, &'a str)>) -> String {
    let written: Vec<String> = pairs
        .filter(|(_, value)| !value.is_empty())
        .map(|(name, value)| [name, "=", &encode(value)].concat())
        .collect();
    written.join("&")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_backend_is_asked_in_minor_units_and_instants() {
        let filters = Filters {
            states: vec!["CAPTURED".to_owned(), "PAID".to_owned()],
            from: "2026-11-01".to_owned(),
            min_amount: "129,05".to_owned(),
            ..Filters::default()
        };
        let query = filters.for_backend(|day, edge| format!("{day}-{edge:?}"));
        assert_eq!(query, "state=CAPTURED&state=PAID&from=2026-11-01-Begins&minAmount=12905");
        assert_eq!(filters.count(), 3);
    }

    #[test]
    fn sums_are_always_of_one_currency_and_it_is_no_filter_of_its_own_beside_them() {
        let filters = Filters::parse("min=200&max=210");
        assert_eq!((filters.currency.as_str(), filters.count()), ("UAH", 2));
        let euro = Filters::parse("min=200&currency=EUR");
        assert_eq!((euro.currency.as_str(), euro.count()), ("EUR", 1));
        assert_eq!(euro.for_backend(|day, _| day.to_owned()), "currency=EUR&minAmount=20000");
        assert_eq!(Filters::parse("currency=EUR").count(), 1);
        assert_eq!(Filters::parse("number=A").currency, "");
    }

    #[test]
    fn a_text_without_a_letter_or_digit_is_not_asked_for() {
        let query = |text: &str| {
            Filters { text: text.to_owned(), ..Filters::default() }.for_backend(|day, _| day.to_owned())
        };
        assert_eq!(query("(* ^"), "");
        assert_eq!(query("чай*"), "text=%D1%87%D0%B0%D0%B9%2A");
    }

    #[test]
    fn a_new_order_belongs_on_top_only_of_the_newest() {
        assert!(Filters::default().is_newest_first());
        assert!(!Filters { sort: "amount".to_owned(), ..Filters::default() }.is_newest_first());
        assert!(!Filters { dir: "asc".to_owned(), ..Filters::default() }.is_newest_first());
    }
}
