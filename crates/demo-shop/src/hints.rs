//! Hints in the head of the shop's pages: the widget's wasm and its words come beside the script, not one round trip after
//! it. Their names change with every build, so they are read from the backend's manifest and kept for some minutes. A page
//! without hints is a slower page and no other.

use std::path::Path;
use std::time::{Duration, Instant};

use serde::Deserialize;
use tokio::sync::Mutex;
use url::Url;

use crate::backend::base;
use crate::preferences::Language;

/// As long as a shop may be late to learn of a new build. Failures are not asked about sooner either.
const KEPT_FOR: Duration = Duration::from_mins(5);
/// A page does not wait long for what only makes it faster.
const PATIENCE: Duration = Duration::from_millis(500);

/// What the shop knows of the widget's files.
pub(crate) struct Hints {
    http: reqwest::Client,
    widget: String,
    known: Mutex<Known>,
}

#[derive(Default)]
struct Known {
    names: Vec<String>,
    until: Option<Instant>,
}

#[derive(Deserialize)]
struct Manifest {
    files: Vec<Entry>,
}

#[derive(Deserialize)]
struct Entry {
    path: String,
}

impl Hints {
    pub(crate) fn new(backend: &Url) -> reqwest::Result<Self> {
        let http = reqwest::Client::builder().timeout(PATIENCE).no_proxy().build()?;
        Ok(Self { http, widget: format!("{}/widget/", base(backend)), known: Mutex::default() })
    }

    /// The addresses of what a page in this language will load.
    pub(crate) async fn for_page(&self, language: Language) -> Vec<String> {
        let mut known = self.known.lock().await;
        if known.until.is_none_or(|until| until < Instant::now()) {
            // Without an answer the last names are better than none.
            if let Ok(manifest) = self.manifest().await {
                known.names = manifest.files.into_iter().map(|file| file.path).collect();
            }
            known.until = Instant::now().checked_add(KEPT_FOR);
        }
        wanted(&known.names, language).map(|name| format!("{}{name}", self.widget)).collect()
    }

    async fn manifest(&self) -> reqwest::Result<Manifest> {
        self.http.get(format!("{}manifest.json", self.widget)).send().await?.error_for_status()?.json().await
    }
}

/// The wasm, and the words of one language. What comes out becomes markup: only plain names do.
fn wanted(names: &[String], language: Language) -> impl Iterator<Item = &String> {
    let words = format!("alliancepay-{}-", language.code());
    let plain = |name: &&String| {
        name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'.')
    };
    let is_wasm = |name: &str| Path::new(name).extension().is_some_and(|kind| kind == "wasm");
    names.iter().filter(plain).filter(move |name| is_wasm(name) || name.starts_with(&words))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_is_told_of_the_wasm_and_its_own_words_by_plain_names_only() {
        let names = [
            "alliancepay.js",
            "alliancepay.mjs",
            "alliancepay-0123456789abcdef.wasm",
            "alliancepay-en-0123456789abcdef.json",
            "alliancepay-uk-0123456789abcdef.json",
            "a\"><script>.wasm",
            "../../alliancepay-uk-x.json",
        ]
        .map(str::to_owned);
        let wanted: Vec<_> = wanted(&names, Language::Uk).collect();
        assert_eq!(wanted, ["alliancepay-0123456789abcdef.wasm", "alliancepay-uk-0123456789abcdef.json"]);
    }
}
