//! The golden messages of errors.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on should stop")]

use std::path::Path;

use alliancepay::{BankError, MsgType};

fn golden(case: &str) -> BankError {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden").join(case).with_extension("json");
    serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap()
}

#[test]
fn errors_keep_the_banks_words_and_the_broken_rules() {
    let error = golden("error/error");
    assert_eq!((error.msg_code.as_str(), &error.msg_type), ("b_terminal_not_found", &MsgType::Error));
    assert_eq!(
        error.to_string(),
        "b_terminal_not_found (Terminal not found), bank request 99999999-0000-4000-8000-000000000000"
    );
    assert!(error.is_localized && error.error_causes.is_empty());
    assert_eq!(error.msg_attrs, serde_json::json!({}));
    let error = golden("error/validation-error");
    assert_eq!(error.msg_type, MsgType::ValidationError);
    assert_eq!(error.validation, ["must match the pattern", "coinAmount must be positive"]);
}
