//! The create-order request. Optional fields that are absent are left out, never sent as null: the bank validates
//! a null and refuses the order (AlliancePay docs: create order page, recommendations on request parameters).

mod body;
mod check;
mod page_info;

use money::Amount;

use crate::customer::CustomerData;
use crate::priority_bank::PriorityBank;
use crate::time::BankTime;
use crate::vocabulary::{DirectType, PayType, PaymentMethod, StatusPageType, TryMode};

pub use body::CreateOrderBody;
pub use page_info::{PageBasket, PageProduct};

/// An order to be made at the bank (AlliancePay docs: create order page). Start with [`CreateOrder::new`], then set the
/// optional fields.
#[derive(Debug, Clone, PartialEq, Eq)]
#[expect(clippy::struct_excessive_bools, reason = "the flags are the bank's, and independent of each other")]
pub struct CreateOrder {
    /// Our own handle, unique per attempt, at most 36 characters. The bank has no lookup by it: store it first.
    pub merchant_request_id: String,
    /// The kind of payment; must be the terminal's.
    pub pay_type: PayType,
    /// The sum to pay, in minor units. Its currency is always named, also where the bank would assume hryvnia.
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
    /// Language of the hosted page: `uk` (the bank's default), `en`, `es`, `de`, `pl`, `fr`, `tr`, `it`, `nl`, `pt`.
    pub language: Option<String>,
    /// Where the bank sends its notification; https, at most 255 characters.
    pub notification_url: Option<String>,
    /// Ask for encrypted notifications; [`crate::Notification::from_body`] opens them.
    pub notification_encryption: bool,
    /// What the payment is for, as the buyer and the settlement show it; at most 255 characters.
    pub purpose: Option<String>,
    /// Comes back in the daily registers; the bank's own set of characters, 255 at most; for A2A mandatory, 14 at least.
    pub merchant_comment: Option<String>,
    /// A2A: the bank to open first, a word of [`PriorityBank`]; `ALL_BANKS` shows a list.
    pub priority_bank_code: Option<String>,
    /// A2A: goal of the NBU QR code, `MP2B/OTHR`.
    pub payment_category_goal: Option<String>,
    /// A2A: also make an NBU QR code.
    pub nbu_qr: bool,
    /// The payer may change the sum in the NBU QR code (docs 2.54): the paid sum is then anything.
    pub editable_amount: bool,
    /// The NBU QR code never expires (docs 2.54).
    pub never_expire: bool,
    /// Basket lines the hosted page shows; see [`PageBasket`] before using it.
    pub page_basket: Option<PageBasket>,
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
            notification_encryption: false,
            purpose: None,
            merchant_comment: None,
            priority_bank_code: None,
            payment_category_goal: None,
            nbu_qr: false,
            editable_amount: false,
            never_expire: false,
            page_basket: None,
        }
    }

    /// A2A: the bank whose app or page opens first.
    #[must_use]
    pub fn priority_bank(mut self, bank: &PriorityBank) -> Self {
        self.priority_bank_code = Some(bank.to_string());
        self
    }

    /// The JSON body, for the merchant the terminal belongs to.
    pub fn body<'a>(&'a self, merchant_id: &'a str) -> CreateOrderBody<'a> {
        CreateOrderBody::of(self, merchant_id)
    }
}
