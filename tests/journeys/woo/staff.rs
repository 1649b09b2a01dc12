//! A person in the shop's admin: looks at orders, gives money back, sets the plugin up.

use anyhow::{Context, ensure};
use browser::Page;
use serde_json::json;

use super::description::Description;
use crate::support::{Buyer, eventually};

/// Staff and the browser in front of them.
#[derive(Debug, Clone)]
pub(crate) struct Staff {
    person: Buyer,
    at: Description,
}

impl Staff {
    pub(super) fn new(person: Buyer, at: &Description) -> Self {
        Self { person, at: at.clone() }
    }

    pub(crate) fn page(&self) -> &Page {
        self.person.page()
    }

    pub(super) async fn logs_in(&self) -> anyhow::Result<()> {
        let page = self.page();
        page.goto(&format!("{}/", self.at.admin)).await?;
        page.wait_until("document.querySelector('#user_login')").await?;
        // The page puts the focus into its field a moment after loading, and would select what is typed.
        page.wait_until("document.activeElement?.id === 'user_login'").await?;
        page.fill("#user_login", &self.at.login).await?;
        page.fill("#user_pass", &self.at.password).await?;
        page.press("#wp-submit").await?;
        page.find("#wpadminbar").await.map(drop)
    }

    /// Opens an order, wherever this shop keeps it.
    pub(crate) async fn opens(&self, order: u64) -> anyhow::Result<()> {
        let page = self.page();
        page.goto(&format!("{}/admin.php?page=wc-orders&action=edit&id={order}", self.at.admin)).await?;
        if !page.has("#order_status").await? {
            page.goto(&format!("{}/post.php?post={order}&action=edit", self.at.admin)).await?;
        }
        page.find("#order_status").await.map(drop)
    }

    /// The order's status, as in `processing`.
    pub(crate) async fn status(&self, order: u64) -> anyhow::Result<String> {
        self.opens(order).await?;
        let status = self.page().run("return document.querySelector('#order_status').value;", &[]).await?;
        Ok(status.as_str().context("a status")?.trim_start_matches("wc-").to_owned())
    }

    /// Waits until the order has this status.
    pub(crate) async fn waits_for(&self, order: u64, status: &str) -> anyhow::Result<()> {
        eventually(&format!("order {order} is {status}"), async || {
            let now = self.status(order).await?;
            ensure!(now == status, "it is {now}");
            Ok(Some(()))
        })
        .await
    }

    /// Sets the order's status by hand.
    pub(crate) async fn sets(&self, order: u64, status: &str) -> anyhow::Result<()> {
        self.opens(order).await?;
        let choose = format!(
            "const field = document.querySelector('#order_status'); field.value = 'wc-{status}'; \
             window.jQuery?.(field).trigger('change');"
        );
        self.page().run(&choose, &[]).await?;
        self.page().press("button.save_order, #publish").await?;
        self.waits_for(order, status).await
    }

    /// What stands in an order's cell of our column.
    pub(crate) async fn cell(&self, order: u64) -> anyhow::Result<String> {
        self.page().goto(&format!("{}/admin.php?page=wc-orders", self.at.admin)).await?;
        if !self.page().has("#the-list").await? {
            self.page().goto(&format!("{}/edit.php?post_type=shop_order", self.at.admin)).await?;
        }
        self.page()
            .text(&format!(
                "#order-{order} .column-alliancepay_status, #post-{order} .column-alliancepay_status"
            ))
            .await
    }

    /// Opens the refund form of an order and gives back; answers what the form then said, empty when it went well.
    pub(crate) async fn refunds(&self, order: u64, wish: &Wish<'_>) -> anyhow::Result<String> {
        self.opens(order).await?;
        let page = self.page();
        // The questions and complaints of the form are dialogs of the browser's.
        page.run("window.confirm = () => true; window.alert = (words) => { window.said = words; };", &[])
            .await?;
        page.find("button.refund-items").await?;
        // By script: the form slides, and its fields depend on the shop's version.
        let fill = match wish {
            Wish::Sum(sum) => format!(
                "const field = document.querySelector('#refund_amount'); field.readOnly = false; field.value = {}; \
                 $(field).trigger('keyup').trigger('change');",
                json!(sum)
            ),
            Wish::Pieces(pieces) => format!(
                "$('tr.item .refund_order_item_qty').first().val('{pieces}').trigger('change').trigger('keyup');"
            ),
        };
        let give_back = format!(
            "const $ = window.jQuery; document.querySelector('button.refund-items').click(); {fill} \
             document.querySelector('#refund_reason').value = 'Journey'; window.before = true; \
             document.querySelector('button.do-api-refund').click();"
        );
        page.run(&give_back, &[]).await?;
        // Done means the page was loaded anew; else it complains.
        page.wait_until("document.readyState === 'complete' && (window.said !== undefined || window.before === undefined)").await?;
        let said = page.run("return window.said ?? '';", &[]).await?;
        Ok(said.as_str().unwrap_or_default().to_owned())
    }

    /// Opens the plugin's settings.
    pub(crate) async fn opens_the_settings(&self) -> anyhow::Result<()> {
        let url = format!("{}/admin.php?page=wc-settings&tab=checkout&section=alliancepay", self.at.admin);
        self.page().goto(&url).await?;
        self.page().find("#woocommerce_alliancepay_backend_url").await.map(drop)
    }

    /// Fills one field of the settings and saves.
    pub(crate) async fn sets_up(&self, field: &str, text: &str) -> anyhow::Result<()> {
        self.opens_the_settings().await?;
        self.page().fill(&format!("#woocommerce_alliancepay_{field}"), text).await?;
        self.saves_the_settings().await
    }

    /// Chooses in one list of the settings and saves.
    pub(crate) async fn chooses(&self, field: &str, option: &str) -> anyhow::Result<()> {
        self.opens_the_settings().await?;
        let choose = format!(
            "const list = document.querySelector('#woocommerce_alliancepay_{field}'); list.value = '{option}'; \
             list.dispatchEvent(new Event('change', {{bubbles: true}})); return list.value;"
        );
        let chosen = self.page().run(&choose, &[]).await?;
        ensure!(chosen == option, "{field} has no {option}");
        self.saves_the_settings().await
    }

    async fn saves_the_settings(&self) -> anyhow::Result<()> {
        self.page().run("window.before = true;", &[]).await?;
        self.page().press(".woocommerce-save-button").await?;
        self.page()
            .wait_until("document.readyState === 'complete' && window.before === undefined && document.querySelector('#message, .notice, .updated')")
            .await
    }

    pub(crate) async fn sees(&self, words: &str) -> anyhow::Result<()> {
        self.person.sees(words).await
    }
}

/// What goes back.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Wish<'a> {
    Sum(&'a str),
    /// Pieces of the first line.
    Pieces(u32),
}
