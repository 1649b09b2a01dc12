//! A payment and its moves. Only the moves listed here are possible; what time does is in `time`.

use jiff::{SignedDuration, Timestamp};
use serde_json::Value;

use super::products::{self, ALIPAY_PLUS};
use super::refund::Refund;
use super::trouble::Trouble;
use crate::bank::clock::later;

/// How long the wallet page takes money.
const PAGE_LIFETIME: SignedDuration = SignedDuration::from_mins(15);
/// Clearing a day later, money on the second day.
pub(super) const COLLECTED_AFTER: SignedDuration = SignedDuration::from_hours(48);

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Status {
    Created,
    Redirected,
    Captured,
    Paid,
    Rejected,
    Cancelled,
    Refunded,
    Reversed,
    RejectedCapture,
    ChargebackNotification,
    Chargebacked,
    PendingFraudApproval,
}

impl Status {
    pub(crate) const ALL: [Self; 12] = [
        Self::Created,
        Self::Redirected,
        Self::Captured,
        Self::Paid,
        Self::Rejected,
        Self::Cancelled,
        Self::Refunded,
        Self::Reversed,
        Self::RejectedCapture,
        Self::ChargebackNotification,
        Self::Chargebacked,
        Self::PendingFraudApproval,
    ];

    /// The word, its group and its number.
    pub(crate) fn wire(self) -> (&'static str, &'static str, u32) {
        match self {
            Self::Created => ("CREATED", "CREATED", 0),
            Self::Redirected => ("REDIRECTED", "PENDING_PAYMENT", 50),
            Self::Captured => ("CAPTURED", "COMPLETED", 800),
            Self::Paid => ("PAID", "COMPLETED", 1000),
            Self::Rejected => ("REJECTED", "UNSUCCESSFUL", 100),
            Self::Cancelled => ("CANCELLED", "UNSUCCESSFUL", 99_999),
            Self::Refunded => ("REFUNDED", "REFUNDED", 1800),
            Self::Reversed => ("REVERSED", "REVERSED", 1520),
            Self::RejectedCapture => ("REJECTED_CAPTURE", "UNSUCCESSFUL", 1100),
            Self::ChargebackNotification => ("CHARGEBACK_NOTIFICATION", "COMPLETED", 1500),
            Self::Chargebacked => ("CHARGEBACKED", "REVERSED", 1500),
            Self::PendingFraudApproval => ("PENDING_FRAUD_APPROVAL", "PENDING_MERCHANT", 525),
        }
    }

    pub(crate) fn word(self) -> &'static str {
        self.wire().0
    }

    /// Whether nothing more is expected of the buyer.
    pub(crate) fn is_decided(self) -> bool {
        !matches!(self, Self::Created | Self::Redirected)
    }

    pub(crate) fn may_become(self, next: Self) -> bool {
        match self {
            Self::Created => matches!(next, Self::Redirected | Self::Rejected),
            Self::Redirected => matches!(
                next,
                Self::Captured
                    | Self::Rejected
                    | Self::Cancelled
                    | Self::RejectedCapture
                    | Self::PendingFraudApproval
            ),
            Self::PendingFraudApproval => matches!(next, Self::Captured | Self::Rejected | Self::Cancelled),
            Self::Captured => matches!(next, Self::Paid | Self::Reversed | Self::RejectedCapture),
            Self::Paid => matches!(
                next,
                Self::Refunded | Self::Reversed | Self::ChargebackNotification | Self::Chargebacked
            ),
            // A dispute may be won, before it took money and after.
            Self::ChargebackNotification => matches!(next, Self::Chargebacked | Self::Paid),
            Self::Chargebacked => next == Self::Paid,
            Self::Rejected | Self::Cancelled => next == Self::Captured,
            Self::Refunded | Self::Reversed | Self::RejectedCapture => false,
        }
    }
}

#[derive(Debug, Clone)]
pub(crate) struct Payment {
    pub(crate) id: String,
    pub(crate) order: u64,
    pub(crate) reference: String,
    pub(crate) amount: i64,
    pub(crate) currency: String,
    pub(crate) country: String,
    pub(crate) locale: String,
    pub(crate) return_url: String,
    pub(crate) return_mac: String,
    /// What the wallet page is found by.
    pub(crate) code: String,
    pub(crate) status: Status,
    pub(crate) wallet: Option<&'static str>,
    pub(crate) changed: Timestamp,
    pub(crate) expires: Timestamp,
    pub(crate) expiry_seen: bool,
    /// A payment the wallet works on becomes CAPTURED then.
    pub(crate) capturing: Option<Timestamp>,
    /// How long the wallet will work on it, if a fault says so.
    pub(crate) slow_wallet: Option<SignedDuration>,
    pub(crate) collecting: Option<Timestamp>,
    /// What was collected of it; less than its sum where it came in parts.
    pub(crate) collected: i64,
    pub(crate) refunds: Vec<Refund>,
    pub(crate) history: Vec<(Timestamp, Status)>,
}

/// A payment as it was ordered.
#[derive(Debug, Clone)]
pub(crate) struct Ordered {
    reference: String,
    amount: i64,
    currency: String,
    country: String,
    locale: String,
    return_url: String,
}

