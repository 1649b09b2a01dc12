//! One purchase from the order to its refunds, and what the shop believes of it.

use std::time::Duration;

use serde_json::Value;
use tokio::time::Instant;

use crate::aggregator::Aggregator;
use crate::buyer::{self, Told};
use crate::shop::{Answer, Shop};
use crate::story::{By, Refunding, Settling, Story};

/// How long the shop waits to hear that money was collected before it gives nothing back.
const PATIENCE: Duration = Duration::from_secs(30);

/// What was done, for the verdict.
#[derive(Debug)]
pub(crate) struct Purchase {
    pub(crate) order: String,
    pub(crate) refunds: Vec<AskedRefund>,
}

/// A refund the shop asked for.
#[derive(Debug)]
pub(crate) struct AskedRefund {
    pub(crate) key: String,
    /// The ids the backend gave, one for each time it was asked with the key.
    pub(crate) ids: Vec<String>,
}

pub(crate) async fn live(story: Story, shop: &Shop, aggregator: &Aggregator) -> anyhow::Result<Purchase> {
    for fault in &story.faults {
        aggregator.bank().set_fault(fault).await?;
    }
    let token = shop.put(&story.order, story.sum, story.by.currency()).await?;
    let told = buyer::buy(&story, &token, shop, aggregator).await?;
    let refunds = match told {
        Told::Paid if may_refund(&story, shop, aggregator).await? => refund(&story, shop).await?,
        Told::Paid | Told::Refused | Told::Nothing => Vec::new(),
    };
    Ok(Purchase { order: story.order, refunds })
}

/// Sees a wallet's payment through to its collection, where the story says so; whether money may go back then.
async fn may_refund(story: &Story, shop: &Shop, aggregator: &Aggregator) -> anyhow::Result<bool> {
    let By::Wallet(settling) = story.by else { return Ok(true) };
    let order = shop.order(&story.order).await?;
    let attempts = order["attempts"].as_array().into_iter().flatten();
    let paid = attempts.clone().find(|attempt| attempt["state"] == "CAPTURED");
    // Paid by card after all: euro that were charged in hryvnias go back in other sums than were asked for, which is for
    // other tests.
    let Some(payment) = paid.filter(|attempt| attempt["product"] == "alipayplus") else { return Ok(false) };
    too_early(story, shop, payment).await?;
    let payment = payment["bankOrder"].as_str().unwrap_or_default();
    match settling {
        Settling::Never => return Ok(false),
        Settling::Webhook => aggregator.settles(payment, false).await?,
        Settling::Asking => aggregator.settles(payment, true).await?,
        Settling::File => {
            aggregator.settles(payment, true).await?;
            shop.import(&aggregator.file().await?).await?;
        }
    }
    let deadline = Instant::now() + PATIENCE;
    while Instant::now() < deadline {
        if shop.order(&story.order).await?["state"] == "PAID" {
            return Ok(true);
        }
        tokio::time::sleep(Duration::from_millis(300)).await;
    }
    Ok(false)
}

/// What was captured and not collected is not given back, whoever asks.
async fn too_early(story: &Story, shop: &Shop, payment: &Value) -> anyhow::Result<()> {
    let key = format!("{}-refund-early", story.order);
    let answer = shop.refund(&story.order, 100, &key).await?;
    anyhow::ensure!(
        answer.body["code"] == "waits_for_settlement" && payment["refundHindrance"] == "waits_for_settlement",
        "{}: a refund before the collection: {} {}; the attempt: {payment}",
        story.order,
        answer.status,
        answer.body
    );
    Ok(())
}

async fn refund(story: &Story, shop: &Shop) -> anyhow::Result<Vec<AskedRefund>> {
    let key = |name: &str| format!("{}-refund-{name}", story.order);
    let ask = async |name: &str, minor: u64| shop.refund(&story.order, minor, &key(name)).await;
    // Never nothing, and never the sums by which the sandbox decides.
    let part = |percent: u64| (story.sum * percent / 100).max(100);
    Ok(match story.refunding {
        Refunding::Nothing => Vec::new(),
        Refunding::All => vec![asked(key("all"), &[ask("all", story.sum).await?])],
        Refunding::Part(percent) => vec![asked(key("part"), &[ask("part", part(percent)).await?])],
        Refunding::PartTwiceSameKey(percent) => {
            let (first, second) = tokio::try_join!(ask("twice", part(percent)), ask("twice", part(percent)))?;
            vec![asked(key("twice"), &[first, second])]
        }
        Refunding::TooMuchAtOnce => {
            let (first, second) = tokio::try_join!(ask("one", part(70)), ask("two", part(60)))?;
            vec![asked(key("one"), &[first]), asked(key("two"), &[second])]
        }
        Refunding::Refused => vec![asked(key("refused"), &[ask("refused", 17).await?])],
    })
}

fn asked(key: String, answers: &[Answer]) -> AskedRefund {
    let id = |answer: &Answer| answer.body["refund"].as_str().map(str::to_owned);
    AskedRefund { key, ids: answers.iter().filter_map(id).collect() }
}
