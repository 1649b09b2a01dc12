//! A WordPress shop in a folder: shared core, our checkout host, the assembled plugin, a database of its own. Copied, it is
//! another shop.

use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::Context;
use serde_json::json;

use super::{folder, package};
use crate::files::{copy_folder, remove_folder};
use crate::process::{answer, command};
use crate::tools::{self, ShopTools};
use crate::workspace::Workspace;

/// Who may do everything in a test shop.
pub(crate) const ADMIN: (&str, &str) = ("admin", "admin-password");

/// A shop's address while nobody serves it.
const NOWHERE: &str = "http://127.0.0.1:1";

/// Where a shop is and what serves it.
#[derive(Debug, Clone)]
pub(crate) struct Site {
    pub(crate) php: PathBuf,
    pub(crate) core: PathBuf,
    /// `tests/woo-host/site`.
    pub(crate) scripts: PathBuf,
    pub(crate) folder: PathBuf,
}

/// How a shop reaches its backend.
#[derive(Debug)]
pub(crate) struct Connection<'a> {
    pub(crate) shop: &'a str,
    pub(crate) backend: &'a str,
    pub(crate) shop_key: &'a str,
    pub(crate) webhook_secret: &'a str,
}

/// Builds the plugin and a shop with it; the shop is the pattern that others are copies of. Needs `dist/`.
pub(crate) fn build(workspace: &Workspace, tools: &ShopTools) -> anyhow::Result<Site> {
    eprintln!("woo: making a WordPress shop with the plugin (usually 10 seconds)");
    let plugin = package::assemble(workspace)?;
    let zip = package::zip(workspace, &plugin)?;
    let host = workspace.root.join("tests/woo-host");
    let site = Site {
        php: tools.php.clone(),
        core: tools.wordpress.core(),
        scripts: host.join("site"),
        folder: folder(workspace).join("shop"),
    };
    remove_folder(&site.folder)?;
    let content = site.folder.join("content");
    for name in ["plugins", "mu-plugins", "themes"] {
        std::fs::create_dir_all(content.join(name))?;
    }
    std::fs::create_dir_all(site.folder.join("database"))?;
    copy_folder(&tools.wordpress.theme(), &content.join("themes/twentytwentyone"))?;
    drop_in(&tools.wordpress.sqlite(), &content.join("db.php"))?;
    // What a merchant gets, the way WordPress unpacks it.
    let mut unpack = command("unzip");
    unpack.arg("-q").arg(&zip).arg("-d").arg(content.join("plugins"));
    answer(&mut unpack, "unpacking the plugin")?;
    // Under the name that the plugin says it needs.
    link(&host.join("plugin"), &content.join("plugins/woocommerce"))?;
    link(&host.join("site/test-shop.php"), &content.join("mu-plugins/test-shop.php"))?;
    site.php("install.php", &[ADMIN.0, ADMIN.1])?;
    site.php("activate.php", &["woocommerce/checkout-host.php"])?;
    site.php("activate.php", &["alliancepay-checkout/alliancepay-checkout.php"])?;
    describe(workspace, &site)?;
    Ok(site)
}

impl Site {
    /// A copy with a database of its own.
    pub(crate) fn copy_to(&self, folder: &Path) -> anyhow::Result<Self> {
        let mut copy = command("cp");
        copy.arg("-a").arg(&self.folder).arg(folder);
        answer(&mut copy, "copying the shop")?;
        Ok(Self { folder: folder.to_path_buf(), ..self.clone() })
    }

    /// Connects the shop with its backend.
    pub(crate) fn connect(&self, connection: &Connection<'_>) -> anyhow::Result<()> {
        let mut seed = self.command("seed.php", connection.shop);
        seed.env("WOO_BACKEND", connection.backend)
            .env("WOO_SHOP_KEY", connection.shop_key)
            .env("WOO_WEBHOOK_SECRET", connection.webhook_secret);
        answer(&mut seed, "connecting the shop with its backend")?;
        Ok(())
    }

    fn php(&self, script: &str, arguments: &[&str]) -> anyhow::Result<()> {
        answer(self.command(script, NOWHERE).args(arguments), script)?;
        Ok(())
    }

    fn command(&self, script: &str, address: &str) -> Command {
        let mut php = command(&self.php);
        php.args(Self::settings()).arg(self.scripts.join(script)).arg(&self.core);
        self.surround(&mut php, address);
        php
    }

    /// PHP with one more setting, told about this shop; its address is none that answers.
    pub(super) fn php_with(&self, setting: &str) -> Command {
        let mut php = command(&self.php);
        php.args(Self::settings()).args(["-d", setting]).env("WOO_CORE", &self.core);
        self.surround(&mut php, NOWHERE);
        php
    }

    /// No mail leaves, and WordPress' memory is enough.
    pub(super) fn settings() -> [OsString; 4] {
        ["-d", "sendmail_path=/bin/true", "-d", "memory_limit=256M"].map(OsString::from)
    }

    /// What the shop's settings read.
    pub(super) fn surround(&self, command: &mut Command, address: &str) {
        command
            .env("WOO_CONFIG", self.scripts.join("wp-config.php"))
            .env("WOO_SITE", &self.folder)
            .env("WOO_URL", address);
    }
}

fn link(from: &Path, to: &Path) -> anyhow::Result<()> {
    std::os::unix::fs::symlink(from, to).with_context(|| format!("linking {}", to.display()))
}

/// The drop-in's pattern with its blanks filled in.
fn drop_in(sqlite: &Path, to: &Path) -> anyhow::Result<()> {
    let pattern = std::fs::read_to_string(sqlite.join("db.copy")).context("the SQLite drop-in")?;
    let folder = sqlite.to_str().context("the cache folder's path is not UTF-8")?;
    let filled = pattern.replace("{SQLITE_IMPLEMENTATION_FOLDER_PATH}", folder);
    std::fs::write(to, filled.replace("{SQLITE_PLUGIN}", "sqlite-database-integration/load.php"))?;
    Ok(())
}

/// Says where the Express sample's packages are, for the journey that sells with it.
pub(crate) fn provide_express(workspace: &Workspace) -> anyhow::Result<()> {
    let express = tools::install_express(workspace)?;
    std::fs::create_dir_all(folder(workspace))?;
    let said = express.to_str().context("the cache folder's path is not UTF-8")?;
    std::fs::write(folder(workspace).join("express"), said).context("writing target/woo/express")
}

/// For the journeys, which copy the shop themselves.
fn describe(workspace: &Workspace, site: &Site) -> anyhow::Result<()> {
    let about = json!({
        "php": site.php,
        "core": site.core,
        "scripts": site.scripts,
        "shop": site.folder,
        "admin": {"login": ADMIN.0, "password": ADMIN.1},
    });
    std::fs::write(folder(workspace).join("shop.json"), about.to_string()).context("writing shop.json")
}
