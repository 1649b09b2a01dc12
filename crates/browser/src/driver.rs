//! A driver and the browsers it opens. Chromium's driver holds many browsers, Firefox's holds one: there every page
//! comes with a driver of its own.

use anyhow::Context;
use fantoccini::ClientBuilder;
use hyper_util::client::legacy::connect::HttpConnector;

use crate::process::Process;
use crate::{Engine, Page, Profile, chromium, firefox};

/// Opens browsers of one engine. Dropping it closes those it still has.
#[derive(Debug)]
pub struct Driver {
    engine: Engine,
    shared: Option<Process>,
}

impl Driver {
    /// Starts the driver that the engine's variable names (`CHROMEDRIVER`, `GECKODRIVER`), or the one on `PATH`.
    pub fn start(engine: Engine) -> anyhow::Result<Self> {
        let shared = match engine {
            Engine::Chromium | Engine::HeadlessShell => Some(Process::start(engine, &["--port=0"])?),
            Engine::Firefox => None,
        };
        Ok(Self { engine, shared })
    }

    /// The engine of its browsers.
    pub const fn engine(&self) -> Engine {
        self.engine
    }

    /// Opens a fresh browser: no cookies, no storage, no cache.
    pub async fn open(&self, profile: &Profile) -> anyhow::Result<Page> {
        let folder = tempfile::Builder::new().prefix("buyer-").tempdir()?;
        let own = match &self.shared {
            Some(_) => None,
            None => Some(Process::start(self.engine, &firefox::driver_arguments(folder.path()))?),
        };
        let driver = self.shared.as_ref().or(own.as_ref()).context("a driver")?;
        let capabilities = match self.engine {
            Engine::Chromium => chromium::capabilities(profile, folder.path()),
            Engine::HeadlessShell => chromium::of_the_shell(profile, folder.path()),
            Engine::Firefox => firefox::capabilities(profile),
        };
        let client = ClientBuilder::new(HttpConnector::new())
            .capabilities(capabilities)
            .connect(driver.address())
            .await
            .with_context(|| format!("opening {}", self.engine.name()))?;
        let page = Page::new(client, self.engine, own, folder);
        page.has_the_look_of(profile).await?;
        Ok(page)
    }
}
