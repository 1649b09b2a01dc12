//! One of the shop's staff before the console: signs in, looks, presses. The account is made as the documents say, by
//! `merchant-backend admin create`.

use std::process::Stdio;

use anyhow::{Context, ensure};
use browser::Page;
use serde_json::json;
use tokio::io::AsyncWriteExt as _;
use tokio::process::Command;

use super::service::program;
use super::{Buyer, Place, Profile, World};

/// Long enough for the backend's rule, and in no list.
pub(crate) const PASSWORD: &str = "seven brown beans on a plate";

/// A member of staff, signed in.
#[derive(Debug, Clone)]
pub(crate) struct Clerk {
    browser: Buyer,
    console: String,
}

impl World {
    /// Makes an account and signs it in, in English.
    pub(crate) async fn clerk(&self, login: &str, role: &str) -> anyhow::Result<Clerk> {
        self.makes_an_account(login, role).await?;
        let clerk = self.stands_before_the_console(&Profile::default()).await?;
        clerk.signs_in(login, PASSWORD).await?;
        Ok(clerk)
    }

    /// Somebody who has not signed in.
    pub(crate) async fn stands_before_the_console(&self, profile: &Profile) -> anyhow::Result<Clerk> {
        let browser = self.buyer_with(profile).await?;
        let clerk = Clerk { browser, console: format!("{}/console/", self.at.backend) };
        clerk.page().goto(&clerk.console).await?;
        clerk.page().find("[name=login]").await?;
        Ok(clerk)
    }

    /// Makes an account.
    pub(crate) async fn makes_an_account(&self, login: &str, role: &str) -> anyhow::Result<()> {
        let config = self.folder().join("backend.toml");
        let mut create = Command::new(program("merchant-backend")?)
            .args(["admin", "create", "--login", login, "--role", role, "--config"])
            .arg(config)
            .stdin(Stdio::piped())
            .stdout(Stdio::null())
            .stderr(Stdio::piped())
            .spawn()?;
        let mut input = create.stdin.take().context("the command's input")?;
        input.write_all(format!("{PASSWORD}\n").as_bytes()).await?;
        drop(input);
        let ended = create.wait_with_output().await?;
        ensure!(ended.status.success(), "{}", String::from_utf8_lossy(&ended.stderr));
        Ok(())
    }
}

impl Clerk {
    /// The browser itself.
    pub(crate) fn page(&self) -> &Page {
        self.browser.page()
    }

    /// Types login and password, and is in.
    pub(crate) async fn signs_in(&self, login: &str, password: &str) -> anyhow::Result<()> {
        self.types_in(login, password).await?;
        self.page().find("nav [aria-current=page]").await.map(drop)
    }

    /// Types login and password, and presses.
    pub(crate) async fn types_in(&self, login: &str, password: &str) -> anyhow::Result<()> {
        self.page().fill("[name=login]", login).await?;
        self.page().fill("[name=password]", password).await?;
        self.page().press("form [type=submit]").await
    }

    /// Chooses from one of the browser's own lists.
    pub(crate) async fn chooses(&self, list: &str, value: &str) -> anyhow::Result<()> {
        let list = self.page().find(list).await?;
        list.select_by_value(value).await.context("choosing from a list")
    }

    /// Runs a script in the page and reads what it returns.
    pub(crate) async fn runs(&self, script: &str) -> anyhow::Result<serde_json::Value> {
        self.browser.runs(script).await
    }

    /// Goes to a page of the console, as in `orders/1042`.
    pub(crate) async fn opens(&self, place: &str) -> anyhow::Result<()> {
        self.page().goto(&format!("{}#/{place}", self.console)).await?;
        // The page before may still be there: an order's heading names it.
        let heading = place.strip_prefix("orders/").unwrap_or_default();
        let is_there = format!("deep('main h1')?.innerText.includes({})", json!(heading));
        self.page().wait_until(&is_there).await
    }

    /// Waits for words.
    pub(crate) async fn sees(&self, words: &str) -> anyhow::Result<()> {
        self.browser.sees(words).await
    }

    /// Waits for words inside an element.
    pub(crate) async fn sees_in(&self, selector: &str, words: &str) -> anyhow::Result<()> {
        let inside = format!("deep({})?.innerText.includes({})", json!(selector), json!(words));
        self.page().wait_until(&inside).await
    }

    /// Whether an element is there now.
    pub(crate) async fn has(&self, selector: &str) -> anyhow::Result<bool> {
        self.page().has(selector).await
    }

    /// Presses one thing after another.
    pub(crate) async fn presses(&self, selectors: &[&str]) -> anyhow::Result<()> {
        for selector in selectors {
            self.page().press(selector).await?;
        }
        Ok(())
    }

    /// Opens the refund dialog of the order on the page and chooses a free sum.
    pub(crate) async fn will_refund(&self, sum: &str) -> anyhow::Result<()> {
        self.presses(&["[data-action=refund]", "dialog[open] [value=sum]"]).await?;
        self.page().fill("dialog[open] [name=amount]", sum).await?;
        self.presses(&["[data-action=next]"]).await?;
        self.page().find("[data-action=refund-online]").await.map(drop)
    }

    /// Waits until the dialog says how the refund stands.
    pub(crate) async fn sees_the_refund(&self, state: &str) -> anyhow::Result<()> {
        self.page().find(&format!("[data-refund-state={state}]")).await.map(drop)
    }

    /// Closes the dialog.
    pub(crate) async fn closes_the_dialog(&self) -> anyhow::Result<()> {
        self.presses(&["dialog[open] .dialog-foot .button"]).await?;
        self.page().wait_until("!deep('dialog[open]')").await
    }
}
