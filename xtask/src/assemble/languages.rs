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
/// Most buyers': their hashes are in the loader. A hash does not compress, so those of the others are in a list of its own
/// that only their buyers load.
const AT_HAND: [&str; 2] = ["uk", FALLBACK];
/// The name of that list among the languages.
const MORE: &str = "more";

type Texts = BTreeMap<String, String>;

/// Language → the SHA-256 of its file, in hexadecimal; the file's name has the beginning of it.
type Hashes = BTreeMap<String, String>;

/// What was written.
#[derive(Debug)]
pub(crate) struct Languages {
    at_hand: Hashes,
    more: Hashes,
    /// Of the list of `more`.
    list: String,
}

/// Writes one file per language, and the list of those that the loader does not know.
pub(crate) fn write(texts: &Path, files: &Path) -> anyhow::Result<Languages> {
    let fallback = read(&texts.join(format!("{FALLBACK}.json")))?;
    let (mut at_hand, mut more) = (Hashes::new(), Hashes::new());
    for entry in std::fs::read_dir(texts).with_context(|| format!("reading {}", texts.display()))? {
        let path = entry?.path();
        let language = path.file_stem().and_then(|stem| stem.to_str()).context("a language's file name")?;
        let mut complete = fallback.clone();
        for (key, text) in read(&path)? {
            ensure!(fallback.contains_key(&key), "{}: nobody reads {key}", path.display());
            complete.insert(key, text);
        }
        let hash = write_hashed(files, language, &complete)?;
        let hashes = if AT_HAND.contains(&language) { &mut at_hand } else { &mut more };
        hashes.insert(language.to_owned(), hash);
    }
    let list = write_hashed(files, MORE, &more)?;
    Ok(Languages { at_hand, more, list })
}

fn write_hashed(files: &Path, name: &str, list: &BTreeMap<String, String>) -> anyhow::Result<String> {
    let bytes = serde_json::to_vec(list)?;
    let hash = hex(&Sha256::digest(&bytes));
    std::fs::write(files.join(file_name(name, &hash)), bytes)?;
    Ok(hash)
}

impl Languages {
    /// The names of the files.
    pub(crate) fn files(&self) -> Vec<String> {
        let texts = self.at_hand.iter().chain(&self.more).map(|(language, hash)| file_name(language, hash));
        texts.chain([file_name(MORE, &self.list)]).collect()
    }

    /// The JavaScript module `alliancepay-languages`.
    pub(crate) fn hashes(&self) -> String {
        let (at_hand, list) = (serde_json::json!(self.at_hand), serde_json::json!(self.list));
        format!("export const LANGUAGES = {at_hand};\nexport const MORE = {list};\n")
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
        let [_, german, list] = languages.files().try_into().expect("two languages and the list");
        let german = std::fs::read_to_string(files.join(german)).expect("file");
        assert_eq!(german, r#"{"again":"Again","pay":"Zahlen"}"#);
        let list = std::fs::read_to_string(files.join(list)).expect("file");
        assert!(list.starts_with(r#"{"de":""#) && !languages.hashes().contains("\"de\""), "{list}");
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
