//! What kind of browser a buyer comes with.

use std::path::Path;

use fantoccini::wd::Capabilities;
use serde_json::{Value, json};

/// Quiet, offline-minded Chromium: it talks to loopback and to nobody else.
const ARGUMENTS: [&str; 14] = [
    "--headless=new",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--disable-quic",
    "--no-first-run",
    "--no-default-browser-check",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-extensions",
    "--disable-default-apps",
    "--password-store=basic",
    // Every other name fails to resolve: a page that asks a third party for anything fails its journey.
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost",
    "--no-proxy-server",
];

/// A buyer's browser before it is opened.
#[derive(Debug, Clone)]
pub struct Profile {
    scripts: bool,
    language: String,
    window: (u32, u32),
    arguments: Vec<String>,
}

impl Default for Profile {
    /// Scripts on, English, a window as wide as a small laptop's.
    fn default() -> Self {
        Self { scripts: true, language: "en".to_owned(), window: (1280, 900), arguments: Vec::new() }
    }
}

impl Profile {
    /// The buyer has switched JavaScript off.
    #[must_use]
    pub fn without_scripts(mut self) -> Self {
        self.scripts = false;
        self
    }

    /// The language the browser asks pages for, as in `uk` or `en`.
    #[must_use]
    pub fn language(mut self, language: &str) -> Self {
        language.clone_into(&mut self.language);
        self
    }

    /// Width and height of the window in CSS pixels.
    #[must_use]
    pub fn window(mut self, width: u32, height: u32) -> Self {
        self.window = (width, height);
        self
    }

    /// One more command-line argument for Chromium.
    #[must_use]
    pub fn argument(mut self, argument: &str) -> Self {
        self.arguments.push(argument.to_owned());
        self
    }

    pub(crate) fn capabilities(&self, folder: &Path) -> Capabilities {
        let mut arguments: Vec<String> = ARGUMENTS.map(str::to_owned).to_vec();
        arguments.push(format!("--user-data-dir={}", folder.display()));
        arguments.push(format!("--window-size={},{}", self.window.0, self.window.1));
        arguments.push(format!("--lang={}", self.language));
        if rustix::process::geteuid().is_root() {
            // Chromium refuses its sandbox to root.
            arguments.push("--no-sandbox".to_owned());
        }
        if !self.scripts {
            arguments.push("--blink-settings=scriptEnabled=false".to_owned());
        }
        arguments.extend(self.arguments.iter().cloned());

        let preferences = json!({"intl.accept_languages": self.language});
        let mut options = json!({"args": arguments, "prefs": preferences});
        if let Ok(binary) = std::env::var("CHROMIUM") {
            options["binary"] = json!(binary);
        }
        [
            ("browserName", json!("chrome")),
            ("goog:chromeOptions", options),
            ("goog:loggingPrefs", json!({"browser": "ALL"})),
        ]
        .into_iter()
        .map(|(name, value): (&str, Value)| (name.to_owned(), value))
        .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn options(profile: &Profile) -> Value {
        profile.capabilities(Path::new("/tmp/p"))["goog:chromeOptions"].clone()
    }

    #[test]
    fn every_browser_gets_its_own_folder_and_reaches_nobody_but_loopback() {
        let arguments = options(&Profile::default())["args"].to_string();
        assert!(arguments.contains("--user-data-dir=/tmp/p"));
        assert!(arguments.contains("MAP * ~NOTFOUND"));
    }

    #[test]
    fn scripts_are_off_only_when_asked() {
        let off = |profile: &Profile| options(profile)["args"].to_string().contains("scriptEnabled=false");
        assert!(!off(&Profile::default()));
        assert!(off(&Profile::default().without_scripts()));
    }
}
