//! Runs one story in one world. Most have buyers in Chromium's headless shell, which does a third less; what is told of
//! the browsers that buyers have is told in Chromium and Firefox, whole.

use std::sync::LazyLock;

use tokio::sync::Semaphore;

use super::place::told_in;
use super::{Engine, Settings, World};

/// Each world is four processes and at least one browser.
static ROOM: LazyLock<Semaphore> = LazyLock::new(|| Semaphore::new(2));

/// Runs `story` in a fresh world made by `settings`.
pub(crate) async fn journey(settings: Settings, story: impl AsyncFnOnce(&World) -> anyhow::Result<()>) {
    journey_on(Engine::HeadlessShell, settings, story).await;
}

/// The same with buyers who have a whole browser.
pub(crate) async fn journey_on(
    engine: Engine,
    settings: Settings,
    story: impl AsyncFnOnce(&World) -> anyhow::Result<()>,
) {
    told_in(&ROOM, World::start(settings, engine), story).await;
}

/// Makes tests of the functions named: `NAME::on_chromium` and `NAME::on_firefox`.
macro_rules! on_each_engine {
    ($($name:ident),+ $(,)?) => {$(
        mod $name {
            use crate::support::Engine;

            #[tokio::test]
            async fn on_chromium() {
                super::$name(Engine::Chromium).await;
            }

            #[tokio::test]
            async fn on_firefox() {
                super::$name(Engine::Firefox).await;
            }
        }
    )+};
}
pub(crate) use on_each_engine;
