//! The basket as the hosted page may show it (`hppPageAdditionalInfo`). Seen in the official PHP and Node libraries
//! only, not in the bank's docs: send it after the bank has confirmed it for the terminal.

use money::Amount;
use serde::Serialize;

use crate::error::Error;
use crate::rules::refuse;

/// Lines for the hosted page. They are shown and decide nothing: the order's own sum is what is paid.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct PageBasket {
    /// The lines, in the order they are shown.
    pub products: Vec<PageProduct>,
}

/// One line of a [`PageBasket`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PageProduct {
    /// What it is called.
    pub name: String,
    /// How many pieces.
    pub count: u32,
    /// What the whole line costs, all pieces together.
    pub sum: Amount,
}

impl PageBasket {
    /// What all lines cost together; none when there are no lines, or lines of two currencies.
    pub fn sum(&self) -> Option<Amount> {
        let (first, rest) = self.products.split_first()?;
        rest.iter().try_fold(first.sum, |sum, line| sum.checked_add(line.sum)).ok()
    }

    pub(super) fn check(&self, order: Amount) -> Result<(), Error> {
        if self.products.iter().any(|line| line.name.trim().is_empty() || line.count == 0) {
            return refuse("hppPageAdditionalInfo", "lines with a name and at least one piece");
        }
        match self.sum() {
            Some(sum) if sum.currency() == order.currency() => Ok(()),
            Some(_) | None => refuse("hppPageAdditionalInfo", "at least one line, in the order's currency"),
        }
    }
}

/// [`PageBasket`] as it goes over the wire; sums in minor units.
#[derive(Debug, Clone, Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct PageInfoBody<'a> {
    products_sum: i64,
    products: Vec<ProductBody<'a>>,
}

#[derive(Debug, Clone, Serialize)]
struct ProductBody<'a> {
    name: &'a str,
    count: u32,
    sum: i64,
}

impl<'a> PageInfoBody<'a> {
    /// None for a basket without a sum: such an order does not pass its check.
    pub(super) fn of(basket: &'a PageBasket) -> Option<Self> {
        let line = |line: &'a PageProduct| ProductBody {
            name: &line.name,
            count: line.count,
            sum: line.sum.minor(),
        };
        let products = basket.products.iter().map(line).collect();
        Some(Self { products_sum: basket.sum()?.minor(), products })
    }
}
