//! What is in the basket: two products and their shipping, always the same, priced in each of the shop's currencies. Names
//! and notes are in `text`.

use checkout_api::OrderLine;
use money::{Amount, Currency};

/// The currencies the shop sells in; the first one unless the buyer chooses.
pub(crate) const CURRENCIES: [Currency; 2] = [Currency::Uah, Currency::Eur];

/// One line of every order.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Product {
    pub(crate) id: &'static str,
    pub(crate) quantity: u32,
    price: Price,
}

/// In minor units.
#[derive(Debug, Clone, Copy)]
struct Price {
    hryvnias: i64,
    euro: i64,
}

/// The basket.
pub(crate) const BASKET: [Product; 2] = [
    Product { id: "coffee", quantity: 2, price: Price { hryvnias: 31_250, euro: 690 } },
    Product { id: "mug", quantity: 1, price: Price { hryvnias: 38_990, euro: 890 } },
];

const SHIPPING: Price = Price { hryvnias: 7_500, euro: 350 };

/// The sums of the basket by the names the page's `data-sum` uses; nothing for a name it does not know.
pub(crate) fn sum(name: &str, currency: Currency) -> Option<Amount> {
    let goods = || BASKET.iter().map(|product| product.minor(currency)).sum::<i64>();
    let minor = match name {
        "goods" => goods(),
        "shipping" => shipping_minor(currency),
        "total" => goods() + shipping_minor(currency),
        id => BASKET.iter().find(|product| product.id == id)?.minor(currency),
    };
    Amount::new(minor, currency).ok()
}

/// What the buyer pays.
pub(crate) fn total(currency: Currency) -> Amount {
    sum("total", currency).unwrap_or(Amount::zero(currency))
}

/// What shipping costs, in minor units, as the backend wants it.
pub(crate) const fn shipping_minor(currency: Currency) -> i64 {
    SHIPPING.minor(currency)
}

impl Product {
    /// This product as a line of an order, named in the buyer's language.
    pub(crate) fn line(self, name: &str, currency: Currency) -> OrderLine {
        OrderLine {
            id: self.id.to_owned(),
            name: name.to_owned(),
            quantity: self.quantity,
            unit_minor: self.price.minor(currency),
        }
    }

    fn minor(&self, currency: Currency) -> i64 {
        self.price.minor(currency) * i64::from(self.quantity)
    }
}

impl Price {
    /// The shop has no prices in dollars, and nobody can choose them.
    const fn minor(self, currency: Currency) -> i64 {
        match currency {
            Currency::Uah | Currency::Usd => self.hryvnias,
            Currency::Eur => self.euro,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_total_is_the_goods_and_their_shipping() {
        for (currency, whole) in [(Currency::Uah, 108_990), (Currency::Eur, 2_620)] {
            let parts = ["coffee", "mug", "shipping"].map(|name| sum(name, currency).unwrap());
            assert_eq!(total(currency).minor(), parts.iter().map(|part| part.minor()).sum::<i64>());
            assert_eq!((total(currency).minor(), total(currency).currency()), (whole, currency));
        }
    }
}
