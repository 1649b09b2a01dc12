//! What the platform says of a payment product for one country and currency (Connect docs: get payment product; the
//! limits: SDK).

use serde::Deserialize;

use crate::lenient;

/// A question about a product. Values that need no escaping: signatures over escaped queries differ between SDKs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProductQuestion {
    /// The product; 866 is Alipay+.
    pub product: u32,
    /// The buyer's country, ISO 3166-1 letters.
    pub country_code: String,
    /// The order's currency, ISO 4217 letters.
    pub currency_code: String,
    /// The order's sum in hundredths, where it is known.
    pub amount: Option<i64>,
}

/// A product that is offered for the country and the currency that were asked about.
#[derive(Debug, Clone, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct Product {
    /// The product's number.
    #[serde(deserialize_with = "lenient::integer")]
    pub id: Option<i64>,
    /// The least sum in hundredths of the currency asked about.
    #[serde(deserialize_with = "lenient::integer")]
    pub min_amount: Option<i64>,
    /// The largest sum in hundredths of the currency asked about.
    #[serde(deserialize_with = "lenient::integer")]
    pub max_amount: Option<i64>,
    /// Whether the buyer leaves for a third party's page.
    #[serde(deserialize_with = "lenient::flag")]
    pub uses_redirection_to3rd_party: bool,
    /// Whether that page may be shown inside another.
    #[serde(deserialize_with = "lenient::flag")]
    pub can_be_iframed: bool,
}

impl Product {
    /// Whether a sum in hundredths is within the limits. A limit the platform does not name is none.
    pub fn takes(&self, amount: i64) -> bool {
        self.min_amount.is_none_or(|least| amount >= least)
            && self.max_amount.is_none_or(|most| amount <= most)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn limits_include_their_ends_and_absent_ones_bind_nobody() {
        let product: Product =
            serde_json::from_str(r#"{"id":866,"minAmount":100,"maxAmount":1000,"canBeIframed":false}"#)
                .unwrap();
        assert_eq!((product.id, product.can_be_iframed), (Some(866), false));
        for (amount, taken) in [(99, false), (100, true), (1_000, true), (1_001, false)] {
            assert_eq!(product.takes(amount), taken, "{amount}");
        }
        assert!(Product::default().takes(1));
    }
}
