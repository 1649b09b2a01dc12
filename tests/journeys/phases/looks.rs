//! Every screen looks and sounds as it did, and axe finds nothing anywhere.

use std::fmt::Write as _;
use std::path::Path;

use anyhow::Context;
use browser::fantoccini::Locator;
use browser::{Driver, Engine, Page, Profile, Scheme};

use super::picture::{self, Picture};
use super::{Look, Phase, Stage, kept, opened, speech, violations_on_stage};

const LANGUAGES: [&str; 2] = ["uk", "en"];
const EVERY_LANGUAGE: [&str; 12] = ["uk", "en", "cs", "de", "es", "fr", "it", "nl", "pl", "pt", "ro", "tr"];
const PICTURES: &str = "docs/screenshots/widget";
const SPOKEN: &str = "tests/journeys/phases/spoken";

#[tokio::test]
async fn every_screen_looks_as_it_did() {
    let stage = Stage::open().await.expect("a stage");
    let mut differ = Vec::new();
    for scheme in Scheme::ALL {
        let (_driver, page) = still(scheme).await.expect("a browser");
        for language in LANGUAGES {
            for phase in Phase::ALL {
                let name = format!("{}-{language}-{}.png", phase.name, scheme.name());
                stage.shows(&page, phase, Look::in_language(language)).await.expect(&name);
                if let Err(error) = compared(&page, &name).await {
                    differ.push(format!("{name}: {error:#}"));
                }
            }
            if kept::accepts() {
                sheet(&stage, language, scheme).await.expect("a sheet of all pictures");
            }
        }
        page.close().await.expect("close");
    }
    assert!(
        differ.is_empty(),
        "{}\nThe new pictures are in {}. If they are as they should be: cargo xtask looks --accept",
        differ.join("\n"),
        kept::rejected("").expect("a folder").display()
    );
}

#[tokio::test]
async fn every_screen_sounds_as_it_did() {
    let stage = Stage::open().await.expect("a stage");
    let (_driver, page) = still(Scheme::Light).await.expect("a browser");
    for language in LANGUAGES {
        let mut heard = String::new();
        for phase in Phase::ALL {
            stage.shows(&page, phase, Look::in_language(language)).await.expect(phase.name);
            let words = speech::heard(&page).await.expect("a tree");
            let _ = writeln!(heard, "# {}\n{words}", phase.name);
        }
        let file = kept::folder(SPOKEN).join(format!("{language}.txt"));
        if kept::accepts() {
            std::fs::create_dir_all(kept::folder(SPOKEN)).expect("the folder");
            std::fs::write(&file, &heard).expect("kept");
            continue;
        }
        let before = std::fs::read_to_string(&file).unwrap_or_default();
        if before != heard {
            let new = kept::rejected(&format!("{language}.txt")).expect("a folder");
            std::fs::write(&new, &heard).expect("left to be seen");
            panic!(
                "diff {} {}\nIf it is as it should be: cargo xtask looks --accept",
                file.display(),
                new.display()
            );
        }
    }
    page.close().await.expect("close");
}

/// The full matrix: every screen in every language, light and dark, in both engines.
#[tokio::test]
#[ignore = "many minutes: cargo xtask soak accessibility"]
async fn axe_finds_nothing_in_any_screen_in_any_language_and_scheme() {
    let stage = Stage::open().await.expect("a stage");
    let mut found = Vec::new();
    for engine in Engine::ALL {
        for scheme in Scheme::ALL {
            let (_driver, page) =
                opened(engine, &Profile::default().scheme(scheme)).await.expect("a browser");
            for language in EVERY_LANGUAGE {
                for phase in Phase::ALL {
                    let at = format!("{} {language} {} {}", phase.name, scheme.name(), engine.name());
                    stage.shows(&page, phase, Look::in_language(language)).await.expect(&at);
                    let violations = violations_on_stage(&page).await.expect(&at);
                    found.extend(violations.into_iter().map(|one| format!("{at}: {one}")));
                }
            }
            page.close().await.expect("close");
        }
    }
    assert!(found.is_empty(), "{}", found.join("\n"));
}

/// A browser in which nothing turns and nothing blinks.
async fn still(scheme: Scheme) -> anyhow::Result<(Driver, Page)> {
    let profile = Profile::default().scheme(scheme).reduced_motion().window(700, 1_100);
    opened(Engine::Chromium, &profile).await
}

async fn compared(page: &Page, name: &str) -> anyhow::Result<()> {
    page.run("for (const one of document.getAnimations()) one.cancel();", &[]).await?;
    page.run("for (const one of deepAll('*').flatMap((it) => it.getAnimations())) one.cancel();", &[])
        .await?;
    let widget = page.client().find(Locator::Css("alliancepay-checkout")).await?;
    let now = widget.screenshot().await.context("taking a picture")?;
    let file = kept::folder(PICTURES).join(name);
    let seen = Picture::read(&now)?;
    let same = std::fs::read(&file)
        .context("there is no picture to compare with")
        .and_then(|before| seen.looks_like(&Picture::read(&before)?));
    match same {
        Ok(()) => Ok(()),
        // A picture that looks the same stays as it is: a person sees no change that is none.
        Err(_) if kept::accepts() => keep(&file, &now),
        Err(error) => {
            std::fs::write(kept::rejected(name)?, now)?;
            Err(error)
        }
    }
}

fn keep(file: &Path, picture: &[u8]) -> anyhow::Result<()> {
    std::fs::create_dir_all(file.parent().context("a folder")?)?;
    Ok(std::fs::write(file, picture::packed(picture)?)?)
}

/// All screens of one look side by side, for the front page.
async fn sheet(stage: &Stage, language: &str, scheme: Scheme) -> anyhow::Result<()> {
    let profile = Profile::default().scheme(scheme).window(1_700, 3_000);
    let (_driver, page) = opened(Engine::Chromium, &profile).await?;
    let pictures = Phase::ALL.iter().map(|phase| {
        let file = format!("{}-{language}-{}.png", phase.name, scheme.name());
        (phase.name, kept::folder(PICTURES).join(file))
    });
    let name = format!("all-{language}-{}.png", scheme.name());
    let sheet = stage.sheet(&page, pictures).await?;
    keep(&kept::folder(PICTURES).join(name), &sheet)?;
    page.close().await
}
