//! One load of one page under one condition, and what it took.

use std::time::Duration;

use anyhow::Context;
use browser::Page;
use serde_json::{Value, json};

use super::conditions::Condition;
use super::contestants::Contestant;
use super::server::Site;

/// How long a page may take to come alive.
const PATIENCE: Duration = Duration::from_mins(1);
/// How long a new tab is left alone after it was slowed down, before it is measured.
const CALM: Duration = Duration::from_millis(400);
/// How long after the widget is alive late requests are still counted.
const SETTLING: Duration = Duration::from_millis(600);

/// What one load took.
#[derive(Debug, Clone, Copy, Default)]
pub struct Sample {
    /// Milliseconds from navigation to the first frame with a control to pay by.
    pub usable: f64,
    /// The same for the whole widget.
    pub interactive: f64,
    /// Milliseconds of tasks longer than 50 ms, added up.
    pub long_tasks: f64,
    /// Bytes of all answers, with their headers, as they came over the wire.
    pub bytes: f64,
    /// How many requests.
    pub requests: f64,
    /// How many of them to another origin than the shop's.
    pub foreign: f64,
    /// Bytes of JavaScript's heap and of what lies beside it (WebAssembly's memory), after a collection.
    pub memory: f64,
    /// Layout shift score.
    pub shift: f64,
}

/// Loads the page once, from nothing: in a new tab, so that no process has compiled its scripts before, with an empty
/// cache. Nobody looks into the page until it is alive: on a slowed-down processor even a look would cost time.
pub async fn take(page: &Page, site: &Site, who: Contestant, when: Condition) -> anyhow::Result<Sample> {
    let browser = page.client();
    let first = browser.window().await?;
    let tab = browser.new_window(true).await?.handle;
    browser.switch_to_window(tab).await?;
    page.devtools("Page.bringToFront", json!({})).await?;
    page.devtools("Network.enable", json!({})).await?;
    page.devtools("Network.clearBrowserCache", json!({})).await?;
    slow_down(page, when).await?;
    tokio::time::sleep(CALM).await;

    page.goto(&format!("{}/{}", site.origin, who.name)).await?;
    tokio::time::timeout(PATIENCE, browser.execute_async(ALIVE, Vec::new()))
        .await
        .map_err(anyhow::Error::from)
        .and_then(|answer| Ok(answer?))
        .with_context(|| format!("{} never came alive", who.name))?;
    tokio::time::sleep(SETTLING).await;
    let figures = page.run(FIGURES, &[]).await?;
    slow_down(page, Condition { cpu: 1, network: None }).await?;
    let sample = Sample { memory: memory(page).await?, ..sample(&figures) };
    page.run("sessionStorage.clear(); localStorage.clear();", &[]).await?;
    browser.close_window().await?;
    browser.switch_to_window(first).await?;
    Ok(sample)
}

const ALIVE: &str = "const told = arguments[arguments.length - 1]; window.alive.then(told);";

const FIGURES: &str = "
  const entries = [...performance.getEntriesByType('navigation'), ...performance.getEntriesByType('resource')];
  const own = entries.filter((entry) => !entry.name.startsWith('data:'));
  return {
    ...figures,
    bytes: own.reduce((sum, entry) => sum + entry.transferSize, 0),
    requests: own.length,
    foreign: own.filter((entry) => !entry.name.startsWith(location.origin)).length,
  };";

fn sample(figures: &Value) -> Sample {
    let figure = |name: &str| figures[name].as_f64().unwrap_or_default();
    Sample {
        usable: figure("usable"),
        interactive: figure("interactive"),
        long_tasks: figure("longTasks"),
        bytes: figure("bytes"),
        requests: figure("requests"),
        foreign: figure("foreign"),
        memory: 0.0,
        shift: figure("shift"),
    }
}

async fn slow_down(page: &Page, to: Condition) -> anyhow::Result<()> {
    page.devtools("Emulation.setCPUThrottlingRate", json!({"rate": to.cpu})).await?;
    let (latency, throughput) = match to.network {
        None => (0, -1),
        Some(network) => (i64::from(network.round_trip), i64::from(network.bits / 8)),
    };
    let shape = json!({
        "offline": false, "latency": latency, "downloadThroughput": throughput, "uploadThroughput": throughput,
    });
    page.devtools("Network.emulateNetworkConditions", shape).await?;
    Ok(())
}

async fn memory(page: &Page) -> anyhow::Result<f64> {
    page.devtools("HeapProfiler.collectGarbage", json!({})).await?;
    let heap = page.devtools("Runtime.getHeapUsage", json!({})).await?;
    let bytes = |name: &str| heap[name].as_f64().unwrap_or_default();
    Ok(bytes("usedSize") + bytes("backingStorageSize"))
}
