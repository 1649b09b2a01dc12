//! What an order is found by: words of letters and digits, in small letters. The same for what is stored and for what is
//! typed, so that both databases find the same orders.

use std::collections::BTreeSet;

/// Longer words are cut: nobody types them.
const LONGEST_WORD: usize = 64;
/// An order of hundreds of lines is found by the first of them.
const MOST_WORDS: usize = 1_000;
/// What is typed has fewer.
const MOST_TYPED: usize = 16;

/// The words of texts, each once.
pub(crate) fn of<'a>(texts: impl IntoIterator<Item = &'a str>) -> String {
    let words: BTreeSet<String> = texts.into_iter().flat_map(split).take(MOST_WORDS).collect();
    words.into_iter().collect::<Vec<_>>().join(" ")
}

/// The words of what somebody looks for: an order is found if each of them begins one of its words. A single letter has
/// to be a whole word.
pub(crate) fn typed(text: &str) -> Vec<String> {
    split(text).take(MOST_TYPED).collect()
}

fn split(text: &str) -> impl Iterator<Item = String> + '_ {
    text.split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(|word| word.to_lowercase().chars().filter(|c| c.is_alphanumeric()).take(LONGEST_WORD).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_split_at_everything_else_and_kept_once() {
        assert_eq!(of(["A-1001", "Дві КНИГИ, дві"]), "1001 a дві книги");
        assert_eq!(of(["İ", "\u{202e}x\0y"]), "i x y");
        assert_eq!(typed(" a-10 \"; DROP"), ["a", "10", "drop"]);
        assert_eq!(typed("**"), Vec::<String>::new());
    }
}
