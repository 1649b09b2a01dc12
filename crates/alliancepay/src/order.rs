//! The create-order request. Optional fields that are absent are left out, never sent as null: the bank validates
//! a null and refuses the order (AlliancePay docs: create order page, recommendations on request parameters).

use money::{Amount, Currency};
use serde::Serialize;

use crate::customer::CustomerData;
use crate::error::Error;
use crate::time::BankTime;
use crate::vocabulary::{DirectType, PayType, PaymentMethod, StatusPageType, TryMode};

/// An order to be made at the bank. Start with [`CreateOrder::new`], then set the optional fields.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CreateOrder {
    /// Our own handle, unique per attempt, at most 36 characters. The bank has no lookup by it: store it first.
    pub merchant_request_id: String,
    /// The kind of payment; must be the terminal's.
    pub pay_type: PayType,
    /// The sum to pay. UAH is the bank's default and goes without a currency code.
    pub amount: Amount,
    /// What the hosted page offers; A2A samples of the docs send CARD.
    pub payment_methods: Vec<PaymentMethod>,
    /// Where the browser goes after a success; at most 1000 characters. It proves nothing.
    pub success_url: String,
    /// Where the browser goes after a failure; at most 1000 characters.
    pub fail_url: String,
    /// The bank's page after paying.
    pub status_page: StatusPageType,
    /// The buyer.
    pub customer: CustomerData,
    /// How the buyer reaches the payment; the bank's default is the hosted page.
    pub direct_type: Option<DirectType>,
    /// How often the order may be tried.
    pub try_mode: Option<TryMode>,
    /// Minutes until the order expires: at most 1440, for A2A at least 60.
    pub expiration_minutes: Option<u16>,
    /// PREAUTH only: when the hold ends, 2 hours to 28 days from now.
    pub preauth_expires: Option<BankTime>,
    /// Language of the hosted page: `uk`, `en`, …
    pub language: Option<String>,
    /// Where the bank sends its notification; https, at most 255 characters.
    pub notification_url: Option<String>,
    /// What the payment is for, as the buyer and the settlement show it; at most 255 characters.
    pub purpose: Option<String>,
    /// Comes back in the daily registers; the bank's own set of characters, 255 at most; for A2A mandatory, 14 at least.
    pub merchant_comment: Option<String>,
    /// A2A: the bank to open first; `ALL_BANKS` shows a list.
    pub priority_bank_code: Option<String>,
    /// A2A: goal of the NBU QR code, `MP2B/OTHR`.
    pub payment_category_goal: Option<String>,
    /// A2A: also make an NBU QR code.
    pub nbu_qr: bool,
}

impl CreateOrder {
    /// An order with the mandatory fields; card payment methods and the bank's timer page are the defaults.
    pub fn new(
        merchant_request_id: impl Into<String>,
        pay_type: PayType,
        amount: Amount,
        success_url: impl Into<String>,
        fail_url: impl Into<String>,
        customer: CustomerData,
    ) -> Self {
        Self {
            merchant_request_id: merchant_request_id.into(),
            pay_type,
            amount,
            payment_methods: vec![PaymentMethod::Card],
            success_url: success_url.into(),
            fail_url: fail_url.into(),
            status_page: StatusPageType::Timer,
            customer,
            direct_type: None,
            try_mode: None,
            expiration_minutes: None,
            preauth_expires: None,
            language: None,
            notification_url: None,
            purpose: None,
            merchant_comment: None,
            priority_bank_code: None,
            payment_category_goal: None,
            nbu_qr: false,
        }
    }

