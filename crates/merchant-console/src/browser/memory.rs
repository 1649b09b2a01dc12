//! What this browser remembers for its user: language and appearance. Works where storage is blocked.

use super::window;

/// Reads a remembered word.
pub fn recall(key: &str) -> Option<String> {
    window().local_storage().ok().flatten()?.get_item(&name(key)).ok().flatten()
}

/// Remembers a word.
pub fn remember(key: &str, value: &str) {
    if let Ok(Some(storage)) = window().local_storage() {
        let _ = storage.set_item(&name(key), value);
    }
}

/// The first language the browser asks for.
pub fn language() -> String {
    window().navigator().language().unwrap_or_default()
}

fn name(key: &str) -> String {
    ["alliancepay-console-", key].concat()
}
