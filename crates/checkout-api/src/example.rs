//! The golden files as examples for the OpenAPI document: what the documents show is what the tests read.

/// The example of a type of this crate, as JSON.
pub fn example(type_name: &str) -> Option<&'static str> {
    EXAMPLES.iter().find(|(name, _)| *name == type_name).map(|(_, json)| *json)
}

const EXAMPLES: [(&str, &str); 12] = [
    ("Checkout", include_str!("../tests/golden/checkout/new.json")),
    ("OpenSession", include_str!("../tests/golden/open-session/card-uk.json")),
    ("ShopOrder", include_str!("../tests/golden/order/captured.json")),
    ("OrderAccepted", include_str!("../tests/golden/order-accepted/created.json")),
    ("OrderList", include_str!("../tests/golden/order-list/two-pages.json")),
    ("PaymentSession", include_str!("../tests/golden/payment-session/redirected.json")),
    ("Problem", include_str!("../tests/golden/problem/order-already-paid.json")),
    ("PutOrder", include_str!("../tests/golden/put-order/full.json")),
    ("ShopRefund", include_str!("../tests/golden/refund/pending.json")),
    ("RefundRequest", include_str!("../tests/golden/refund-request/quantity.json")),
    ("OrderWebhook", include_str!("../tests/golden/webhook/order-updated.json")),
    ("WebhookList", include_str!("../tests/golden/webhook-list/one-delivered.json")),
];
