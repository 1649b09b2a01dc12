//! The texts: `texts/LANGUAGE.json` in the repository, `alliancepay-LANGUAGE-HASH.json` among the merchant's files. A
//! text a language lacks is the English one. The keys are sorted: the wasm knows a text by its place.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::Path;

use anyhow::{Context, ensure};
use sha2::{Digest, Sha256};

use crate::files::hex;

/// Falls in for every other language, and for what another one lacks.
const FALLBACK: &str = "en";

type Texts = BTreeMap<String, String>;

/// Language → the SHA-256 of its file, in hexadecimal; the file's name has the beginning of it.
#[derive(Debug)]
pub(crate) struct Languages(BTreeMap<String, String>);

/// Writes one file per language.
pub(crate) fn write(texts: &Path, files: &Path) -> anyhow::Result<Languages> {
    let fallback = read(&texts.join(format!("{FALLBACK}.json")))?;
    let mut hashes = BTreeMap::new();
    for entry in std::fs::read_dir(texts).with_context(|| format!("reading {}", texts.display()))? {
        let path = entry?.path();
        let language = path.file_stem().and_then(|stem| stem.to_str()).context("a language's file name")?;
        let mut complete = fallback.clone();
        for (key, text) in read(&path)? {
            ensure!(fallback.contains_key(&key), "{}: nobody reads {key}", path.display());
            complete.insert(key, text);
        }
        let bytes = serde_json::to_vec(&complete)?;
        let hash = hex(&Sha256::digest(&bytes));
        std::fs::write(files.join(file_name(language, &hash)), bytes)?;
        hashes.insert(language.to_owned(), hash);
    }
    Ok(Languages(hashes))
}

impl Languages {
    /// The names of the files.
    pub(crate) fn files(&self) -> Vec<String> {
        self.0.iter().map(|(language, hash)| file_name(language, hash)).collect()
    }

    /// The JavaScript module `alliancepay-languages`.
    pub(crate) fn hashes(&self) -> String {
        format!("export const LANGUAGES = {};\n", serde_json::json!(self.0))
    }

    /// The JavaScript module `alliancepay-files`: every file as an address that bundlers see and carry along. `query` tells
    /// them how.
    pub(crate) fn addresses(&self, wasm: &str, query: &str) -> String {
        let mut module = "export const FILES = {\n".to_owned();
        for name in self.files().iter().map(String::as_str).chain([wasm]) {
            let beside = format!("./{name}{query}");
            let _ = writeln!(module, "  {name:?}: () => new URL({beside:?}, import.meta.url),");
        }
        module + "};\n"
    }
}

/// Whether the file is the texts of a language other than this one.
pub(crate) fn is_of_another_language(file: &str, language: &str) -> bool {
    Path::new(file).extension().is_some_and(|ending| ending == "json")
        && !file.starts_with(&format!("alliancepay-{language}-"))
}

fn file_name(language: &str, hash: &str) -> String {
    format!("alliancepay-{language}-{}.json", &hash[..16])
}

fn read(path: &Path) -> anyhow::Result<Texts> {
    let text = std::fs::read_to_string(path).with_context(|| format!("reading {}", path.display()))?;
    serde_json::from_str(&text).with_context(|| format!("{} is no list of texts", path.display()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_that_is_missing_falls_back_to_english_and_keeps_its_place() {
        let folder = tempfile::tempdir().expect("folder");
        let (texts, files) = (folder.path().join("texts"), folder.path());
        std::fs::create_dir(&texts).expect("folder");
        std::fs::write(texts.join("en.json"), r#"{"pay": "Pay", "again": "Again"}"#).expect("file");
        std::fs::write(texts.join("de.json"), r#"{"pay": "Zahlen"}"#).expect("file");
        let languages = write(&texts, files).expect("written");
        let [german, _] = languages.files().try_into().expect("two files");
        let german = std::fs::read_to_string(files.join(german)).expect("file");
        assert_eq!(german, r#"{"again":"Again","pay":"Zahlen"}"#);
    }

    #[test]
    fn a_text_that_nobody_reads_is_refused() {
        let folder = tempfile::tempdir().expect("folder");
        std::fs::write(folder.path().join("en.json"), r#"{"pay": "Pay"}"#).expect("file");
        std::fs::write(folder.path().join("de.json"), r#"{"zahlen": "Zahlen"}"#).expect("file");
        let error = write(folder.path(), folder.path()).unwrap_err().to_string();
        assert!(error.contains("zahlen"), "{error}");
    }
}
