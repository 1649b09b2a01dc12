//! The ways to pay that this backend offers; each has its own terminal at the bank.

/// A way to pay.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Product {
    /// The card page, with Apple Pay and Google Pay.
    Card,
    /// From account to account.
    A2a,
}

impl Product {
    /// Every product, in the order they are shown.
    pub const ALL: [Self; 2] = [Self::Card, Self::A2a];

    /// The word stored and sent.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Card => "card",
            Self::A2a => "a2a",
        }
    }

    /// The bank's word for it.
    pub const fn pay_type(self) -> &'static str {
        match self {
            Self::Card => "PURCHASE",
            Self::A2a => "A2A",
        }
    }

    /// The product of a word; `None` for what this backend does not offer.
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|product| product.word() == word)
    }
}

impl From<Product> for checkout_api::Product {
    fn from(product: Product) -> Self {
        match product {
            Product::Card => Self::Card,
            Product::A2a => Self::A2a,
        }
    }
}
