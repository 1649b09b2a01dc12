//! The buyer's language as the platform takes it: `uk`, or with a country `en_GB`. The shop's text is its own, and none of it
//! goes further that is not of this form: a wish about the language must not stop a payment.

/// The platform's text for a language tag; nothing for a tag of another form.
pub(super) fn of(tag: &str) -> Option<String> {
    let (language, country) = match tag.split_once(['-', '_']) {
        Some((language, country)) => (language, Some(country)),
        None => (tag, None),
    };
    if !is_letters(language, 2..=3) {
        return None;
    }
    let language = language.to_ascii_lowercase();
    match country {
        None => Some(language),
        Some(country) if is_letters(country, 2..=2) => {
            Some(format!("{language}_{}", country.to_ascii_uppercase()))
        }
        Some(_) => None,
    }
}

fn is_letters(text: &str, many: std::ops::RangeInclusive<usize>) -> bool {
    many.contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_alphabetic())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn languages_with_and_without_a_country_are_written_as_the_platform_writes_them() {
        for (tag, sent) in
            [("uk", "uk"), ("EN", "en"), ("en-gb", "en_GB"), ("de_AT", "de_AT"), ("fil", "fil")]
        {
            assert_eq!(of(tag).as_deref(), Some(sent), "{tag}");
        }
    }

    #[test]
    fn any_other_text_is_left_out() {
        let long = "x".repeat(4_000);
        for tag in
            ["", "u", "zh-Hans-CN", "en_", "_GB", "en-GBR", "українська", "en GB", "en\nX", "1a", &long]
        {
            assert_eq!(of(tag), None, "{tag:.40}");
        }
    }
}
