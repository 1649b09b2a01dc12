//! The body of `POST /v1/payment-sessions`. There is no amount in it: the stored order fixes the amount.

use crate::Product;

/// The page's choice; both may be absent.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "serde", serde(rename_all = "camelCase"))]
pub struct OpenSession {
    /// The way to pay; absent: the first the order offers.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Option::is_none"))]
    pub product: Option<Product>,
    /// The buyer's language (`uk`, `en`), for the hosted page.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Option::is_none"))]
    pub locale: Option<String>,
}
