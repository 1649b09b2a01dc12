//! The words of one language. They are data: `texts/*.json`, one file per language, loaded beside the wasm, so that a
//! buyer downloads one language. A merchant's own wording has replaced its texts before they come here.
//!
//! Amounts arrive already written in the buyer's locale; nothing here formats money.

mod names;

pub use names::Text;

/// What stands between two texts of a language as the loader hands it over.
const BETWEEN: char = '\0';

/// All texts of one language.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Words(String);

impl Words {
    /// The texts in the order of [`Text`], separated by a NUL.
    pub const fn new(texts: String) -> Self {
        Self(texts)
    }

    /// A text as it stands; one that is missing is empty, and an empty text is not shown.
    pub fn get(&self, text: Text) -> &str {
        self.0.split(BETWEEN).nth(text as usize).unwrap_or_default()
    }

    /// A text with its one placeholder filled in.
    pub fn fill(&self, text: Text, value: &str) -> String {
        let template = self.get(text);
        let filled = template.split_once('{').and_then(|(before, rest)| {
            let (_, after) = rest.split_once('}')?;
            Some([before, value, after].concat())
        });
        filled.unwrap_or_else(|| template.to_owned())
    }
}

#[cfg(test)]
pub(crate) mod tests {
    use std::collections::BTreeMap;

    use super::*;

    type File = BTreeMap<String, String>;

    const LANGUAGES: [&str; 12] = ["cs", "de", "en", "es", "fr", "it", "nl", "pl", "pt", "ro", "tr", "uk"];

    #[test]
    fn the_list_of_texts_is_that_of_the_english_file_in_the_order_of_its_keys() {
        let listed: Vec<&str> = Text::ALL.iter().map(|(_, key)| *key).collect();
        assert_eq!(listed, file("en").keys().map(String::as_str).collect::<Vec<_>>());
        for (place, (text, _)) in Text::ALL.iter().enumerate() {
            assert_eq!(*text as usize, place);
        }
    }

    #[test]
    fn every_language_says_everything_with_the_same_placeholders_and_no_other_key() {
        let english = file("en");
        for language in LANGUAGES {
            let texts = file(language);
            assert_eq!(texts.get("lang").map(String::as_str), Some(language));
            for (key, text) in &texts {
                assert!(english.contains_key(key), "{language}: nobody reads {key}");
                assert!(!text.trim().is_empty() && text.trim() == text, "{language}: {key}");
                assert!(!text.contains(BETWEEN), "{language}: {key}");
            }
            for (key, text) in &english {
                let Some(translated) = texts.get(key) else { panic!("{language} has no {key}") };
                assert_eq!(placeholders(translated), placeholders(text), "{language}: {key}");
            }
        }
    }

    #[test]
    fn a_text_has_at_most_one_placeholder() {
        for (key, text) in file("en") {
            assert!(placeholders(&text).len() <= 1, "{key}");
        }
    }

    #[test]
    fn each_language_file_is_listed_here() {
        let folder = std::fs::read_dir(concat!(env!("CARGO_MANIFEST_DIR"), "/texts")).expect("texts/");
        let mut found: Vec<String> = folder
            .map(|file| file.expect("a file").file_name().to_string_lossy().replace(".json", ""))
            .collect();
        found.sort();
        assert_eq!(found, LANGUAGES);
    }

    #[test]
    fn a_placeholder_is_filled_and_a_merchants_text_may_do_without_it() {
        let words = words("uk");
        assert_eq!(words.fill(Text::PayAmount, "1 299,05 ₴"), "Сплатити 1 299,05 ₴");
        assert_eq!(Words::new("Далі".to_owned()).fill(Text::Assurance, "1"), "Далі");
        assert_eq!(Words::new(String::new()).get(Text::Ways), "");
    }

    /// A language as the loader would hand it over.
    pub(crate) fn words(language: &str) -> Words {
        Words::new(file(language).into_values().collect::<Vec<_>>().join("\0"))
    }

    fn file(language: &str) -> File {
        let path = format!("{}/texts/{language}.json", env!("CARGO_MANIFEST_DIR"));
        let text = std::fs::read_to_string(path).expect("a language file");
        serde_json::from_str(&text).expect("texts by key")
    }

    fn placeholders(text: &str) -> Vec<&str> {
        text.split('{').skip(1).map(|rest| rest.split('}').next().unwrap_or_default()).collect()
    }
}
