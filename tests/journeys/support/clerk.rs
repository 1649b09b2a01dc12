//! One of the shop's staff before the console: signs in, looks, presses. The account is made as the documents say, by
//! `merchant-backend admin create`.

use std::process::Stdio;

use anyhow::{Context, ensure};
use browser::Page;
use serde_json::json;
use tokio::io::AsyncWriteExt as _;
use tokio::process::Command;

use super::service::program;
use super::{Buyer, World};

/// Long enough for the backend's rule, and in no list.
const PASSWORD: &str = "seven brown beans on a plate";

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
        let clerk = Clerk { browser: self.buyer().await?, console: format!("{}/console/", self.at.backend) };
        clerk.page().goto(&clerk.console).await?;
        clerk.page().fill("[name=login]", login).await?;
        clerk.page().fill("[name=password]", PASSWORD).await?;
        clerk.page().press("form [type=submit]").await?;
        clerk.page().find("nav [aria-current=page]").await?;
        Ok(clerk)
    }

    async fn makes_an_account(&self, login: &str, role: &str) -> anyhow::Result<()> {
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

    /// Goes to a page of the console, as in `orders/1042`.
    pub(crate) async fn opens(&self, place: &str) -> anyhow::Result<()> {
        self.page().goto(&format!("{}#/{place}", self.console)).await?;
        self.page().find("main h1").await.map(drop)
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
