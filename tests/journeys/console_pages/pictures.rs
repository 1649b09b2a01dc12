//! The pictures of the documentation: each page in Ukrainian and English, on a desk in the light and on a phone in the
//! dark. They are made and looked at, not compared: times and ids differ each time.

use std::collections::HashMap;
use std::path::{Path, PathBuf};

use anyhow::Context;
use browser::Page;
use png::{BitDepth, ColorType, Compression, Decoder, Encoder, Transformations};
use serde_json::json;

use super::{LANGUAGES, PLACES, shop};
use crate::support::{Clerk, PASSWORD, Profile, Settings, World, journey};

/// Those that the documentation shows; the others are left in the build's folder for whoever works on them.
const SHOWN: [&str; 13] = [
    "sign-in",
    "orders",
    "status",
    "order",
    "paid-twice",
    "refund",
    "overview",
    "settlement",
    "register",
    "staff",
    "colleague",
    "audit",
    "account",
];
const DESK: (u32, u32) = (1_200, 760);
const PHONE: (u32, u32) = (360, 720);
/// A palette holds as many.
const COLOURS: usize = 256;

#[tokio::test]
#[ignore = "its pictures are made by cargo xtask looks --console"]
async fn every_page_is_pictured() {
    for language in LANGUAGES {
        journey(Settings::with_alipay_plus(), async |world| {
            shop::opens(world, language).await?;
            // One moment would make one bar.
            for (place, order) in (1041..=1051).enumerate() {
                world.ledger.was_earlier(&order.to_string(), 31 * (11 - i64::try_from(place)?))?;
            }
            on(world, language, "light", DESK, "").await?;
            on(world, language, "dark", PHONE, "-phone").await
        })
        .await;
    }
}

async fn on(
    world: &World,
    language: &str,
    scheme: &str,
    (width, height): (u32, u32),
    device: &str,
) -> anyhow::Result<()> {
    let clerk = world.stands_before_the_console(&Profile::default().reduced_motion()).await?;
    let metrics = json!({"width": width, "height": height, "deviceScaleFactor": 1, "mobile": false});
    clerk.page().devtools("Emulation.setDeviceMetricsOverride", metrics).await?;
    clerk.chooses("[name=language]", language).await?;
    clerk.chooses("[name=theme]", scheme).await?;
    kept(clerk.page(), "sign-in", language, device).await?;
    clerk.signs_in("olena", PASSWORD).await?;
    for place in &PLACES {
        place.shows(&clerk).await.with_context(|| format!("{} {language}", place.name))?;
        at_rest(&clerk).await?;
        kept(clerk.page(), place.name, language, device).await?;
    }
    Ok(())
}

/// No focus, no hover, from the top.
async fn at_rest(clerk: &Clerk) -> anyhow::Result<()> {
    clerk
        .runs("document.activeElement?.blur(); scrollTo(0, 0); deep('dialog[open]')?.scrollTo(0, 0);")
        .await
        .map(drop)
}

async fn kept(page: &Page, name: &str, language: &str, device: &str) -> anyhow::Result<()> {
    let file = format!("{name}-{language}{device}.png");
    let picture = small(&page.client().screenshot().await.context("taking a picture")?)?;
    let everything = Path::new(env!("CARGO_TARGET_TMPDIR")).join("console-pictures");
    std::fs::create_dir_all(&everything)?;
    std::fs::write(everything.join(&file), &picture)?;
    if SHOWN.contains(&name) {
        std::fs::write(folder().join(file), picture)?;
    }
    Ok(())
}

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/screenshots/console")
}

/// The picture with a palette: colours that hardly differ become the most frequent one of them, until they fit.
fn small(bytes: &[u8]) -> anyhow::Result<Vec<u8>> {
    let mut decoder = Decoder::new(std::io::Cursor::new(bytes));
    decoder.set_transformations(Transformations::normalize_to_color8());
    let mut reader = decoder.read_info().context("a picture")?;
    let mut data = vec![0; reader.output_buffer_size().context("a picture of that size")?];
    let frame = reader.next_frame(&mut data)?;
    let channels = if frame.color_type == ColorType::Rgba { 4 } else { 3 };
    let points: Vec<[u8; 3]> =
        data.chunks_exact(channels).map(|point| [point[0], point[1], point[2]]).collect();
    let mut counts: HashMap<[u8; 3], usize> = HashMap::new();
    for point in &points {
        *counts.entry(*point).or_default() += 1;
    }
    let mut frequent: Vec<([u8; 3], usize)> = counts.into_iter().collect();
    frequent.sort_by_key(|(colour, count)| (std::cmp::Reverse(*count), *colour));
    let (palette, place) = (0..8)
        .find_map(|bits| {
            let near = |colour: [u8; 3]| colour.map(|channel| channel >> bits);
            let mut palette = Vec::new();
            let mut place: HashMap<[u8; 3], usize> = HashMap::new();
            for (colour, _) in &frequent {
                place.entry(near(*colour)).or_insert_with(|| {
                    palette.push(*colour);
                    palette.len() - 1
                });
            }
            let places: HashMap<[u8; 3], usize> =
                frequent.iter().map(|(colour, _)| (*colour, place[&near(*colour)])).collect();
            (palette.len() <= COLOURS).then_some((palette, places))
        })
        .context("a palette")?;
    let indices = points.iter().map(|point| u8::try_from(place[point])).collect::<Result<Vec<u8>, _>>()?;
    let mut packed = Vec::new();
    let mut encoder = Encoder::new(&mut packed, frame.width, frame.height);
    encoder.set_color(ColorType::Indexed);
    encoder.set_depth(BitDepth::Eight);
    encoder.set_palette(palette.concat());
    encoder.set_compression(Compression::High);
    let mut writer = encoder.write_header()?;
    writer.write_image_data(&indices)?;
    writer.finish()?;
    Ok(packed)
}
