//! One record of the file, and what its code means for the payment's money.

use std::collections::BTreeMap;

use super::reader::WxError;
use crate::amount::AmountOfMoney;

/// One record. Sums are in hundredths of their currency, as everywhere in this crate.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WxRecord {
    /// The platform's id of the merchant.
    pub merchant_id: String,
    /// The order's number, the second part of a payment's id.
    pub order_id: String,
    /// The third part; refunds have an effort of their own.
    pub effort_id: String,
    /// The fourth part.
    pub attempt_id: String,
    /// `X` is a notice, `+` money in, `-` money out.
    pub category: String,
    /// `ON` for cards, `IP` for other products, `RF` refunds, `CB` chargebacks, `RI` reversals.
    pub kind: String,
    /// The numeric status, such as 1000 for PAID.
    pub payment_status: Option<i64>,
    /// The payment product; 866 is Alipay+.
    pub product: Option<i64>,
    /// The merchant's reference, the second key to the payment.
    pub merchant_reference: Option<String>,
    /// The merchant's number of the order, where one was given.
    pub merchant_order: Option<String>,
    /// What the buyer paid; where the file leaves it out, the sum in the merchant's currency, or the payment's.
    pub delivered: Option<AmountOfMoney>,
    /// What the merchant is owed.
    pub due: Option<AmountOfMoney>,
    /// When it was collected, as written: `YYYYMMDD`.
    pub date_collected: Option<String>,
    /// Refunds and chargebacks: the payment's id.
    pub original_payment: Option<String>,
    /// Refunds and chargebacks: the payment's reference.
    pub original_reference: Option<String>,
    /// Why it was refused.
    pub reason: Option<String>,
}

/// Where a record has its sum: the first pair that is whole counts.
const SUMS: [(&str, &str); 3] = [
    ("AmountDelivered", "CurrencyDelivered"),
    ("AmountLocal", "CurrencyLocal"),
    ("PaymentAmount", "PaymentCurrency"),
];

/// What a record's code means (reporting pages of sibling products).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Meaning {
    /// A notice: captured, no money collected yet.
    Captured,
    /// The money was collected: the payment is PAID.
    Collected,
    /// A collection was taken back: refused or corrected.
    CollectionCorrected,
    /// Money went back to the buyer.
    Refunded,
    /// A refund was taken back.
    RefundCorrected,
    /// A notice: a dispute was announced.
    ChargebackAnnounced,
    /// A dispute took money away.
    Chargeback,
    /// A dispute's money came back.
    ChargebackReturned,
    /// The payment was reversed.
    Reversal,
    /// A reversal was taken back.
    ReversalReturned,
    /// A code this crate does not know: for a person.
    Unknown,
}

impl WxRecord {
    /// What the record's code means.
    pub fn meaning(&self) -> Meaning {
        match (self.category.as_str(), self.kind.as_str()) {
            ("X", "ON" | "IP") => Meaning::Captured,
            ("+", "ON" | "IP") => Meaning::Collected,
            ("-", "ON" | "IP") => Meaning::CollectionCorrected,
            ("-", "RF") => Meaning::Refunded,
            ("+", "RF") => Meaning::RefundCorrected,
            ("X", "CB") => Meaning::ChargebackAnnounced,
            ("-", "CB") => Meaning::Chargeback,
            ("+", "CB") => Meaning::ChargebackReturned,
            ("-", "RI") => Meaning::Reversal,
            ("+", "RI") => Meaning::ReversalReturned,
            _ => Meaning::Unknown,
        }
    }

    /// Category and type together, such as `+IP`.
    pub fn code(&self) -> String {
        format!("{}{}", self.category, self.kind)
    }

    /// The payment's id, put together as the platform does: merchant and order in ten digits, effort and attempt in
    /// five. Of a refund's record it is the refund's own id.
    pub fn payment_id(&self) -> String {
        format!(
            "{:0>10}{:0>10}{}{}",
            self.merchant_id,
            self.order_id,
            five(&self.effort_id),
            five(&self.attempt_id)
        )
    }

    /// The id of the payment of the same order, whatever record this is: efforts of payments count from one.
    pub fn first_payment_id(&self) -> String {
        format!("{:0>10}{:0>10}0000100001", self.merchant_id, self.order_id)
    }

    pub(super) fn from_fields(mut fields: BTreeMap<String, String>, number: u64) -> Result<Self, WxError> {
        let mut take = |name: &str| fields.remove(name).filter(|text| !text.is_empty());
        let mut must =
            |name: &'static str| take(name).ok_or(WxError::Missing { record: number, field: name });
        let merchant_id = must("MerchantID")?;
        let order_id = must("OrderID")?;
        let category = must("Recordcategory")?;
        let kind = must("Recordtype")?;
        let effort_id = take("EffortID").unwrap_or_else(|| "1".to_owned());
        let attempt_id = take("AttemptID").unwrap_or_else(|| "1".to_owned());
        let mut delivered = None;
        for (sum, currency) in SUMS {
            if delivered.is_none() {
                delivered = amount((take(sum), take(currency)), sum, number)?;
            }
        }
        let due = (take("AmountDue"), take("CurrencyDue"));
        Ok(Self {
            merchant_id,
            order_id,
            effort_id,
            attempt_id,
            category,
            kind,
            payment_status: whole(take("PaymentStatus"), "PaymentStatus", number)?,
            product: whole(take("PaymentProductId"), "PaymentProductId", number)?,
            merchant_reference: take("AdditionalReference"),
            merchant_order: take("MerchantOrderID").filter(|number| number.bytes().any(|byte| byte != b'0')),
            delivered,
            due: amount(due, "AmountDue", number)?,
            date_collected: take("DateCollect"),
            original_payment: take("OriginalPaymentID"),
            original_reference: take("ReferenceOriginalPayment"),
            reason: take("RejectionReasonDescription").or_else(|| take("RejectionReasonId")),
        })
    }
}