impl Ordered {
    /// Reads a create-payment body, or says which field is wrong.
    pub(crate) fn read(body: &Value) -> Result<Self, Trouble> {
        let text = |pointer: &str| body.pointer(pointer).and_then(Value::as_str).unwrap_or_default();
        let redirect = "/redirectPaymentMethodSpecificInput/paymentProductId";
        // The documentation's example sends the number as a text.
        let product = body.pointer(redirect).and_then(whole);
        if product != Some(ALIPAY_PLUS) {
            return Err(Trouble::field("redirectPaymentMethodSpecificInput.paymentProductId", "NOT_BOARDED"));
        }
        let Some(amount) = body.pointer("/order/amountOfMoney/amount").and_then(Value::as_i64) else {
            return Err(Trouble::field("order.amountOfMoney.amount", "PARAMETER_NOT_FOUND_IN_REQUEST"));
        };
        let currency = text("/order/amountOfMoney/currencyCode");
        if products::wallets(currency).is_empty() {
            return Err(Trouble::field("order.amountOfMoney.currencyCode", "CURRENCY_NOT_ALLOWED"));
        }
        let (least, most) = products::limits(currency);
        if !(least..=most).contains(&amount) {
            return Err(Trouble::field("order.amountOfMoney.amount", "AMOUNT_OUT_OF_LIMITS"));
        }
        let country = text("/order/customer/billingAddress/countryCode");
        if !products::is_boarded(country) {
            return Err(Trouble::field("order.customer.billingAddress.countryCode", "INVALID_VALUE"));
        }
        let reference = text("/order/references/merchantReference");
        if reference.chars().count() > 30 {
            return Err(Trouble::field("order.references.merchantReference", "VALUE_TOO_LONG"));
        }
        let return_url = text("/redirectPaymentMethodSpecificInput/redirectionData/returnUrl");
        // Localhost and IP addresses, which the platform refuses, are where a sandbox is used.
        if !["http://", "https://"].iter().any(|scheme| return_url.starts_with(scheme)) {
            return Err(Trouble::field("redirectionData.returnUrl", "INVALID_VALUE"));
        }
        Ok(Self {
            reference: reference.to_owned(),
            amount,
            currency: currency.to_owned(),
            country: country.to_owned(),
            locale: text("/order/customer/locale").to_owned(),
            return_url: return_url.to_owned(),
        })
    }

    /// A sum of 4.00 is declined before the buyer sees a page.
    pub(crate) fn is_declined_at_once(&self) -> bool {
        self.amount == 400
    }

    pub(crate) fn into_payment(self, merchant: &str, order: u64, now: Timestamp) -> Payment {
        Payment {
            id: format!("{merchant:0>10}{order:0>10}0000100001"),
            order,
            reference: self.reference,
            amount: self.amount,
            currency: self.currency,
            country: self.country,
            locale: self.locale,
            return_url: self.return_url,
            return_mac: uuid::Uuid::new_v4().to_string(),
            code: uuid::Uuid::new_v4().simple().to_string(),
            status: Status::Created,
            wallet: None,
            changed: now,
            expires: later(now, PAGE_LIFETIME),
            expiry_seen: false,
            capturing: None,
            slow_wallet: None,
            collecting: None,
            collected: 0,
            refunds: Vec::new(),
            history: vec![(now, Status::Created)],
        }
    }
}

impl Payment {
    pub(crate) fn is_named(&self, name: &str) -> bool {
        self.id == name || self.code == name || (!name.is_empty() && self.reference == name)
    }

    /// The first 20 characters of the id.
    pub(crate) fn additional_reference(&self) -> &str {
        self.id.get(..20).unwrap_or(&self.id)
    }

    /// Whether the wallet page still takes money.
    pub(crate) fn is_open(&self, now: Timestamp) -> bool {
        !self.status.is_decided() && self.capturing.is_none() && now < self.expires
    }

    pub(crate) fn page_url(&self, origin: &str) -> String {
        format!("{origin}/wallet/{}", self.code)
    }

    /// Where the buyer goes back to: the merchant's address with `REF` and `RETURNMAC` appended.
    pub(crate) fn back_url(&self) -> String {
        let (address, fragment) = match self.return_url.split_once('#') {
            Some((address, fragment)) => (address, format!("#{fragment}")),
            None => (self.return_url.as_str(), String::new()),
        };
        let joint = if address.contains('?') { '&' } else { '?' };
        format!("{address}{joint}REF={}&RETURNMAC={}{fragment}", self.id, self.return_mac)
    }

    /// What has gone back, and what is on its way.
    pub(crate) fn refunded(&self) -> (i64, i64) {
        let sum = |wanted: fn(&Refund) -> bool| {
            self.refunds.iter().filter(|refund| wanted(refund)).map(|refund| refund.amount).sum()
        };
        (sum(Refund::is_done), sum(Refund::is_requested))
    }

    pub(crate) fn remaining(&self) -> i64 {
        let (done, requested) = self.refunded();
        self.collected - done - requested
    }

    pub(crate) fn is_refundable(&self) -> bool {
        self.status == Status::Paid && self.remaining() > 0
    }

    pub(crate) fn next_change(&self) -> Option<Timestamp> {
        let expiring = (!self.status.is_decided() && !self.expiry_seen).then_some(self.expires);
        let refunds = self.refunds.iter().filter_map(|refund| refund.done_at);
        refunds.chain(self.capturing).chain(self.collecting).chain(expiring).min()
    }

    /// The status before this one.
    pub(super) fn before(&self) -> Option<Status> {
        self.history.iter().rev().nth(1).map(|(_, status)| *status)
    }

    pub(super) fn set(&mut self, status: Status, now: Timestamp) {
        self.status = status;
        self.changed = now;
        self.history.push((now, status));
        self.capturing = None;
        if status == Status::Paid {
            self.collected = self.amount;
        }
        self.collecting = (status == Status::Captured).then(|| later(now, COLLECTED_AFTER));
    }
}

fn whole(value: &Value) -> Option<u64> {
    value.as_u64().or_else(|| value.as_str()?.parse().ok())
}
