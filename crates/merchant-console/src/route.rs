//! Which page is shown, as the part of the address behind `#`: links can be shared, Back works, and the backend
//! needs to know none of it.

use crate::filters::Filters;
use crate::percent::{decode, encode};

/// A page.
#[derive(Debug, Clone, PartialEq, Eq)]
#[allow(clippy::large_enum_variant, reason = "there is one at a time")]
pub enum Route {
    /// The numbers of the day.
    Overview,
    /// The list of orders.
    Orders(Filters),
    /// One order.
    Order(String),
    /// The bank's registers; one of them.
    Settlement(Option<String>),
    /// Colleagues.
    Staff,
    /// What everyone did.
    Audit,
    /// One's own account.
    Account,
    /// No page of ours.
    Unknown,
}

impl Route {
    /// Reads what stands behind `#`.
    pub fn parse(hash: &str) -> Self {
        let hash = hash.trim_start_matches('#').trim_start_matches('/');
        let (path, query) = hash.split_once('?').unwrap_or((hash, ""));
        let (first, rest) = path.split_once('/').unwrap_or((path, ""));
        match (first, rest) {
            ("" | "orders", "") => Self::Orders(Filters::parse(query)),
            ("overview", "") => Self::Overview,
            ("orders", order) => Self::Order(decode(order)),
            ("settlement", "") => Self::Settlement(None),
            ("settlement", id) => Self::Settlement(Some(decode(id))),
            ("staff", "") => Self::Staff,
            ("audit", "") => Self::Audit,
            ("account", "") => Self::Account,
            (_, _) => Self::Unknown,
        }
    }

    /// Writes it, `#` included.
    pub fn hash(&self) -> String {
        match self {
            Self::Overview => "#/overview".to_owned(),
            Self::Orders(filters) => {
                let query = filters.query();
                if query.is_empty() { "#/orders".to_owned() } else { ["#/orders?", &query].concat() }
            }
            Self::Order(order) => ["#/orders/", &encode(order)].concat(),
            Self::Settlement(None) => "#/settlement".to_owned(),
            Self::Settlement(Some(id)) => ["#/settlement/", &encode(id)].concat(),
            Self::Staff => "#/staff".to_owned(),
            Self::Audit => "#/audit".to_owned(),
            Self::Account => "#/account".to_owned(),
            Self::Unknown => "#/".to_owned(),
        }
    }

    /// The filters, where it is the list.
    pub const fn filters(&self) -> Option<&Filters> {
        if let Self::Orders(filters) = self { Some(filters) } else { None }
    }

    /// The order, where it is one.
    pub const fn order(&self) -> Option<&String> {
        if let Self::Order(order) = self { Some(order) } else { None }
    }

    /// The page without its filters: a list narrowed otherwise is the same page.
    #[must_use]
    pub fn page(self) -> Self {
        if self.filters().is_some() { Self::Orders(Filters::default()) } else { self }
    }

    /// Whether going from `before` to this one is another page, which starts at its top with its heading focused.
    /// Other filters of the same list are not.
    pub fn is_another_page_than(&self, before: &Self) -> bool {
        match (self, before) {
            (Self::Orders(_), Self::Orders(_)) => false,
            (now, then) => now != then,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_page_is_read_as_it_was_written() {
        let filters =
            Filters { number: "A-1".to_owned(), text: "чай & кава".to_owned(), ..Filters::default() };
        for route in [
            Route::Overview,
            Route::Orders(Filters::default()),
            Route::Orders(filters),
            Route::Order("2026/11-№7".to_owned()),
            Route::Settlement(None),
            Route::Settlement(Some("r 1".to_owned())),
            Route::Staff,
            Route::Audit,
            Route::Account,
        ] {
            assert_eq!(Route::parse(&route.hash()), route, "{}", route.hash());
        }
    }

    #[test]
    fn an_empty_address_is_the_list_of_orders_and_a_strange_one_is_no_page() {
        assert_eq!(Route::parse(""), Route::Orders(Filters::default()));
        assert_eq!(Route::parse("#/nonsense"), Route::Unknown);
    }
}
