//! One operation of an order: a payment, a refund, a hold. The only thing that proves that money moved.
//!
//! Personal data of payer and payee that the bank also sends (`sender*`, `recipient*`) is not read at all.

use money::{Amount, Currency};
use serde::{Deserialize, Deserializer, de};

use crate::lenient;
use crate::secret::Secret;
use crate::time::BankTime;
use crate::vocabulary::{OperationStatus, OperationType, ThreeDsMode};

/// An operation as it stands in an `operations` answer or a notification (AlliancePay docs: callback, operations
/// pages). Every field but type and status may be missing.
#[derive(Debug, Clone, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "camelCase", default, remote = "Self")]
pub struct Operation {
    /// What it does.
    #[serde(rename = "type")]
    pub kind: OperationType,
    /// How far it is.
    pub status: OperationStatus,
    /// The bank's number; absent on refunds that failed.
    #[serde(deserialize_with = "lenient::text")]
    pub operation_id: Option<String>,
    /// The bank's other id.
    #[serde(deserialize_with = "lenient::text")]
    pub ecom_operation_id: Option<String>,
    /// The order it belongs to.
    #[serde(deserialize_with = "lenient::text")]
    pub hpp_order_id: Option<String>,
    /// The merchant it belongs to.
    #[serde(deserialize_with = "lenient::text")]
    pub merchant_id: Option<String>,
    /// The merchant's name, as the bank has it.
    #[serde(deserialize_with = "lenient::text")]
    pub merchant_name: Option<String>,
    /// The merchant's number in the processing of the bank.
    #[serde(deserialize_with = "lenient::text")]
    pub processing_merchant_id: Option<String>,
    /// The terminal's number there.
    #[serde(deserialize_with = "lenient::text")]
    pub processing_terminal_id: Option<String>,
    /// The bank's word for the kind of product; the docs list no values.
    #[serde(deserialize_with = "lenient::text")]
    pub product_type: Option<String>,
    /// Our handle; present on refunds, absent on payments of the hosted page.
    #[serde(deserialize_with = "lenient::text")]
    pub merchant_request_id: Option<String>,
    /// The sum in minor units of [`Operation::transaction_currency`]; kopecks even for a foreign order.
    #[serde(deserialize_with = "lenient::integer")]
    pub coin_amount: Option<i64>,
    /// ISO 4217 number of the currency of `coin_amount`: `980`.
    #[serde(deserialize_with = "lenient::text")]
    pub transaction_currency: Option<String>,
    /// Foreign orders: the sum in minor units of the order's currency.
    #[serde(deserialize_with = "lenient::integer")]
    pub source_amount: Option<i64>,
    /// Foreign orders: ISO 4217 number of the order's currency: `840`.
    #[serde(deserialize_with = "lenient::text")]
    pub source_currency_code: Option<String>,
    /// Foreign orders: the rate as the bank writes it, `44.3500`.
    #[serde(deserialize_with = "lenient::text")]
    pub conversion_rate: Option<String>,
    /// The bank's number of the kind: 35 purchase, 54 account to account, 76 refund, …
    #[serde(deserialize_with = "lenient::integer")]
    pub transaction_type: Option<i64>,
    /// The card network's approval; absent for A2A and test terminals.
    #[serde(deserialize_with = "lenient::text")]
    pub approval_code: Option<String>,
    /// Retrieval reference number, 12 characters; `-1` from test terminals.
    #[serde(deserialize_with = "lenient::text")]
    pub rrn: Option<String>,
    /// Why it was approved or refused.
    #[serde(deserialize_with = "lenient::or_default")]
    pub transaction_response_info: TransactionResponse,
    /// The bank's code of a failure.
    #[serde(deserialize_with = "lenient::text")]
    pub error_details: Option<String>,
    /// When it began.
    #[serde(deserialize_with = "lenient::time")]
    pub creation_date_time: Option<BankTime>,
    /// When it last changed.
    #[serde(deserialize_with = "lenient::time")]
    pub modification_date_time: Option<BankTime>,
    /// When it was processed.
    #[serde(deserialize_with = "lenient::time")]
    pub processing_date_time: Option<BankTime>,
    /// CARD, APPLE_PAY, GOOGLE_PAY or ACCOUNT, as the bank writes it.
    #[serde(deserialize_with = "lenient::text")]
    pub payment_service_type: Option<String>,
    /// The card network.
    #[serde(deserialize_with = "lenient::text")]
    pub payment_system: Option<String>,
    /// The masked card number; the full one never leaves the bank.
    #[serde(deserialize_with = "lenient::text")]
    pub card_number_mask: Option<String>,
    /// The bank's token of the card: what a [`OperationType::Verification`] is made for. Whoever holds it may be able to
    /// charge the card again, so it does not print.
    #[serde(deserialize_with = "lenient::secret")]
    pub external_card_token: Option<Secret>,
    /// The bank's receipt.
    #[serde(deserialize_with = "lenient::text")]
    pub receipt_url: Option<String>,
    /// Refunds and completions: the payment or hold they change. The bank's samples give a refund the number of its
    /// payment, so `operation_id` alone does not tell the two apart.
    #[serde(deserialize_with = "lenient::text")]
    pub original_operation_id: Option<String>,
    /// Refunds and completions: the bank's other id of what they change.
    #[serde(deserialize_with = "lenient::text")]
    pub original_ecom_operation_id: Option<String>,
    /// Refunds and completions: the sum of what they change, in kopecks.
    #[serde(deserialize_with = "lenient::integer")]
    pub original_coin_amount: Option<i64>,
    /// Refunds and completions: the `rrn` of what they change.
    #[serde(deserialize_with = "lenient::text")]
    pub rrn_original: Option<String>,
    /// What the bank keeps, as it writes it; the docs name no unit. The register's commission is the one that counts.
    #[serde(deserialize_with = "lenient::text")]
    pub merchant_commission: Option<String>,
    /// Who made it: `HPP` is the hosted page, `H2H` the API.
    #[serde(deserialize_with = "lenient::text")]
    pub creator_system: Option<String>,
    /// The bank that issued the card, as the bank names it.
    #[serde(deserialize_with = "lenient::text")]
    pub bank_code: Option<String>,
    /// The 3-D Secure mode that was asked for.
    #[serde(rename = "desiredThreeDSMode", deserialize_with = "lenient::word")]
    pub desired_three_ds_mode: Option<ThreeDsMode>,
    /// The 3-D Secure mode as the bank reports it; the docs list no values of it.
    #[serde(rename = "threeDSMode", deserialize_with = "lenient::text")]
    pub three_ds_mode: Option<String>,
    /// Whether 3-D Secure was passed: `Y` or `N`.
    #[serde(deserialize_with = "lenient::text")]
    pub status_three_ds: Option<String>,
    /// The 3-D Secure server's id of the check.
    #[serde(rename = "threeDSServerTransId", deserialize_with = "lenient::text")]
    pub three_ds_server_trans_id: Option<String>,
    /// The card issuer's id of the 3-D Secure check.
    #[serde(deserialize_with = "lenient::text")]
    pub acs_trans_id: Option<String>,
    /// The card network's id of the 3-D Secure check.
    #[serde(deserialize_with = "lenient::text")]
    pub ds_trans_id: Option<String>,
    /// The page on which the buyer's bank asks the buyer.
    #[serde(rename = "redirect3dsUrl", deserialize_with = "lenient::text")]
    pub redirect_3ds_url: Option<String>,
    /// The card network's word on 3-D Secure, `05`: who bears a disputed payment.
    #[serde(deserialize_with = "lenient::text")]
    pub eci: Option<String>,
    /// What the payment is for, as sent.
    #[serde(deserialize_with = "lenient::text")]
    pub purpose: Option<String>,
    /// A further description, as sent with a completion.
    #[serde(deserialize_with = "lenient::text")]
    pub comment: Option<String>,
    /// Our own comment, as sent.
    #[serde(deserialize_with = "lenient::text")]
    pub merchant_comment: Option<String>,
    /// `balanceAmountAfter` as the bank writes it; the docs name neither its unit nor whose balance it is.
    #[serde(deserialize_with = "lenient::text")]
    pub balance_amount_after: Option<String>,
    /// Where the bank tells about a refund or a completion: the URL that was sent with it.
    #[serde(deserialize_with = "lenient::text")]
    pub notification_url: Option<String>,
    /// The bank encrypts its notifications about it.
    #[serde(deserialize_with = "lenient::flag")]
    pub notification_encryption: bool,
    /// The bank signs its notifications about it; `false` on the hosted page, says every sample.
    #[serde(deserialize_with = "lenient::flag")]
    pub notification_signature: bool,
    /// A2A: another payment of an order that was already paid.
    #[serde(deserialize_with = "lenient::flag")]
    pub repeated_payment: bool,
}

