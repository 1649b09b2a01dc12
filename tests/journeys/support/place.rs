//! How a story is told, wherever it is: in a place made as soon as there is room for it, with the evidence kept if it fails,
//! and with the question at its end whether the place is left well.

use std::panic::AssertUnwindSafe;
use std::path::Path;
use std::time::Instant;

use futures_util::FutureExt;
use tokio::sync::Semaphore;

use super::watch::note;
use super::{Buyer, evidence};

/// Everything a story happens in. It ends when dropped.
pub(crate) trait Place {
    /// What must be true when a story is over, whatever it was about.
    fn is_left_well(&self) -> anyhow::Result<()>;

    /// Where its programs write their logs.
    fn folder(&self) -> &Path;

    /// Everybody who has been in it.
    fn people(&self) -> Vec<Buyer>;
}

/// Tells `story` in the place `made`. The making begins once there is room: many at a time would only be slow together.
///
/// A claim that fails may panic or come back as an error; either way pictures, pages and logs are kept.
pub(crate) async fn told_in<P: Place>(
    room: &Semaphore,
    made: impl Future<Output = anyhow::Result<P>>,
    story: impl AsyncFnOnce(&P) -> anyhow::Result<()>,
) {
    let name = std::thread::current().name().unwrap_or("journey").to_owned();
    let _room = room.acquire().await.expect("the semaphore is never closed");
    let begun = Instant::now();
    let place = made.await.expect("a place to journey in");
    let making = begun.elapsed();
    let told = AssertUnwindSafe(async {
        story(&place).await?;
        place.is_left_well()
    })
    .catch_unwind()
    .await;
    let people = place.people();
    let kept = match told {
        Ok(Ok(())) => None,
        Ok(Err(_)) | Err(_) => Some(evidence::keep(&name, place.folder(), &people).await),
    };
    for person in people {
        person.leaves().await;
    }
    note(&name, begun.elapsed(), making);
    match told {
        Ok(Ok(())) => {}
        Ok(Err(error)) => panic!("{error:?}\nevidence: {kept:?}"),
        Err(panic) => {
            eprintln!("evidence: {kept:?}");
            std::panic::resume_unwind(panic)
        }
    }
}
