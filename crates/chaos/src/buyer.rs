//! The buyer: asks for a session, goes to the bank, comes back, tries again after a refusal.

use std::time::Duration;

use anyhow::Context;
use tokio::time::Instant;

use crate::aggregator::{self, Aggregator};
use crate::shop::{Answer, Shop};
use crate::story::{Opening, Paying, Story};

/// How long a buyer looks at the result before leaving.
const LOOKING: Duration = Duration::from_secs(12);

/// What the buyer was told at last.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Told {
    Paid,
    Refused,
    Nothing,
}

pub(crate) async fn buy(
    story: &Story,
    token: &str,
    shop: &Shop,
    aggregator: &Aggregator,
) -> anyhow::Result<Told> {
    for (attempt, doing) in story.paying.iter().enumerate() {
        let Some((session, page)) = open(story, attempt, token, shop).await? else {
            return Ok(Told::Nothing);
        };
        aggregator.visit(&page, story.by, *doing).await?;
        if *doing == Paying::Abandoned {
            return Ok(Told::Nothing);
        }
        match look(&session, shop).await? {
            Told::Refused if *doing == Paying::DeclinedThenPaid && aggregator::code(&page).is_some() => {
                aggregator.captures_late(&page).await?;
                // The buyer, told of a refusal, does not look again.
                return Ok(Told::Nothing);
            }
            Told::Refused => {}
            told @ (Told::Paid | Told::Nothing) => return Ok(told),
        }
    }
    Ok(Told::Refused)
}

/// The session and its page; nothing where the bank could not be reached or the order is closed.
async fn open(
    story: &Story,
    attempt: usize,
    token: &str,
    shop: &Shop,
) -> anyhow::Result<Option<(String, String)>> {
    let key = format!("{}-{attempt}", story.order);
    let product = story.by.product(attempt);
    let once = || shop.open(token, &key, product);
    let answers = match story.opening {
        Opening::Once => vec![once().await?],
        Opening::TwiceSameKey => {
            let (first, second) = tokio::try_join!(once(), once())?;
            vec![first, second]
        }
        Opening::TwoTabs => {
            // What the buyer would turn to next: another way to pay where there are two.
            let (other_key, other) = (format!("{key}-other-tab"), story.by.product(attempt + 1));
            let (first, second) = tokio::try_join!(once(), shop.open(token, &other_key, other))?;
            vec![first, second]
        }
    };
    let pages: Vec<(String, String)> = answers.iter().filter_map(page).collect();
    if let [first, second] = &pages[..] {
        anyhow::ensure!(first == second, "two live payment pages for one order: {first:?} and {second:?}");
    }
    Ok(pages.into_iter().next())
}

fn page(answer: &Answer) -> Option<(String, String)> {
    if !answer.status.is_success() {
        return None;
    }
    let text = |name: &str| answer.body[name].as_str().map(str::to_owned);
    Some((text("session")?, text("page")?))
}

async fn look(session: &str, shop: &Shop) -> anyhow::Result<Told> {
    let deadline = Instant::now() + LOOKING;
    while Instant::now() < deadline {
        let seen = shop.session(session).await?;
        match seen["outcome"].as_str().context("a session without outcome")? {
            "paid" => return Ok(Told::Paid),
            "declined" | "cancelled" | "expired" => return Ok(Told::Refused),
            _ => tokio::time::sleep(Duration::from_millis(150)).await,
        }
    }
    Ok(Told::Nothing)
}
