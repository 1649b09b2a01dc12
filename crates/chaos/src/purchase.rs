//! One purchase from the order to its refunds, and what the shop believes of it.

use crate::bank::Bank;
use crate::buyer::{self, Told};
use crate::shop::{Answer, Shop};
use crate::story::{Refunding, Story};

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

pub(crate) async fn live(story: Story, shop: &Shop, bank: &Bank) -> anyhow::Result<Purchase> {
    for fault in &story.faults {
        bank.set_fault(fault).await?;
    }
    let token = shop.put(&story.order, story.sum).await?;
    let told = buyer::buy(&story, &token, shop, bank).await?;
    let refunds = match told {
        Told::Paid => refund(&story, shop).await?,
        Told::Refused | Told::Nothing => Vec::new(),
    };
    Ok(Purchase { order: story.order, refunds })
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
