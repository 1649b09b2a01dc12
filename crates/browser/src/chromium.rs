//! A quiet, offline-minded Chromium: it talks to loopback and to nobody else.

use std::path::Path;

use fantoccini::wd::Capabilities;
use serde_json::{Value, json};

use crate::Profile;

const ARGUMENTS: [&str; 15] = [
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
    // The address bar's suggestions are pages of their own, made ready at each start: half of what a start costs.
    "--disable-features=PaintHolding,WebUIOmniboxPopup,WebUIOmniboxAimPopup",
    // Every other name fails to resolve: a page that asks a third party for anything fails its journey.
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost",
    "--no-proxy-server",
];

/// Where Debian puts it: under a name that its driver does not look for.
const SHELL: &str = "/usr/bin/chromium-headless-shell";

/// The same without a window; `CHROMIUM_HEADLESS_SHELL` names it where it is not Debian's.
pub(crate) fn of_the_shell(profile: &Profile, folder: &Path) -> Capabilities {
    let mut capabilities = capabilities(profile, folder);
    let binary = std::env::var("CHROMIUM_HEADLESS_SHELL").unwrap_or_else(|_| SHELL.to_owned());
    // The driver refuses the shell under the browser's own name.
    capabilities.insert("browserName".to_owned(), json!("chrome-headless-shell"));
    if let Some(options) = capabilities.get_mut("goog:chromeOptions") {
        options["binary"] = json!(binary);
        // It has no preferences, where the browser keeps its languages.
        if let Some(arguments) = options["args"].as_array_mut() {
            arguments.push(json!(format!("--accept-lang={}", profile.language)));
        }
    }
    capabilities
}

pub(crate) fn capabilities(profile: &Profile, folder: &Path) -> Capabilities {
    let (width, height) = profile.window;
    let mut arguments: Vec<String> = ARGUMENTS.map(str::to_owned).to_vec();
    arguments.push(format!("--user-data-dir={}", folder.display()));
    arguments.push(format!("--window-size={width},{height}"));
    arguments.push(format!("--lang={}", profile.language));
    if rustix::process::geteuid().is_root() {
        // Chromium refuses its sandbox to root.
        arguments.push("--no-sandbox".to_owned());
    }
    if !profile.scripts {
        arguments.push("--blink-settings=scriptEnabled=false".to_owned());
    }
    arguments.extend(profile.chromium_arguments.iter().cloned());

    let mut options = json!({"args": arguments, "prefs": {"intl.accept_languages": profile.language}});
    if profile.zoom > 1 {
        let zoom = profile.zoom;
        // A zoomed page is one with fewer, larger CSS pixels.
        options["mobileEmulation"] = json!({"deviceMetrics": {
            "width": width / zoom, "height": height / zoom, "pixelRatio": zoom, "touch": false, "mobile": false,
        }});
    }
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

#[cfg(test)]
mod tests {
    use super::*;

    fn options(profile: &Profile) -> Value {
        capabilities(profile, Path::new("/tmp/p"))["goog:chromeOptions"].clone()
    }

    #[test]
    fn every_browser_gets_its_own_folder_and_reaches_nobody_but_loopback() {
        let arguments = options(&Profile::default())["args"].to_string();
        assert!(arguments.contains("--user-data-dir=/tmp/p"));
        assert!(arguments.contains("MAP * ~NOTFOUND"));
    }

    #[test]
    fn the_shell_is_asked_for_by_its_own_name() {
        let shell = of_the_shell(&Profile::default(), Path::new("/tmp/p"));
        assert_eq!(shell["browserName"], "chrome-headless-shell");
        assert!(shell["goog:chromeOptions"]["args"].to_string().contains("--accept-lang=en"));
        assert!(shell["goog:chromeOptions"]["binary"].as_str().is_some_and(|binary| !binary.is_empty()));
    }

    #[test]
    fn scripts_are_off_only_when_asked() {
        let off = |profile: &Profile| options(profile)["args"].to_string().contains("scriptEnabled=false");
        assert!(!off(&Profile::default()));
        assert!(off(&Profile::default().without_scripts()));
    }

    #[test]
    fn a_zoom_of_four_hundred_percent_leaves_a_quarter_of_the_width() {
        let metrics =
            options(&Profile::default().window(1280, 1024).zoomed(4))["mobileEmulation"]["deviceMetrics"]
                .clone();
        assert_eq!((metrics["width"].as_u64(), metrics["pixelRatio"].as_u64()), (Some(320), Some(4)));
    }
}