/// Five digits; a refund's negative effort keeps its sign in the first place.
fn five(number: &str) -> String {
    match number.strip_prefix('-') {
        Some(digits) => format!("-{digits:0>4}"),
        None => format!("{number:0>5}"),
    }
}

fn whole(text: Option<String>, field: &'static str, record: u64) -> Result<Option<i64>, WxError> {
    text.map(|text| text.parse().map_err(|_| WxError::NotWhole { record, field })).transpose()
}

fn amount(
    (sum, currency): (Option<String>, Option<String>),
    field: &'static str,
    record: u64,
) -> Result<Option<AmountOfMoney>, WxError> {
    Ok(whole(sum, field, record)?.zip(currency).map(|(sum, currency)| AmountOfMoney::new(sum, currency)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn record(pairs: &[(&str, &str)]) -> Result<WxRecord, WxError> {
        let mut fields: BTreeMap<String, String> = [
            ("MerchantID", "88005"),
            ("OrderID", "1000015778"),
            ("EffortID", "1"),
            ("AttemptID", "1"),
            ("Recordcategory", "+"),
            ("Recordtype", "IP"),
        ]
        .into_iter()
        .map(|(name, value)| (name.to_owned(), value.to_owned()))
        .collect();
        for (name, value) in pairs {
            fields.insert((*name).to_owned(), (*value).to_owned());
        }
        WxRecord::from_fields(fields, 1)
    }

    #[test]
    fn the_payments_id_is_rebuilt_as_the_platform_writes_it() {
        let paid = record(&[]).unwrap();
        assert_eq!(paid.payment_id(), "000008800510000157780000100001");
        let refund = record(&[("EffortID", "-1"), ("Recordcategory", "-"), ("Recordtype", "RF")]).unwrap();
        assert_eq!(refund.payment_id(), "00000880051000015778-000100001");
        assert_eq!(refund.first_payment_id(), paid.payment_id());
    }

    #[test]
    fn each_code_of_both_families_has_its_meaning() {
        for (category, kind, meaning) in [
            ("X", "ON", Meaning::Captured),
            ("X", "IP", Meaning::Captured),
            ("+", "ON", Meaning::Collected),
            ("+", "IP", Meaning::Collected),
            ("-", "IP", Meaning::CollectionCorrected),
            ("-", "RF", Meaning::Refunded),
            ("+", "RF", Meaning::RefundCorrected),
            ("X", "CB", Meaning::ChargebackAnnounced),
            ("-", "CB", Meaning::Chargeback),
            ("+", "CB", Meaning::ChargebackReturned),
            ("-", "RI", Meaning::Reversal),
            ("+", "RI", Meaning::ReversalReturned),
            ("?", "IP", Meaning::Unknown),
        ] {
            let read = record(&[("Recordcategory", category), ("Recordtype", kind)]).unwrap();
            assert_eq!(read.meaning(), meaning, "{category}{kind}");
        }
    }

    #[test]
    fn a_record_without_the_delivered_sum_has_the_next_one_that_is_whole() {
        let (euro, hryvnia) =
            (Some(AmountOfMoney::new(1_099, "EUR")), Some(AmountOfMoney::new(50_000, "UAH")));
        let payment = [("PaymentAmount", "1099"), ("PaymentCurrency", "EUR")];
        let local = [("AmountLocal", "50000"), ("CurrencyLocal", "UAH")];
        let delivered = [("AmountDelivered", "1099"), ("CurrencyDelivered", "EUR")];
        assert_eq!(record(&payment).unwrap().delivered, euro);
        assert_eq!(record(&[local, payment].concat()).unwrap().delivered, hryvnia);
        assert_eq!(record(&[local, delivered].concat()).unwrap().delivered, euro);
        let without_currency = [&[("AmountDelivered", "7")][..], &payment[..]].concat();
        assert_eq!(record(&without_currency).unwrap().delivered, euro);
        assert_eq!(record(&[("PaymentAmount", "1099")]).unwrap().delivered, None);
        let untold = [&delivered[..], &[("PaymentAmount", "10.99")][..]].concat();
        assert_eq!(record(&untold).unwrap().delivered, euro, "what is not needed spoils nothing");
    }

    #[test]
    fn a_sum_that_is_not_whole_is_an_error_and_never_a_guess() {
        let wrong = record(&[("AmountDelivered", "10.99"), ("CurrencyDelivered", "EUR")]);
        assert!(matches!(wrong, Err(WxError::NotWhole { field: "AmountDelivered", .. })));
    }
}
