//! The bank's errors: code, text and the HTTP status it comes with. Many come with 200, as at the bank.

/// An error answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Refusal {
    pub(crate) http: u16,
    pub(crate) code: &'static str,
    pub(crate) text: String,
    /// Not empty: the answer is a `VALIDATION_ERROR`.
    pub(crate) validation: Vec<String>,
}

fn refusal(http: u16, code: &'static str, text: &str) -> Refusal {
    Refusal { http, code, text: text.to_owned(), validation: Vec::new() }
}

pub(crate) fn validation(errors: Vec<String>) -> Refusal {
    Refusal { validation: errors, ..refusal(400, "b_request_is_not_correct", "Request is not correct") }
}

pub(crate) fn parse_json() -> Refusal {
    refusal(400, "b_error_parse_json", "Error parse json")
}

pub(crate) fn api_version() -> Refusal {
    refusal(400, "b_request_is_not_correct", "Header x-api_version is absent or not supported")
}

pub(crate) fn duplicate(field: &str) -> Refusal {
    refusal(400, "b_duplicate_field_value", &format!("Duplicate value of field {field}"))
}

pub(crate) fn virtual_device_not_found() -> Refusal {
    refusal(200, "b_virtual_device_not_found", "Virtual device not found")
}

pub(crate) fn refresh_token_absent() -> Refusal {
    refusal(200, "b_refresh_token_absent", "Refresh token is absent")
}

pub(crate) fn unknown_device() -> Refusal {
    refusal(401, "b_unknown_device", "Unknown device")
}

pub(crate) fn used_token() -> Refusal {
    refusal(401, "b_used_token", "Used Token Alert!")
}

pub(crate) fn expired_token() -> Refusal {
    refusal(401, "b_expired_token", "Expired token")
}

pub(crate) fn session_superseded() -> Refusal {
    refusal(401, "b_session_doesnt_exists", "Session doesn't exist")
}

pub(crate) fn access_closed() -> Refusal {
    refusal(401, "b_auth_token_expired", "Auth token expired")
}

pub(crate) fn merchant_not_found() -> Refusal {
    refusal(200, "b_merchant_not_found", "Merchant not found")
}

pub(crate) fn terminal_not_found() -> Refusal {
    refusal(200, "b_terminal_not_found", "Terminal not found")
}

pub(crate) fn order_not_found() -> Refusal {
    refusal(404, "b_hpp_order_not_found", "HPP order not found")
}

pub(crate) fn order_expired() -> Refusal {
    refusal(500, "b_hpp_order_expired", "HPP order expired")
}

pub(crate) fn operation_not_found() -> Refusal {
    refusal(200, "b_operation_not_found", "Operation not found")
}

pub(crate) fn payment_operation_not_found() -> Refusal {
    refusal(404, "payment_operation_not_found", "Payment operation not found")
}

pub(crate) fn refund_amount() -> Refusal {
    refusal(200, "b_payment_invalid_refund_amount", "Invalid refund amount")
}

pub(crate) fn refund_status() -> Refusal {
    refusal(200, "b_payment_invalid_refund_status", "Payment can't be refunded in its status")
}

pub(crate) fn not_decrypted() -> Refusal {
    refusal(200, "b_encryptor_failed_decrypt_message", "Failed to decrypt message")
}

pub(crate) fn unknown_error() -> Refusal {
    refusal(500, "b_unknown_error", "Unknown error")
}
