//! A quiet, offline-minded Firefox: it talks to loopback and to nobody else.

use std::path::Path;

use fantoccini::wd::{Capabilities, WebDriverCompatibleCommand};
use http::Method;
use serde_json::{Value, json};
use url::{ParseError, Url};

use crate::{Profile, Scheme};

/// The driver on free ports, with its browser's profile in our folder.
pub(crate) fn driver_arguments(folder: &Path) -> [String; 4] {
    [
        "--port=0".to_owned(),
        "--websocket-port=0".to_owned(),
        format!("--profile-root={}", folder.display()),
        // For what only the browser itself can do: cutting the line.
        "--allow-system-access".to_owned(),
    ]
}

pub(crate) fn capabilities(profile: &Profile) -> Capabilities {
    let (width, height) = profile.window;
    let arguments = ["-headless".to_owned(), format!("-width={width}"), format!("-height={height}")];
    let mut options = json!({"args": arguments, "prefs": preferences(profile)});
    if let Ok(binary) = std::env::var("FIREFOX") {
        options["binary"] = json!(binary);
    }
    [("browserName", json!("firefox")), ("moz:firefoxOptions", options)]
        .into_iter()
        .map(|(name, value): (&str, Value)| (name.to_owned(), value))
        .collect()
}

/// What is switched off: whatever talks to others or works ahead, a page or a process nobody asked for yet. The latter
/// are a tenth of what a start costs.
const OFF: [&str; 22] = [
    "network.captive-portal-service.enabled",
    "network.connectivity-service.enabled",
    "network.prefetch-next",
    "app.normandy.enabled",
    "browser.safebrowsing.malware.enabled",
    "browser.safebrowsing.phishing.enabled",
    "browser.safebrowsing.downloads.enabled",
    "browser.safebrowsing.blockedURIs.enabled",
    "browser.search.update",
    "browser.region.update.enabled",
    "browser.topsites.contile.enabled",
    "datareporting.healthreport.uploadEnabled",
    "datareporting.policy.dataSubmissionEnabled",
    "toolkit.telemetry.enabled",
    "toolkit.telemetry.unified",
    "extensions.update.enabled",
    "extensions.getAddons.cache.enabled",
    "extensions.systemAddon.update.enabled",
    "dom.push.connection.enabled",
    "browser.newtab.preload",
    "browser.newtabpage.enabled",
    "dom.ipc.processPrelaunch.enabled",
];

/// Nothing in the background, and a proxy that is not there for every address but loopback: a page that asks a third
/// party for anything fails its journey.
fn preferences(profile: &Profile) -> Value {
    let mut preferences = json!({
        "network.proxy.type": 1,
        "network.proxy.http": "127.0.0.1",
        "network.proxy.http_port": 9,
        "network.proxy.ssl": "127.0.0.1",
        "network.proxy.ssl_port": 9,
        "network.proxy.no_proxies_on": "127.0.0.1, localhost",
        "network.disable-localhost-when-offline": true,
        "network.dns.disablePrefetch": true,
        "network.trr.mode": 5,
        "app.update.disabledForTesting": true,
        "browser.region.network.url": "",
        "toolkit.telemetry.server": "",
        "media.gmp-manager.url": "",
        "services.settings.server": "data:,nothing",
        // No page is made ready before one is asked for.
        "browser.startup.page": 0,
        "intl.accept_languages": profile.language,
        "javascript.enabled": profile.scripts,
        "ui.prefersReducedMotion": i32::from(profile.reduced_motion),
        "layout.css.prefers-color-scheme.content-override": i32::from(profile.scheme == Scheme::Light),
        "browser.display.document_color_use": 2 * i32::from(profile.forced_colours),
    });
    for name in OFF {
        preferences[name] = json!(false);
    }
    preferences
}

/// Sets the zoom that pages have by default; what is open already stays as it is.
pub(crate) const ZOOM: &str = "Cc['@mozilla.org/content-pref/service;1'].getService(Ci.nsIContentPrefService2)\
     .setGlobal(FullZoom.name, arguments[0], null);";

/// Whose scripts are run next: the page's, or the browser's own.
#[derive(Debug)]
pub(crate) struct Context(pub(crate) &'static str);

impl WebDriverCompatibleCommand for Context {
    fn endpoint(&self, base_url: &Url, session_id: Option<&str>) -> Result<Url, ParseError> {
        base_url.join(&format!("session/{}/moz/context", session_id.unwrap_or_default()))
    }

    fn method_and_body(&self, _request_url: &Url) -> (Method, Option<String>) {
        (Method::POST, Some(json!({"context": self.0}).to_string()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn set(profile: &Profile, name: &str) -> Value {
        capabilities(profile)["moz:firefoxOptions"]["prefs"][name].clone()
    }

    #[test]
    fn it_reaches_nobody_but_loopback() {
        assert_eq!(set(&Profile::default(), "network.proxy.type"), 1);
        assert_eq!(set(&Profile::default(), "network.proxy.no_proxies_on"), "127.0.0.1, localhost");
    }

    #[test]
    fn scripts_are_off_only_when_asked() {
        assert_eq!(set(&Profile::default(), "javascript.enabled"), true);
        assert_eq!(set(&Profile::default().without_scripts(), "javascript.enabled"), false);
    }
}
