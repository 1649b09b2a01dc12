//! One movement on an order: a payment attempt or a refund.

use jiff::Timestamp;

use super::cards::Decline;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum OperationKind {
    Purchase,
    AccountToAccount,
    Refund,
}

impl OperationKind {
    pub(crate) fn wire(self) -> &'static str {
        match self {
            Self::Purchase => "PURCHASE",
            Self::AccountToAccount => "ACCOUNT_2_ACCOUNT",
            Self::Refund => "REFUND",
        }
    }

    pub(crate) fn transaction_type(self) -> u32 {
        match self {
            Self::Purchase => 35,
            Self::AccountToAccount => 54,
            Self::Refund => 76,
        }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum OperationStatus {
    Success,
    Fail,
    Pending,
    Required3ds,
}

impl OperationStatus {
    pub(crate) fn wire(self) -> &'static str {
        match self {
            Self::Success => "SUCCESS",
            Self::Fail => "FAIL",
            Self::Pending => "PENDING",
            Self::Required3ds => "REQUIRED_3DS",
        }
    }
}

/// What the money came from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Instrument {
    Card { mask: String, system: &'static str },
    Account { bank: String },
}

/// The sum in the order's own currency, when that is not the hryvnia.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Source {
    pub(crate) amount: u64,
    pub(crate) currency: &'static str,
    pub(crate) rate: String,
}

/// The payment a refund gives back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Original {
    pub(crate) operation_id: Option<String>,
    pub(crate) ecom_operation_id: String,
    pub(crate) coin_amount: u64,
    pub(crate) rrn: Option<String>,
}

/// What a pending operation becomes, and when.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Settling {
    pub(crate) at: Timestamp,
    pub(crate) refusal: Option<Decline>,
}

#[derive(Debug, Clone)]
#[expect(
    clippy::struct_field_names,
    reason = "the bank calls two of its ids operationId and ecomOperationId"
)]
pub(crate) struct Operation {
    pub(crate) kind: OperationKind,
    pub(crate) status: OperationStatus,
    /// A failed refund has none. A refund's equals its payment's, as in the bank's sample.
    pub(crate) operation_id: Option<String>,
    pub(crate) ecom_operation_id: String,
    /// Refunds carry the merchant's; payments on the hosted page do not.
    pub(crate) merchant_request_id: Option<String>,
    /// Kopecks, whatever the order's currency.
    pub(crate) coin_amount: u64,
    pub(crate) source: Option<Source>,
    pub(crate) created: Timestamp,
    pub(crate) modified: Timestamp,
    pub(crate) instrument: Instrument,
    pub(crate) three_ds: bool,
    pub(crate) refusal: Option<Decline>,
    pub(crate) approval_code: Option<String>,
    pub(crate) rrn: Option<String>,
    pub(crate) error_details: Option<&'static str>,
    pub(crate) settling: Option<Settling>,
    pub(crate) original: Option<Original>,
    pub(crate) notification_url: Option<String>,
    pub(crate) notification_encryption: bool,
    pub(crate) merchant_comment: Option<String>,
    pub(crate) repeated: bool,
}

impl Operation {
    /// The bank's last word on this operation.
    pub(crate) fn finish(&mut self, refusal: Option<Decline>, now: Timestamp) {
        self.modified = now;
        self.settling = None;
        self.refusal = refusal;
        if refusal.is_some() {
            self.status = OperationStatus::Fail;
            if self.kind == OperationKind::Refund {
                self.operation_id = None;
            }
            return;
        }
        self.status = OperationStatus::Success;
        if matches!(self.instrument, Instrument::Card { .. }) {
            self.approval_code = Some(format!("{:06}", rand::random_range(0..1_000_000_u32)));
            self.rrn = Some(format!("{:012}", rand::random_range(100_000_000_000..1_000_000_000_000_u64)));
        }
    }

    /// Once it is decided, and has the id that the address is made of.
    pub(crate) fn receipt_url(&self, origin: &str) -> Option<String> {
        let id = self.operation_id.as_ref()?;
        match self.status {
            OperationStatus::Success | OperationStatus::Fail => {
                Some(format!("{origin}/generate_receipt/{}/{id}", self.ecom_operation_id))
            }
            OperationStatus::Pending | OperationStatus::Required3ds => None,
        }
    }

    pub(crate) fn is_payment(&self) -> bool {
        match self.kind {
            OperationKind::Purchase | OperationKind::AccountToAccount => true,
            OperationKind::Refund => false,
        }
    }

    pub(crate) fn succeeded(&self) -> bool {
        self.status == OperationStatus::Success
    }

    /// Money is on its way or moved: what a cap must count.
    pub(crate) fn may_have_moved_money(&self) -> bool {
        match self.status {
            OperationStatus::Success | OperationStatus::Pending | OperationStatus::Required3ds => true,
            OperationStatus::Fail => false,
        }
    }
}
