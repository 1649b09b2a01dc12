//! One open browser: going places, looking, pressing, waiting. Waits poll a claim about the page until it is
//! true; nothing here sleeps for a fixed time and hopes.

use std::fmt::Write as _;
use std::path::Path;
use std::time::{Duration, Instant};

use anyhow::{Context, bail};
use fantoccini::Client;
use fantoccini::actions::{InputSource, KeyAction, KeyActions};
use fantoccini::elements::{Element, ElementRef};
use fantoccini::key::Key;
use serde_json::{Value, json};
use tempfile::TempDir;

use crate::devtools::{Console, DevTools};
use crate::firefox::{self, Context as ScriptsOf};
use crate::process::Process;
use crate::spoken::{Label, Role};
use crate::{Engine, Profile};

/// How long a claim about the page may take to come true.
const PATIENCE: Duration = Duration::from_secs(20);
const BETWEEN_LOOKS: Duration = Duration::from_millis(40);
/// WebDriver's name for a reference to an element.
const ELEMENT: &str = "element-6066-11e4-a52e-4f735466cecf";
/// Defines `deep(selector)` and `deepAll(selector)`, which look through open shadow roots.
const DEEP: &str = include_str!("deep.js");

/// One open browser with one buyer in front of it.
#[derive(Debug)]
pub struct Page {
    client: Client,
    engine: Engine,
    // Its own driver where the engine's drivers hold one browser each; ended before the folder goes.
    _driver: Option<Process>,
    // The browser's folder; removed with the page.
    _folder: TempDir,
}

impl Page {
    pub(crate) fn new(client: Client, engine: Engine, driver: Option<Process>, folder: TempDir) -> Self {
        Self { client, engine, _driver: driver, _folder: folder }
    }

    /// The browser's engine.
    pub const fn engine(&self) -> Engine {
        self.engine
    }

    /// The WebDriver session, for what this wrapper has no word for (tabs, keys, cookies).
    pub fn client(&self) -> &Client {
        &self.client
    }

    /// Opens an address and waits for its load event.
    pub async fn goto(&self, url: &str) -> anyhow::Result<()> {
        self.client.goto(url).await.with_context(|| format!("opening {url}"))
    }

    /// The address the buyer sees.
    pub async fn url(&self) -> anyhow::Result<String> {
        Ok(self.client.current_url().await?.to_string())
    }

    /// Runs the body of a function in the page; `deep` and `deepAll` are at hand, arguments are in `arguments`.
    pub async fn run(&self, body: &str, arguments: &[Value]) -> anyhow::Result<Value> {
        // Wrapped only to wait for promises: where scripts are off, they are never kept.
        let script = if body.contains("await ") {
            format!("{DEEP}\nreturn (async () => {{\n{body}\n}})();")
        } else {
            format!("{DEEP}\n{body}")
        };
        Ok(self.client.execute(&script, arguments.to_vec()).await?)
    }

    /// Whether a JavaScript expression holds in the page.
    pub async fn holds(&self, expression: &str) -> anyhow::Result<bool> {
        Ok(self.run(&format!("return !!({expression});"), &[]).await? == Value::Bool(true))
    }

    /// Waits until a JavaScript expression holds; it may fail while pages change.
    pub async fn wait_until(&self, expression: &str) -> anyhow::Result<()> {
        self.wait_until_for(expression, PATIENCE).await
    }

    /// The same with a patience of one's own.
    pub async fn wait_until_for(&self, expression: &str, patience: Duration) -> anyhow::Result<()> {
        let deadline = Instant::now() + patience;
        loop {
            let last = self.holds(expression).await;
            if matches!(last, Ok(true)) {
                return Ok(());
            }
            if Instant::now() > deadline {
                let seen = self.describe().await;
                bail!("waited {patience:?} for `{expression}` (last look: {last:?}); the page: {seen}");
            }
            tokio::time::sleep(BETWEEN_LOOKS).await;
        }
    }

    /// Waits for an element in the page or in any open shadow root.
    pub async fn find(&self, selector: &str) -> anyhow::Result<Element> {
        self.find_where(&format!("deep({})", json!(selector))).await
    }

    /// Waits for the element a JavaScript expression names.
    pub async fn find_where(&self, expression: &str) -> anyhow::Result<Element> {
        let deadline = Instant::now() + PATIENCE;
        loop {
            let found = self.run(&format!("return {expression};"), &[]).await;
            if let Ok(reference) = &found
                && let Some(id) = reference[ELEMENT].as_str()
            {
                return Ok(Element::from_element_id(self.client.clone(), ElementRef::from(id.to_owned())));
            }
            if Instant::now() > deadline {
                let seen = self.describe().await;
                bail!(
                    "no element `{expression}` within {PATIENCE:?} (last look: {found:?}); the page: {seen}"
                );
            }
            tokio::time::sleep(BETWEEN_LOOKS).await;
        }
    }

    /// Whether an element is there now, without waiting.
    pub async fn has(&self, selector: &str) -> anyhow::Result<bool> {
        let found = self.run("return deep(arguments[0]) !== null;", &[json!(selector)]).await?;
        Ok(found == Value::Bool(true))
    }

    /// Waits for an element that is shown and enabled, then presses it as a buyer does: a trusted click.
    pub async fn press(&self, selector: &str) -> anyhow::Result<()> {
        self.press_where(&format!("deep({})", json!(selector))).await
    }