    /// Refuses what the bank is documented to refuse, before anything is sent.
    pub fn check(&self) -> Result<(), Error> {
        let refuse = |field, rule| Err(Error::InvalidRequest { field, rule });
        if !length(&self.merchant_request_id, 1, 36) {
            return refuse("merchantRequestId", "1 to 36 characters");
        }
        if self.amount.is_zero() {
            return refuse("coinAmount", "more than nothing");
        }
        if self.payment_methods.is_empty() {
            return refuse("paymentMethods", "at least one");
        }
        if !length(&self.success_url, 1, 1000) {
            return refuse("successUrl", "1 to 1000 characters");
        }
        if !length(&self.fail_url, 1, 1000) {
            return refuse("failUrl", "1 to 1000 characters");
        }
        if !length(self.customer.customer_id(), 1, 255) {
            return refuse("senderCustomerId", "1 to 255 characters");
        }
        if self.notification_url.as_ref().is_some_and(|url| !length(url, 1, 255)) {
            return refuse("notificationUrl", "1 to 255 characters");
        }
        if self.purpose.as_ref().is_some_and(|purpose| !length(purpose, 1, 255)) {
            return refuse("purpose", "1 to 255 characters");
        }
        let a2a = self.pay_type == PayType::A2a;
        if self.expiration_minutes.is_some_and(|m| m == 0 || m > 1440 || (a2a && m < 60)) {
            return refuse("expirationTimeMinutes", "1 to 1440, for A2A at least 60");
        }
        if self.preauth_expires.is_some() != (self.pay_type == PayType::Preauth) {
            return refuse("preAuthExpDate", "given exactly for PREAUTH");
        }
        match &self.merchant_comment {
            Some(comment) if !comment_is_taken(comment, a2a) => {
                refuse("merchantComment", "at most 255 of `a-zA-Z0-9 ,.;:@#$%'-=+`, for A2A at least 14")
            }
            None if a2a => refuse("merchantComment", "mandatory for A2A"),
            Some(_) | None => Ok(()),
        }
    }

    /// The JSON body, for the merchant the terminal belongs to.
    pub fn body<'a>(&'a self, merchant_id: &'a str) -> CreateOrderBody<'a> {
        CreateOrderBody {
            merchant_request_id: &self.merchant_request_id,
            merchant_id,
            hpp_pay_type: &self.pay_type,
            direct_type: self.direct_type.as_ref(),
            hpp_try_mode: self.try_mode.as_ref(),
            expiration_time_minutes: self.expiration_minutes,
            pre_auth_exp_date: self.preauth_expires,
            coin_amount: self.amount.minor(),
            currency_code: foreign(self.amount.currency()),
            payment_methods: &self.payment_methods,
            language: self.language.as_deref(),
            notification_url: self.notification_url.as_deref(),
            success_url: &self.success_url,
            fail_url: &self.fail_url,
            status_page_type: &self.status_page,
            purpose: self.purpose.as_deref(),
            merchant_comment: self.merchant_comment.as_deref(),
            priority_bank_code: self.priority_bank_code.as_deref(),
            payment_category_goal: self.payment_category_goal.as_deref(),
            generate_qr_nbu: self.nbu_qr.then_some(true),
            customer_data: &self.customer,
        }
    }
}

/// [`CreateOrder`] as it goes over the wire.
#[derive(Debug, Clone, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct CreateOrderBody<'a> {
    merchant_request_id: &'a str,
    merchant_id: &'a str,
    hpp_pay_type: &'a PayType,
    #[serde(skip_serializing_if = "Option::is_none")]
    direct_type: Option<&'a DirectType>,
    #[serde(skip_serializing_if = "Option::is_none")]
    hpp_try_mode: Option<&'a TryMode>,
    #[serde(skip_serializing_if = "Option::is_none")]
    expiration_time_minutes: Option<u16>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pre_auth_exp_date: Option<BankTime>,
    coin_amount: i64,
    #[serde(skip_serializing_if = "Option::is_none")]
    currency_code: Option<&'static str>,
    payment_methods: &'a [PaymentMethod],
    #[serde(skip_serializing_if = "Option::is_none")]
    language: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    notification_url: Option<&'a str>,
    success_url: &'a str,
    fail_url: &'a str,
    status_page_type: &'a StatusPageType,
    #[serde(skip_serializing_if = "Option::is_none")]
    purpose: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    merchant_comment: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    priority_bank_code: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    payment_category_goal: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    generate_qr_nbu: Option<bool>,
    customer_data: &'a CustomerData,
}

fn foreign(currency: Currency) -> Option<&'static str> {
    match currency {
        Currency::Uah => None,
        Currency::Usd | Currency::Eur => Some(currency.numeric()),
    }
}

fn length(text: &str, least: usize, most: usize) -> bool {
    (least..=most).contains(&text.chars().count())
}

fn comment_is_taken(comment: &str, a2a: bool) -> bool {
    length(comment, if a2a { 14 } else { 1 }, 255)
        && comment.chars().all(|c| c.is_ascii_alphanumeric() || " ,.;:@#$%'-=+".contains(c))
}