/// Older names, and the names a completion has for what a refund calls original.
const OTHER_NAMES: [(&str, &str); 6] = [
    ("createDateTime", "creationDateTime"),
    ("transactionCreateDateTime", "creationDateTime"),
    ("preauthOperationId", "originalOperationId"),
    ("preauthEcomOperationId", "originalEcomOperationId"),
    ("preauthCoinAmount", "originalCoinAmount"),
    ("rrnPreauth", "rrnOriginal"),
];

impl<'de> Deserialize<'de> for Operation {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Self::deserialize(lenient::renamed(deserializer, &OTHER_NAMES)?).map_err(de::Error::custom)
    }
}

/// The reason codes of an operation: `actionCode` 0 approved, 1 denied, 2 denied and pick up, 9 processing error, …
/// (AlliancePay docs: response codes page).
#[derive(Debug, Clone, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct TransactionResponse {
    /// Group of the reason.
    #[serde(deserialize_with = "lenient::text")]
    pub action_code: Option<String>,
    /// The reason within the group.
    #[serde(deserialize_with = "lenient::text")]
    pub response_code: Option<String>,
    /// The bank's words for it.
    #[serde(deserialize_with = "lenient::text")]
    pub description: Option<String>,
}

impl Operation {
    /// The sum in the order's own currency: `sourceAmount` of a foreign order, else `coinAmount`.
    ///
    /// `None` when the bank named no sum, half of a foreign one, or a currency we do not know: not comparable.
    pub fn amount(&self) -> Option<Amount> {
        let (minor, currency) = match (self.source_amount, self.source_currency_code.as_deref()) {
            (Some(minor), Some(currency)) => (minor, Currency::from_numeric(currency).ok()?),
            (None, None) => (self.coin_amount?, self.transaction_currency()?),
            (Some(_), None) | (None, Some(_)) => return None,
        };
        Amount::new(minor, currency).ok()
    }

