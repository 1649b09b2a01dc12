//! Runs one story in one world, keeps the evidence if it fails, and ends with the question no journey may leave
//! open: is any payment undecided?

use std::panic::AssertUnwindSafe;
use std::sync::LazyLock;

use futures_util::FutureExt;
use tokio::sync::Semaphore;

use super::watch::Watch;
use super::{Engine, Settings, World, evidence};

/// Each world is four processes and at least one browser.
static ROOM: LazyLock<Semaphore> = LazyLock::new(|| Semaphore::new(2));

/// Runs `story` in a fresh world made by `settings`.
///
/// A claim that fails may panic or come back as an error; either way pictures, pages and logs are kept.
pub(crate) async fn journey(settings: Settings, story: impl AsyncFnOnce(&World) -> anyhow::Result<()>) {
    journey_on(Engine::Chromium, settings, story).await;
}

/// The same with buyers who have another browser.
pub(crate) async fn journey_on(
    engine: Engine,
    settings: Settings,
    story: impl AsyncFnOnce(&World) -> anyhow::Result<()>,
) {
    let name = std::thread::current().name().unwrap_or("journey").to_owned();
    let _room = ROOM.acquire().await.expect("the semaphore is never closed");
    let watch = Watch::begun(&name);
    let world = World::start(settings, engine).await.expect("a world to journey in");
    let watch = watch.ready();
    let told = AssertUnwindSafe(async {
        story(&world).await?;
        world.told_no_secrets()?;
        world.leaves_nothing_undecided()
    })
    .catch_unwind()
    .await;
    let buyers = world.buyers();
    let kept = match told {
        Ok(Ok(())) => None,
        Ok(Err(_)) | Err(_) => Some(evidence::keep(&name, world.folder(), &buyers).await),
    };
    for buyer in buyers {
        buyer.leaves().await;
    }
    drop(watch);
    match told {
        Ok(Ok(())) => {}
        Ok(Err(error)) => panic!("{error:?}\nevidence: {kept:?}"),
        Err(panic) => {
            eprintln!("evidence: {kept:?}");
            std::panic::resume_unwind(panic)
        }
    }
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