    /// The same for the element a JavaScript expression names.
    pub async fn press_where(&self, expression: &str) -> anyhow::Result<()> {
        let deadline = Instant::now() + PATIENCE;
        loop {
            let element = self.find_where(expression).await?;
            match element.click().await {
                Ok(()) => return Ok(()),
                Err(error) if Instant::now() > deadline => {
                    return Err(error).with_context(|| format!("pressing `{expression}`"));
                }
                // Redrawn, covered or moving: look again.
                Err(_) => tokio::time::sleep(BETWEEN_LOOKS).await,
            }
        }
    }

    /// Types into a field, replacing what was there.
    pub async fn fill(&self, selector: &str, text: &str) -> anyhow::Result<()> {
        let field = self.find(selector).await?;
        field.clear().await?;
        field.send_keys(text).await.with_context(|| format!("typing into `{selector}`"))
    }

    /// Presses a key, wherever the focus is.
    pub async fn key(&self, key: Key) -> anyhow::Result<()> {
        let value = char::from(key);
        let keys =
            KeyActions::new("keys".to_owned()).then(KeyAction::Down { value }).then(KeyAction::Up { value });
        self.client.perform_actions(keys).await.context("pressing a key")
    }

    /// The visible text of an element.
    pub async fn text(&self, selector: &str) -> anyhow::Result<String> {
        Ok(self.find(selector).await?.text().await?)
    }

    /// A picture of the window.
    pub async fn screenshot(&self, file: &Path) -> anyhow::Result<()> {
        let picture = self.client.screenshot().await.context("taking a screenshot")?;
        tokio::fs::write(file, picture).await.with_context(|| format!("writing {}", file.display()))
    }

    /// One command of Chromium's DevTools protocol.
    pub async fn devtools(&self, command: &str, parameters: Value) -> anyhow::Result<Value> {
        let command = DevTools { command: command.to_owned(), parameters };
        Ok(self.client.issue_cmd(command).await?)
    }

    /// What a screen reader would call an element: its role and its name.
    pub async fn spoken(&self, element: &Element) -> anyhow::Result<(String, String)> {
        let id = element.element_id().to_string();
        let role = self.client.issue_cmd(Role(id.clone())).await.context("asking for a role")?;
        let name = self.client.issue_cmd(Label(id)).await.context("asking for a name")?;
        let text = |value: Value| value.as_str().unwrap_or_default().to_owned();
        Ok((text(role), text(name)))
    }

    /// Cuts the browser's line, or mends it.
    pub async fn offline(&self, offline: bool) -> anyhow::Result<()> {
        match self.engine {
            Engine::Chromium | Engine::HeadlessShell => {
                let line = json!({
                    "offline": offline, "latency": 0, "downloadThroughput": -1, "uploadThroughput": -1,
                });
                self.devtools("Network.enable", json!({})).await?;
                self.devtools("Network.emulateNetworkConditions", line).await.map(drop)
            }
            Engine::Firefox => self.in_firefox("Services.io.offline = arguments[0];", json!(offline)).await,
        }
    }

    /// Runs a script with the rights of the browser itself.
    async fn in_firefox(&self, script: &str, argument: Value) -> anyhow::Result<()> {
        self.client.issue_cmd(ScriptsOf("chrome")).await?;
        let ran = self.client.execute(script, vec![argument]).await;
        self.client.issue_cmd(ScriptsOf("content")).await?;
        ran.map(drop).with_context(|| format!("running in Firefox: {script}"))
    }

    /// What Firefox reads from its preferences, Chromium is told when it is open.
    pub(crate) async fn has_the_look_of(&self, profile: &Profile) -> anyhow::Result<()> {
        if self.engine == Engine::Firefox {
            if profile.zoom > 1 {
                self.in_firefox(firefox::ZOOM, json!(profile.zoom)).await?;
            }
            return Ok(());
        }
        let on = |wanted: bool, value: &'static str| if wanted { value } else { "" };
        let features = json!([
            {"name": "prefers-color-scheme", "value": profile.scheme.name()},
            {"name": "forced-colors", "value": on(profile.forced_colours, "active")},
            {"name": "prefers-reduced-motion", "value": on(profile.reduced_motion, "reduce")},
        ]);
        self.devtools("Emulation.setEmulatedMedia", json!({"features": features})).await.map(drop)
    }

    /// The lines of the browser's console since the last time it was asked. Only Chromium tells.
    pub async fn console(&self) -> anyhow::Result<Vec<String>> {
        let lines = self.client.issue_cmd(Console).await.context("reading the console")?;
        let line = |entry: &Value| entry["message"].as_str().unwrap_or_default().to_owned();
        Ok(lines.as_array().into_iter().flatten().map(line).collect())
    }

    /// Address, title and the first words of the page and of its shadow roots: what a failed wait should say.
    pub async fn describe(&self) -> String {
        let mut seen = String::new();
        let _ = match self.url().await {
            Ok(url) => write!(seen, "{url}"),
            Err(error) => write!(seen, "(no address: {error})"),
        };
        if let Ok(words) = self.run("return deepText().slice(0, 600);", &[]).await {
            let _ = write!(seen, " {words}");
        }
        seen
    }

    /// Closes the browser.
    pub async fn close(self) -> anyhow::Result<()> {
        self.client.close().await.context("closing the browser")
    }
}
