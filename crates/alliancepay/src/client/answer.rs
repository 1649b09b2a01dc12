//! What an answer means: the error object first, HTTP's own word second (many errors arrive with HTTP 200).

use reqwest::StatusCode;
use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

use super::call::Call;
use crate::bank_error::{BankError, MsgType};
use crate::error::Error;
use crate::jwe;
use crate::jwk::PrivateJwk;

/// A whole answer, not yet understood.
#[derive(Debug)]
pub(super) struct Answer {
    call: Call,
    status: StatusCode,
    body: Vec<u8>,
}

impl Answer {
    pub(super) const fn new(call: Call, status: StatusCode, body: Vec<u8>) -> Self {
        Self { call, status, body }
    }

    pub(super) fn status(&self) -> u16 {
        self.status.as_u16()
    }

    /// The documented message, or the error it holds instead.
    pub(super) fn read<T: DeserializeOwned>(self) -> Result<T, Error> {
        let json = serde_json::from_slice::<Value>(&self.body).ok();
        if let Some(error) = json.as_ref().and_then(|json| BankError::find(json, self.status.is_success())) {
            return Err(refusal(self.call, error, self.status));
        }
        if !self.status.is_success() {
            return Err(self.refused_without_words());
        }
        let Some(json) = json else { return Err(self.unreadable("it is not JSON".to_owned())) };
        T::deserialize(json).map_err(|error| self.unreadable(without_values(&error)))
    }

    /// The documented message out of its envelope. An error may come in clear instead, or inside.
    pub(super) fn open<T: DeserializeOwned>(self, key: &PrivateJwk) -> Result<T, Error> {
        let (call, status) = (self.call, self.status);
        let sealed: Sealed = self.read()?;
        // Not a matter of settings any more: the bank has read our request and may have done what it asks.
        let body = jwe::decrypt(&sealed.jwe, key).map_err(|error| Error::Unreadable {
            call: call.path(),
            status: status.as_u16(),
            reason: error.to_string(),
        })?;
        Self::new(call, status, body).read()
    }

    /// Not the bank's API speaking, but something in front of it.
    fn refused_without_words(&self) -> Error {
        let call = self.call.path();
        if self.status == StatusCode::UNAUTHORIZED {
            return Error::TokenRefused(Box::default());
        }
        if matches!(
            self.status,
            StatusCode::FORBIDDEN | StatusCode::NOT_FOUND | StatusCode::METHOD_NOT_ALLOWED
        ) {
            return Error::Configuration(format!(
                "HTTP {} instead of an answer to {call}; check the API address, and whether the bank has put \
                 this server's address on its list",
                self.status.as_u16()
            ));
        }
        self.unreadable("it is no success and holds no error object".to_owned())
    }

    fn unreadable(&self, reason: String) -> Error {
        Error::Unreadable { call: self.call.path(), status: self.status(), reason }
    }
}

/// An answer whose content only the merchant's key opens.
#[derive(Deserialize)]
pub(super) struct Sealed {
    pub(super) jwe: String,
}

/// Which field is missing may be said; other messages of serde repeat the value they stumbled over.
fn without_values(error: &serde_json::Error) -> String {
    let text = error.to_string();
    if text.starts_with("missing field") { text } else { "a field is not as documented".to_owned() }
}

/// Sorts the bank's codes by who must act (AlliancePay docs: error codes, authorization pages).
///
/// The docs stress that a code does not tell whether the transaction happened. So a call that moves money is refused
/// only by the codes that speak about the request itself; any other leaves its outcome open.
fn refusal(call: Call, error: BankError, status: StatusCode) -> Error {
    let error = Box::new(error);
    match error.msg_code.as_str() {
        "b_expired_token"
        | "b_used_token"
        | "b_previous_auth_token_expired"
        | "b_unknown_device"
        | "b_session_doesnt_exists" => Error::TokenRefused(error),
        "b_auth_token_expired" => Error::AccessClosed(error),
        "b_duplicate_field_value" => Error::Refused(error),
        "b_hpp_order_not_found" => Error::OrderNotFound(error),
        "b_hpp_order_expired" => Error::OrderExpired(error),
        "b_refresh_token_absent"
        | "b_virtual_device_not_found"
        | "b_terminal_not_found"
        | "b_merchant_not_found"
        | "b_encryptor_failed_decrypt_message"
        | "b_user_merchant_request_mismatch" => Error::TerminalRefused(error),
        "b_server_is_overloaded" | "b_overload_error" | "b_service_unavailable" | "b_unknown_error" => {
            Error::Unavailable(error)
        }
        // Whatever the code: HTTP 401 asks for another token (AlliancePay docs: authorization pages).
        _ if status == StatusCode::UNAUTHORIZED => Error::TokenRefused(error),
        _ if status.is_server_error() => Error::Unavailable(error),
        _ if call.moves_money() && !speaks_of_the_request(&error) => Error::Unavailable(error),
        _ => Error::Refused(error),
    }
}

fn speaks_of_the_request(error: &BankError) -> bool {
    error.msg_type == MsgType::ValidationError
        || matches!(
            error.msg_code.as_str(),
            "b_payment_invalid_refund_amount"
                | "b_payment_invalid_refund_status"
                | "b_payment_refund_not_supported"
                | "b_payment_not_found"
                | "b_operation_not_found"
                | "payment_operation_not_found"
                | "b_invalid_request"
                | "b_request_is_not_correct"
                | "b_error_parse_json"
                | "b_txn_not_allowed"
                | "b_unsupported_payment_system"
        )
}
