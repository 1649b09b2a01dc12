//! The calls, by name.

/// A call of the Server API.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Call {
    TestConnection,
    Product,
    CreatePayment,
    Payment,
    FindPayments,
    CreateRefund,
    RefundsOf,
    FindRefunds,
    Refund,
    CancelRefund,
}

impl Call {
    /// For errors and logs.
    pub(super) const fn name(self) -> &'static str {
        match self {
            Self::TestConnection => "test connection",
            Self::Product => "get payment product",
            Self::CreatePayment => "create payment",
            Self::Payment => "get payment",
            Self::FindPayments => "find payments",
            Self::CreateRefund => "create refund",
            Self::RefundsOf => "get refunds of a payment",
            Self::FindRefunds => "find refunds",
            Self::Refund => "get refund",
            Self::CancelRefund => "cancel refund",
        }
    }
}
