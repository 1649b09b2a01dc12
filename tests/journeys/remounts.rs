//! Taken out of the page and put back hundreds of times: one instance of the WebAssembly, and nothing is left behind. The
//! wasm's own memory is counted in pages of 64 KiB; what a page of it could hide shows in the browser's counts.

use anyhow::{Context, ensure};
use serde_json::{Value, json};

use crate::support::{Buyer, Card, ORDER, Settings, TAG, at_a_page, journey};

/// Counts WebAssembly instances and keeps the last one's memory in sight.
const COUNT: &str = "<script>
  window.instances = 0;
  for (const name of ['instantiate', 'instantiateStreaming']) {
    const real = WebAssembly[name];
    WebAssembly[name] = async (...given) => {
      const made = await real.apply(WebAssembly, given);
      instances += 1;
      window.memory = Object.values(made.instance.exports).find((one) => one instanceof WebAssembly.Memory);
      return made;
    };
  }
</script>";

const WARM_UP: u32 = 100;
const REMOUNTS: u32 = 300;
/// The browser compiles and notes things down for a long while, less each time; what leaks does not become less.
const ROUNDS: usize = 8;
/// A handful of what a browser keeps for itself; one per remount would be hundreds.
const FEW: i64 = 30;
/// Bytes: the browser's own bookkeeping moves by some kilobytes. One closure with its listener is a hundred bytes and more,
/// which is 30,000 in a round.
const HEAP_SLACK: i64 = 12_000;

#[tokio::test]
async fn hundreds_of_remounts_are_one_instance_take_no_more_memory_and_leave_nothing_behind() {
    journey(Settings::default(), async |world| {
        let (_site, buyer) = at_a_page(world, &format!("{COUNT}{TAG}"), str::to_owned).await?;
        buyer.can_pay().await?;
        buyer.page().devtools("Performance.enable", json!({})).await?;
        remounts(&buyer, 10).await?;
        let after_ten = buyer.runs("return memory.buffer.byteLength;").await?;
        remounts(&buyer, WARM_UP).await?;
        let after_more = buyer.runs("return memory.buffer.byteLength;").await?;
        ensure!(after_ten == after_more, "the wasm's memory grew from {after_ten} to {after_more}");
        ensure!(buyer.runs("return instances;").await? == json!(1), "one instance");

        let before = Counts::of(&buyer).await?;
        let (mut heap, mut grown) = (before.heap, Vec::new());
        let after = loop {
            remounts(&buyer, REMOUNTS).await?;
            let after = Counts::of(&buyer).await?;
            grown.push(after.heap - heap);
            if after.heap - heap <= HEAP_SLACK {
                break after;
            }
            ensure!(grown.len() < ROUNDS, "objects stay, by {REMOUNTS} remounts each: {grown:?} bytes");
            heap = after.heap;
        };
        ensure!(after.nodes - before.nodes <= FEW, "elements: {before:?}, then {after:?}");
        ensure!(after.listeners - before.listeners <= FEW, "listeners: {before:?}, then {after:?}");
        buyer.pays_and_comes_back(Card::Succeeds).await?;
        world.ledger.is_captured_once(ORDER).await.map(drop)
    })
    .await;
}

/// What the browser keeps for the page, rubbish taken out.
#[derive(Debug)]
struct Counts {
    nodes: i64,
    listeners: i64,
    heap: i64,
}

impl Counts {
    async fn of(buyer: &Buyer) -> anyhow::Result<Self> {
        // Twice: what the first collection let go of may have held something else.
        for _ in 0..2 {
            buyer.page().devtools("HeapProfiler.collectGarbage", json!({})).await?;
        }
        let answer = buyer.page().devtools("Performance.getMetrics", json!({})).await?;
        let metric = |name: &str| {
            let found = answer["metrics"].as_array().into_iter().flatten().find(|one| one["name"] == name);
            found.and_then(|one| whole(&one["value"])).with_context(|| format!("no {name} in {answer}"))
        };
        Ok(Self {
            nodes: metric("Nodes")?,
            listeners: metric("JSEventListeners")?,
            heap: metric("JSHeapUsedSize")?,
        })
    }
}

/// The protocol writes counts as numbers of any kind: `12` or `12.0`.
fn whole(value: &Value) -> Option<i64> {
    value.to_string().split('.').next()?.parse().ok()
}

/// Takes the widget out and puts it back, each time until it is usable again.
async fn remounts(buyer: &Buyer, times: u32) -> anyhow::Result<()> {
    buyer
        .runs(&format!(
            "const widget = document.querySelector('alliancepay-checkout');
             for (let n = 0; n < {times}; n++) {{
               const ready = new Promise((resolve) =>
                 widget.addEventListener('alliancepay:ready', resolve, {{ once: true }}));
               widget.remove(); await Promise.resolve(); await Promise.resolve();
               document.body.append(widget); await ready;
             }}"
        ))
        .await
        .map(drop)
}
