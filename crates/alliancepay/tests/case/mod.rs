//! The golden files, by their names.

use std::path::Path;

use serde::de::DeserializeOwned;

pub(crate) fn text(case: &str) -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden").join(case).with_extension("json");
    std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

pub(crate) fn golden<T: DeserializeOwned>(case: &str) -> T {
    serde_json::from_str(&text(case)).unwrap_or_else(|error| panic!("{case}: {error}"))
}
