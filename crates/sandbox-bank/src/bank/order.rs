//! An order on the hosted page, as the bank keeps it.

use jiff::Timestamp;
use serde_json::{Map, Value};

use super::operation::{Operation, OperationStatus};

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum PayType {
    Purchase,
    A2a,
}

impl PayType {
    pub(crate) fn wire(self) -> &'static str {
        match self {
            Self::Purchase => "PURCHASE",
            Self::A2a => "A2A",
        }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum OrderStatus {
    Pending,
    Required3ds,
    Success,
    Fail,
    Canceled,
    PartialRefund,
}

impl OrderStatus {
    pub(crate) fn wire(self) -> &'static str {
        match self {
            Self::Pending => "PENDING",
            Self::Required3ds => "REQUIRED_3DS",
            Self::Success => "SUCCESS",
            Self::Fail => "FAIL",
            Self::Canceled => "CANCELED",
            Self::PartialRefund => "PARTIAL_REFUND",
        }
    }

    pub(crate) fn is_final(self) -> bool {
        match self {
            Self::Pending | Self::Required3ds => false,
            Self::Success | Self::Fail | Self::Canceled | Self::PartialRefund => true,
        }
    }

    pub(crate) fn is_paid(self) -> bool {
        match self {
            Self::Success | Self::PartialRefund => true,
            Self::Pending | Self::Required3ds | Self::Fail | Self::Canceled => false,
        }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum TryMode {
    OneTry,
    MultiPayment,
}

impl TryMode {
    pub(crate) fn wire(self) -> &'static str {
        match self {
            Self::OneTry => "ONE_TRY",
            Self::MultiPayment => "MULTI_PAYMENT",
        }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum StatusPage {
    Timer,
    Staying,
    MerchantPage,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Currency {
    Uah,
    Usd,
    Eur,
}

impl Currency {
    pub(crate) fn code(self) -> &'static str {
        match self {
            Self::Uah => "980",
            Self::Usd => "840",
            Self::Eur => "978",
        }
    }

    pub(crate) fn letters(self) -> &'static str {
        match self {
            Self::Uah => "UAH",
            Self::Usd => "USD",
            Self::Eur => "EUR",
        }
    }
}

/// A create-order request that passed every check.
#[derive(Debug, Clone)]
pub(crate) struct OrderRequest {
    pub(crate) merchant_request_id: String,
    pub(crate) merchant_id: String,
    pub(crate) pay_type: PayType,
    pub(crate) direct_type: String,
    pub(crate) try_mode: Option<TryMode>,
    pub(crate) lifetime_minutes: i64,
    pub(crate) coin_amount: u64,
    pub(crate) currency: Currency,
    pub(crate) payment_methods: Vec<String>,
    pub(crate) language: String,
    pub(crate) notification_url: Option<String>,
    pub(crate) notification_encryption: bool,
    pub(crate) success_url: String,
    pub(crate) fail_url: String,
    pub(crate) status_page: StatusPage,
    pub(crate) purpose: Option<String>,
    pub(crate) merchant_comment: Option<String>,
    pub(crate) priority_bank: Option<String>,
    pub(crate) wants_qr: bool,
    pub(crate) customer: Map<String, Value>,
}

#[derive(Debug, Clone)]
pub(crate) struct Order {
    pub(crate) hpp_order_id: String,
    pub(crate) ecom_order_id: String,
    pub(crate) request: OrderRequest,
    pub(crate) created: Timestamp,
    pub(crate) expires: Timestamp,
    pub(crate) status: OrderStatus,
    pub(crate) operations: Vec<Operation>,
    pub(crate) wrong_codes: u8,
    /// Milliseconds every payment of this order stays PENDING, set by a fault.
    pub(crate) slow_settling_ms: Option<i64>,
    /// Expiry has been acted on (once).
    pub(crate) expiry_seen: bool,
}

impl Order {
    pub(crate) fn new(request: OrderRequest, now: Timestamp, expires: Timestamp) -> Self {
        let token = uuid::Uuid::new_v4().simple().to_string();
        Self {
            hpp_order_id: format!("{}{}", now.as_millisecond(), token.get(..10).unwrap_or(&token)),
            ecom_order_id: uuid::Uuid::new_v4().to_string(),
            request,
            created: now,
            expires,
            status: OrderStatus::Pending,
            operations: Vec::new(),
            wrong_codes: 0,
            slow_settling_ms: None,
            expiry_seen: false,
        }
    }

    pub(crate) fn expired(&self, now: Timestamp) -> bool {
        !self.status.is_final() && now >= self.expires
    }

    /// The attempt the buyer is in the middle of.
    pub(crate) fn open_attempt(&mut self) -> Option<&mut Operation> {
        self.operations.iter_mut().rev().find(|operation| {
            operation.is_payment()
                && match operation.status {
                    OperationStatus::Pending | OperationStatus::Required3ds => true,
                    OperationStatus::Success | OperationStatus::Fail => false,
                }
        })
    }

    /// Is `id` a name of this order?
    pub(crate) fn is_named(&self, id: &str) -> bool {
        self.hpp_order_id == id || self.request.merchant_request_id == id
    }

    pub(crate) fn page_url(&self, origin: &str) -> String {
        format!("{origin}/pay?hpp_id={}", self.hpp_order_id)
    }

    /// The bank shows no status page for account payments.
    pub(crate) fn status_url(&self, origin: &str) -> Option<String> {
        match self.request.pay_type {
            PayType::Purchase => Some(format!("{origin}/status?hpp_id={}", self.hpp_order_id)),
            PayType::A2a => None,
        }
    }
}
