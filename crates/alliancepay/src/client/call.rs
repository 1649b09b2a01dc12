//! The calls of the bank's API and the two kinds of body they take.

use serde::Serialize;

use crate::error::Error;
use crate::jwe;
use crate::jwk::PublicJwk;

/// A call of the bank's API.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Call {
    Authorize,
    CreateOrder,
    Operations,
    OperationById,
    OperationByRequest,
    Refund,
    Completion,
}

impl Call {
    pub(super) const fn path(self) -> &'static str {
        match self {
            Self::Authorize => "/api-gateway/authorize_virtual_device",
            Self::CreateOrder => "/ecom/execute_request/hpp/v1/create-order",
            Self::Operations => "/ecom/execute_request/hpp/v1/operations",
            Self::OperationById => "/ecom/execute_request/payments/v1/operations",
            Self::OperationByRequest => "/ecom/execute_request/payments/v1/operation/by_merchant_request_id",
            Self::Refund => "/ecom/execute_request/payments/v3/refund",
            Self::Completion => "/ecom/execute_request/payments/v1/completion",
        }
    }

    /// Whether the call itself moves money; an order only lets a buyer do it.
    pub(super) const fn moves_money(self) -> bool {
        match self {
            Self::Refund | Self::Completion => true,
            Self::Authorize
            | Self::CreateOrder
            | Self::Operations
            | Self::OperationById
            | Self::OperationByRequest => false,
        }
    }
}

/// What a call carries.
pub(super) enum Body {
    Json(Vec<u8>),
    Jwe(String),
}

impl Body {
    pub(super) fn json(message: &impl Serialize) -> Result<Self, Error> {
        Ok(Self::Json(written(message)?))
    }

    /// Encrypted for the bank's key of one session.
    pub(super) fn sealed(message: &impl Serialize, bank: &PublicJwk) -> Result<Self, Error> {
        let sealed = jwe::encrypt(&written(message)?, bank);
        let sealed =
            sealed.map_err(|error| Error::Configuration(format!("the bank's key is unusable: {error}")))?;
        Ok(Self::Jwe(sealed))
    }

    pub(super) const fn content_type(&self) -> &'static str {
        match self {
            Self::Json(_) => "application/json",
            // The docs' own; the envelope goes out bare, not as a JSON string.
            Self::Jwe(_) => "text/plain",
        }
    }

    pub(super) fn into_bytes(self) -> Vec<u8> {
        match self {
            Self::Json(bytes) => bytes,
            Self::Jwe(compact) => compact.into_bytes(),
        }
    }
}

fn written(message: &impl Serialize) -> Result<Vec<u8>, Error> {
    serde_json::to_vec(message)
        .map_err(|_| Error::InvalidRequest { field: "body", rule: "something JSON can express" })
}
