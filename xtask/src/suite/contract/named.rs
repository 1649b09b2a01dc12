//! Whether the reports name every operation of the document: one that was left out would be no failure.

use anyhow::ensure;
use serde_json::Value;

const METHODS: [&str; 5] = ["get", "put", "post", "delete", "patch"];
/// The document itself: read to begin with, and never called again.
const DOCUMENT: &str = "GET /v1/openapi.json";

/// Fails with the operations that no report has a result of.
pub(super) fn all(document: &Value, reports: &[&str]) -> anyhow::Result<()> {
    let mut missing = operations(document);
    ensure!(!missing.is_empty(), "the document has no operations");
    missing.retain(|operation| {
        operation != DOCUMENT && !reports.iter().any(|report| has_result(report, operation))
    });
    ensure!(missing.is_empty(), "never called: {}", missing.join(", "));
    Ok(())
}

/// As the report names them: `GET /v1/orders/{order}`.
fn operations(document: &Value) -> Vec<String> {
    let paths = document["paths"].as_object().into_iter().flatten();
    let named = |(path, item): (&String, &Value)| {
        let methods = METHODS.iter().filter(|method| item.get(**method).is_some());
        methods.map(|method| format!("{} {path}", method.to_uppercase())).collect::<Vec<_>>()
    };
    paths.flat_map(named).collect()
}

/// One that was skipped has none.
fn has_result(report: &str, operation: &str) -> bool {
    let name = format!("name=\"{operation}\"");
    let cases = report.split("<testcase").skip(1);
    cases.into_iter().any(|case| case.contains(&name) && !case.contains("<skipped"))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn an_operation_that_no_report_names_or_that_was_skipped_is_missing() {
        let document = json!({"paths": {"/a/{b}": {"get": {}, "delete": {}, "parameters": []}, "/c": {"post": {}},
            "/v1/openapi.json": {"get": {}}}});
        let first =
            "<testsuite name=\"x\"><testcase name=\"GET /a/{b}\" time=\"1\" /><testcase name=\"POST /c\"/>";
        let all_of = |second: &str| all(&document, &[first, second]).map_err(|error| error.to_string());
        assert_eq!(all_of("<testcase name=\"DELETE /a/{b}\"/>"), Ok(()));
        assert_eq!(all_of(""), Err("never called: DELETE /a/{b}".to_owned()));
        let skipped = "<testcase name=\"DELETE /a/{b}\"><skipped /></testcase>";
        assert_eq!(all_of(skipped), Err("never called: DELETE /a/{b}".to_owned()));
        assert!(all(&json!({}), &[first]).is_err());
    }
}
