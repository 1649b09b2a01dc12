//! The buyer: asks for a session, goes to the bank, comes back, tries again after a refusal.

use std::time::Duration;

use anyhow::Context;
use tokio::time::Instant;

use crate::bank::Bank;
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

pub(crate) async fn buy(story: &Story, token: &str, shop: &Shop, bank: &Bank) -> anyhow::Result<Told> {
    for (attempt, doing) in story.paying.iter().enumerate() {
        let key = format!("{}-{attempt}", story.order);
        let Some((session, page)) = open(story.opening, token, &key, shop).await? else {
            return Ok(Told::Nothing);
        };
        bank.visit(&page, *doing).await?;
        if *doing == Paying::Abandoned {
            return Ok(Told::Nothing);
        }
        match look(&session, shop).await? {
            Told::Refused => {}
            told @ (Told::Paid | Told::Nothing) => return Ok(told),
        }
    }
    Ok(Told::Refused)
}

/// The session and its page; nothing where the bank could not be reached or the order is closed.
async fn open(
    opening: Opening,
    token: &str,
    key: &str,
    shop: &Shop,
) -> anyhow::Result<Option<(String, String)>> {
    let answers = match opening {
        Opening::Once => vec![shop.open(token, key).await?],
        Opening::TwiceSameKey => {
            let (first, second) = tokio::try_join!(shop.open(token, key), shop.open(token, key))?;
            vec![first, second]
        }
        Opening::TwoTabs => {
            let other = format!("{key}-other-tab");
            let (first, second) = tokio::try_join!(shop.open(token, key), shop.open(token, &other))?;
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
