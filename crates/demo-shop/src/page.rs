//! Turns the page Trunk built into the page one buyer sees: language, theme, sums, the backend's address.
//!
//! The page is a whole page already, so this only rewrites what it marks; the other pages of the shop take the
//! place of its `<main>`. Everything written is escaped by the rewriter or by the templates.

use lol_html::html_content::{ContentType, Element};
use lol_html::{RewriteStrSettings, element, rewrite_str};
use maud::{Markup, html};

use crate::backend::base;
use crate::preferences::{Language, Preferences, Theme};
use crate::{Config, catalogue, sum, text};

/// A page that takes the place of the checkout.
pub(crate) struct Inset {
    pub(crate) title: String,
    pub(crate) main: Markup,
}

impl Inset {
    pub(crate) fn shows_the_widget(&self) -> bool {
        self.main.0.contains("<alliancepay-checkout")
    }
}

type Handled = Result<(), Box<dyn std::error::Error + Send + Sync>>;

/// Renders the checkout (no inset) or another page in its frame.
pub(crate) fn render(
    page: &str,
    config: &Config,
    preferences: &Preferences,
    hints: &[String],
    inset: Option<&Inset>,
) -> Result<String, lol_html::errors::RewritingError> {
    let language = preferences.language;
    let settings = RewriteStrSettings::new()
        .append_element_content_handler(element!("html", |html| {
            html.set_attribute("lang", language.code())?;
            html.set_attribute("data-theme", preferences.theme.code())?;
            Ok(())
        }))
        .append_element_content_handler(element!("meta[name=color-scheme]", |meta| {
            let scheme = match preferences.theme {
                Theme::Auto => "light dark",
                Theme::Light => "light",
                Theme::Dark => "dark",
            };
            meta.set_attribute("content", scheme)?;
            Ok(())
        }))
        .append_element_content_handler(element!("[data-text]", |marked| {
            if let Some(text) =
                marked.get_attribute("data-text").and_then(|key| text::of_page(&key, language))
            {
                marked.set_inner_content(text, ContentType::Text);
            }
            Ok(())
        }))
        .append_element_content_handler(element!("[data-label]", |marked| {
            translate(marked, "data-label", "aria-label", language)
        }))
        .append_element_content_handler(element!("[data-value]", |marked| {
            translate(marked, "data-value", "value", language)
        }))
        .append_element_content_handler(element!("[data-sum]", |marked| {
            if let Some(amount) =
                marked.get_attribute("data-sum").and_then(|name| catalogue::sum(&name, preferences.currency))
            {
                marked.set_inner_content(&sum::written(amount, language), ContentType::Text);
            }
            Ok(())
        }))
        .append_element_content_handler(element!("a[data-lang]", |link| {
            switch(link, preferences, "lang", "data-lang", language.code())
        }))
        .append_element_content_handler(element!("a[data-theme-link]", |link| {
            switch(link, preferences, "theme", "data-theme-link", preferences.theme.code())
        }))
        .append_element_content_handler(element!("a[data-currency]", |link| {
            switch(link, preferences, "currency", "data-currency", preferences.currency.code())
        }))
        .append_element_content_handler(element!("nav[data-currencies]", |choice| {
            // A placed order keeps its currency.
            if inset.is_some() {
                choice.remove();
            }
            Ok(())
        }))
        .append_element_content_handler(element!("script[src$='/widget/alliancepay.js']", |script| {
            script.set_attribute("src", &format!("{}/widget/alliancepay.js", base(&config.backend)))?;
            for hint in hints {
                let link = html! { link rel="preload" as="fetch" crossorigin href=(hint); };
                script.before(&link.0, ContentType::Html);
            }
            Ok(())
        }))
        .append_element_content_handler(element!("alliancepay-checkout", |widget| {
            let total = catalogue::total(preferences.currency);
            widget.set_attribute("backend", base(&config.backend))?;
            widget.set_attribute("lang", language.code())?;
            widget.set_attribute("theme", preferences.theme.code())?;
            widget.set_attribute("amount", &total.minor().to_string())?;
            widget.set_attribute("currency", &total.currency().to_string())?;
            Ok(())
        }))
        .append_element_content_handler(element!("details[data-bank]", |panel| {
            panel.set_attribute("data-bank", base(&config.bank))?;
            Ok(())
        }))
        .append_element_content_handler(element!("link[data-trunk]", |leftover| {
            leftover.remove();
            Ok(())
        }))
        .append_element_content_handler(element!("title", |title| {
            if let Some(inset) = inset {
                title.set_inner_content(&inset.title, ContentType::Text);
            }
            Ok(())
        }))
        .append_element_content_handler(element!("main", |main| {
            if let Some(inset) = inset {
                main.set_inner_content(&inset.main.0, ContentType::Html);
            }
            Ok(())
        }));
    rewrite_str(page, settings)
}

fn translate(marked: &mut Element<'_, '_>, mark: &str, attribute: &str, language: Language) -> Handled {
    if let Some(text) = marked.get_attribute(mark).and_then(|key| text::of_page(&key, language)) {
        marked.set_attribute(attribute, text)?;
    }
    Ok(())
}

/// Points a switch at this very page, and marks the one that is on.
fn switch(
    link: &mut Element<'_, '_>,
    preferences: &Preferences,
    parameter: &str,
    mark: &str,
    on: &str,
) -> Handled {
    let value = link.get_attribute(mark).unwrap_or_default();
    link.set_attribute("href", &preferences.here_with(parameter, &value))?;
    if value == on {
        link.set_attribute("aria-current", "true")?;
    } else {
        link.remove_attribute("aria-current");
    }
    Ok(())
}