    /// The currency of `coinAmount`; hryvnia when the bank does not say.
    pub fn transaction_currency(&self) -> Option<Currency> {
        self.transaction_currency
            .as_deref()
            .map_or(Some(Currency::Uah), |code| Currency::from_numeric(code).ok())
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use serde_json::json;

    use super::*;

    fn read(json: serde_json::Value) -> Operation {
        serde_json::from_value(json).unwrap()
    }

    #[test]
    fn a_foreign_order_is_compared_in_its_own_currency() {
        let operation = read(json!({"coinAmount": 444, "transactionCurrency": "980",
            "sourceAmount": 10, "sourceCurrencyCode": "840", "conversionRate": "44.3500"}));
        assert_eq!(operation.amount(), Amount::new(10, Currency::Usd).ok());
    }

    #[test]
    fn half_a_foreign_sum_is_not_comparable() {
        assert_eq!(read(json!({"coinAmount": 444, "sourceAmount": 10})).amount(), None);
        assert_eq!(read(json!({"coinAmount": 444, "sourceCurrencyCode": "840"})).amount(), None);
        assert_eq!(read(json!({"coinAmount": 444, "transactionCurrency": "826"})).amount(), None);
        assert_eq!(read(json!({"coinAmount": -1})).amount(), None);
        assert_eq!(read(json!({})).amount(), None);
    }

    #[test]
    fn a_fraction_of_a_kopeck_is_refused() {
        assert!(serde_json::from_value::<Operation>(json!({"coinAmount": 10.5})).is_err());
        assert!(serde_json::from_value::<Operation>(json!({"coinAmount": "10.50"})).is_err());
    }

    #[test]
    fn nulls_and_odd_shapes_do_not_hide_the_operation() {
        let operation = read(json!({"type": "PURCHASE", "status": "SUCCESS", "coinAmount": "100",
            "transactionResponseInfo": null, "rrn": 12, "modificationDateTime": "soon", "repeatedPayment": null}));
        assert_eq!(operation.coin_amount, Some(100));
        assert_eq!(operation.rrn.as_deref(), Some("12"));
        assert_eq!(operation.modification_date_time, None);
    }

    #[test]
    fn the_card_token_of_a_check_is_read_and_never_prints() {
        let operation = read(json!({"type": "VERIFICATION", "externalCardToken": "tok-6f1c0a52"}));
        assert_eq!(operation.external_card_token.as_ref().map(Secret::expose), Some("tok-6f1c0a52"));
        assert!(!format!("{operation:?}").contains("6f1c"));
        for nothing in [json!(null), json!(""), json!({}), json!(true)] {
            assert_eq!(read(json!({"externalCardToken": nothing})).external_card_token, None);
        }
    }

    #[test]
    fn an_unknown_3ds_mode_is_kept() {
        let mode = |value| read(json!({"desiredThreeDSMode": value})).desired_three_ds_mode;
        assert_eq!(mode(json!("MUST_NOT")), Some(ThreeDsMode::MustNot));
        assert_eq!(mode(json!("PERHAPS")), Some(ThreeDsMode::Unrecognized("PERHAPS".to_owned())));
        assert_eq!([mode(json!(null)), mode(json!("")), mode(json!([]))], [None, None, None]);
    }

    #[test]
    fn two_names_of_one_field_do_not_hide_the_operation() {
        let operation = read(json!({"creationDateTime": null, "createDateTime": "2026.07.09 13:04:31.495",
            "transactionCreateDateTime": "2024.10.23 11:56",
            "originalOperationId": "payment", "preauthOperationId": "hold", "rrnPreauth": "1"}));
        let created = operation.creation_date_time.unwrap().timestamp();
        assert_eq!(created.to_string(), "2026-07-09T10:04:31.495Z");
        assert_eq!(operation.original_operation_id.as_deref(), Some("payment"));
        assert_eq!(operation.rrn_original.as_deref(), Some("1"));
    }

    proptest! {
        #[test]
        fn no_object_of_the_banks_names_panics(fields in proptest::collection::hash_map(
            prop_oneof![Just("type"), Just("coinAmount"), Just("createDateTime"), Just("transactionResponseInfo"),
                Just("preauthCoinAmount"), Just("merchantCommission"), Just("repeatedPayment")],
            prop_oneof![Just(json!(null)), Just(json!({})), Just(json!([1])), Just(json!(true)),
                any::<i64>().prop_map(|n| json!(n)), any::<f64>().prop_map(|n| json!(n)),
                "\\PC{0,12}".prop_map(|s| json!(s))],
            0..7,
        )) {
            let _ = serde_json::from_value::<Operation>(json!(fields));
        }

        #[test]
        fn a_sum_survives_the_way_to_the_bank_and_back(minor in 1..=Amount::MAX_MINOR, currency in 0..3_usize) {
            let amount = Amount::new(minor, Currency::ALL[currency]).unwrap();
            let order = crate::CreateOrder::new("r", crate::PayType::Purchase, amount, "s", "f",
                crate::CustomerData::new("c"));
            let sent = serde_json::to_value(order.body("m")).unwrap();
            let code = sent.get("currencyCode").cloned().unwrap_or(json!("980"));
            let plain = read(json!({"coinAmount": sent["coinAmount"], "transactionCurrency": code}));
            prop_assert_eq!(plain.amount(), Some(amount));
            let foreign = read(json!({"sourceAmount": sent["coinAmount"], "sourceCurrencyCode": code}));
            prop_assert_eq!(foreign.amount(), Some(amount));
        }
    }
}
