//! 13: what a browser really loads to show the whole widget is what the budget counts: each file comes packed as small
//! as the manifest says, and together they stay within it. The gate itself is `cargo xtask size`.

use std::path::Path;

use anyhow::Context;
use serde_json::Value;

use crate::support::{Engine, Settings, dist, journey_on, on_each_engine};

on_each_engine!(what_a_browser_loads_for_the_widget_stays_within_the_budget);

async fn what_a_browser_loads_for_the_widget_stays_within_the_budget(engine: Engine) {
    journey_on(engine, Settings::default(), async |world| {
        let buyer = world.buyer().await?;
        buyer.places_an_order_in("uk").await?;
        buyer.can_pay().await?;
        // Each address once: Firefox lists a hinted file as the hint and as its use, which asks nobody (`hints.rs`).
        let loaded = buyer
            .runs("return [...new Set(performance.getEntriesByType('resource').map((one) => one.name).filter((name) => name.includes('/widget/')))];")
            .await?;
        let loaded: Vec<String> = serde_json::from_value(loaded)?;

        let manifest: Value = read(&dist()?.join("manifest.json"))?;
        let listed = manifest["files"].as_array().context("the manifest's files")?;
        let http = reqwest::Client::new();
        let mut together = 0;
        for url in &loaded {
            let answer = http.get(url).header("accept-encoding", "br").send().await?.error_for_status()?;
            assert_eq!(answer.headers().get("content-encoding").and_then(|word| word.to_str().ok()), Some("br"), "{url}");
            let bytes = u64::try_from(answer.bytes().await?.len())?;
            let name = url.rsplit('/').next().unwrap_or_default();
            let entry = listed.iter().find(|file| file["path"] == name).with_context(|| format!("{name} is not listed"))?;
            assert_eq!(Some(bytes), entry["brotli"].as_u64(), "{name}");
            together += bytes;
        }
        assert!(loaded.len() >= 3, "loader, WebAssembly and texts: {loaded:?}");

        let budgets = read(&Path::new(env!("CARGO_MANIFEST_DIR")).join("xtask/size-budget.json"))?;
        let build = manifest["build"].as_str().context("the manifest's build")?;
        let budget = budgets[build].as_u64().context("the build's budget")?;
        assert!(together <= budget, "{together} bytes, the budget of the {build} build is {budget}");
        Ok(())
    })
    .await;
}

fn read(file: &Path) -> anyhow::Result<Value> {
    let text = std::fs::read_to_string(file).with_context(|| format!("reading {}", file.display()))?;
    Ok(serde_json::from_str(&text)?)
}
