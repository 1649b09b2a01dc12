//! The golden messages of errors.

mod case;

use alliancepay::{BankError, MsgType};
use case::golden;

#[test]
fn errors_keep_the_banks_words_and_the_broken_rules() {
    let error: BankError = golden("error/error");
    assert_eq!((error.msg_code.as_str(), &error.msg_type), ("b_terminal_not_found", &MsgType::Error));
    assert_eq!(
        error.to_string(),
        "b_terminal_not_found (Terminal not found), bank request 99999999-0000-4000-8000-000000000000"
    );
    assert!(error.is_localized && error.error_causes.is_empty());
    assert_eq!(error.msg_attrs, serde_json::json!({}));
    let error: BankError = golden("error/validation-error");
    assert_eq!(error.msg_type, MsgType::ValidationError);
    assert_eq!(error.validation, ["must match the pattern", "coinAmount must be positive"]);
}
