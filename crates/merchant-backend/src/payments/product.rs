//! The ways to pay that this backend offers, each with its own account at a provider.

use money::Currency;

use crate::provider::{Operation, OperationKind};

/// A way to pay.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Product {
    /// The card page, with Apple Pay and Google Pay.
    Card,
    /// From account to account.
    A2a,
    /// A wallet, through an aggregator.
    AlipayPlus,
}

impl Product {
    /// Every product, in the order they are shown.
    pub const ALL: [Self; 3] = [Self::Card, Self::A2a, Self::AlipayPlus];

    /// The word stored and sent.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Card => "card",
            Self::A2a => "a2a",
            Self::AlipayPlus => "alipayplus",
        }
    }

    /// The provider's word for it.
    pub const fn pay_type(self) -> &'static str {
        match self {
            Self::Card => "PURCHASE",
            Self::A2a => "A2A",
            Self::AlipayPlus => "ALIPAY_PLUS",
        }
    }

    /// The product of a word; `None` for what this backend does not offer.
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|product| product.word() == word)
    }

    /// The currency that refunds of an order in `ordered` are asked for in: that of the buyer's account.
    pub const fn charged_in(self, ordered: Currency) -> Currency {
        match self {
            Self::Card | Self::A2a => Currency::Uah,
            Self::AlipayPlus => ordered,
        }
    }

    /// Whether the provider itself tells when the money was collected, and gives none back before.
    pub const fn settles_by_answer(self) -> bool {
        match self {
            Self::Card | Self::A2a => false,
            Self::AlipayPlus => true,
        }
    }

    /// Whether the money of these movements has still to be collected before some of it can go back: none of it may go
    /// back yet, has gone back through the provider, or was taken. What was only recorded tells nothing.
    pub fn waits_for_settlement(self, operations: &[Operation]) -> bool {
        let came = operations.iter().any(Operation::brought_money);
        let collected = operations.iter().any(|one| {
            (one.brought_money() && one.refundable)
                || matches!(one.kind, OperationKind::Refund(_))
                || one.took_money()
        });
        self.settles_by_answer() && came && !collected
    }
}

impl From<Product> for checkout_api::Product {
    fn from(product: Product) -> Self {
        match product {
            Product::Card => Self::Card,
            Product::A2a => Self::A2a,
            Product::AlipayPlus => Self::AlipayPlus,
        }
    }
}
