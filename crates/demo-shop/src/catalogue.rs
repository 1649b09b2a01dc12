//! What is in the basket: two products and their shipping, always the same. Names and notes are in `text`.

use checkout_api::OrderLine;
use money::{Amount, Currency};

/// One line of every order.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Product {
    pub(crate) id: &'static str,
    pub(crate) quantity: u32,
    unit_minor: i64,
}

/// The basket.
pub(crate) const BASKET: [Product; 2] = [
    Product { id: "coffee", quantity: 2, unit_minor: 31_250 },
    Product { id: "mug", quantity: 1, unit_minor: 38_990 },
];

const SHIPPING_MINOR: i64 = 7_500;

/// The sums of the basket by the names the page's `data-sum` uses; nothing for a name it does not know.
pub(crate) fn sum(name: &str) -> Option<Amount> {
    let goods = || BASKET.iter().map(Product::minor).sum::<i64>();
    let minor = match name {
        "goods" => goods(),
        "shipping" => SHIPPING_MINOR,
        "total" => goods() + SHIPPING_MINOR,
        id => BASKET.iter().find(|product| product.id == id)?.minor(),
    };
    Amount::new(minor, Currency::Uah).ok()
}

/// What the buyer pays.
pub(crate) fn total() -> Amount {
    sum("total").unwrap_or(Amount::zero(Currency::Uah))
}

/// What shipping costs, in minor units, as the backend wants it.
pub(crate) const fn shipping_minor() -> i64 {
    SHIPPING_MINOR
}

impl Product {
    /// This product as a line of an order, named in the buyer's language.
    pub(crate) fn line(self, name: &str) -> OrderLine {
        OrderLine {
            id: self.id.to_owned(),
            name: name.to_owned(),
            quantity: self.quantity,
            unit_minor: self.unit_minor,
        }
    }

    fn minor(&self) -> i64 {
        self.unit_minor * i64::from(self.quantity)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_total_is_the_goods_and_their_shipping() {
        let lines: i64 = ["coffee", "mug", "shipping"].map(|name| sum(name).unwrap().minor()).iter().sum();
        assert_eq!(total().minor(), lines);
        assert_eq!(total().minor(), 108_990);
    }
}
