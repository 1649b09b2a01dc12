//! A shop of this journey's own: bank, backend and a copy of the WordPress that `cargo xtask test` has laid out.

use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

use anyhow::{Context, ensure};
use serde_json::Value;
use tempfile::TempDir;

use super::description::Description;
use crate::support::{Addresses, Card, Service, Settings, dist, eventually, host, write_configuration};

const SHOP_KEY: &str = "the-shop-key-of-the-journeys-0123456789";
const WEBHOOK_SECRET: &str = "the-webhook-secret-of-the-journeys-0123";
/// Everything that came to the shop, word for word.
const REQUESTS: &str = "requests.log";
/// How soon the shop looks at a payment by itself, in seconds.
const FIRST_LOOK: &str = "1";

/// Where the shop keeps its orders.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Orders {
    /// In tables of their own, as shops do since WooCommerce 8.2.
    InTables,
    /// As WordPress' posts, as older shops do.
    AsPosts,
}

/// Everything that ends with the journey.
#[derive(Debug)]
pub(crate) struct Local {
    folder: TempDir,
    wordpress: Child,
    _backend: Service,
    _bank: Service,
}

impl Local {
    pub(crate) async fn start(orders: Orders) -> anyhow::Result<(Self, Description)> {
        let pattern = pattern()?;
        let folder = tempfile::Builder::new().prefix("woo-").tempdir()?;
        let here = folder.path();
        let at = Addresses::free()?;

        let arguments = words(&["--listen", host(&at.bank), "--time-scale", "5"]);
        let merchant_url = format!("{}/sandbox/merchant", at.bank);
        let bank = Service::start("sandbox-bank", arguments, here, &merchant_url).await?;
        let merchant = reqwest::get(&merchant_url).await?.json().await?;
        write_configuration(here, &Settings::default(), &at, &merchant, None, SHOP_KEY, &dist()?)?;
        tell_the_shop(here, &at.shop)?;
        let config = here.join("backend.toml").display().to_string();
        let ready = format!("{}/readyz", at.backend);
        let backend =
            Service::start("merchant-backend", words(&["serve", "--config", &config]), here, &ready).await?;

        let site = here.join("wordpress");
        run(Command::new("cp").arg("-a").arg(word(&pattern, "shop")?).arg(&site))?;
        let compiled = compiled()?;
        let php = |arguments: &[&str]| -> anyhow::Result<Command> {
            let mut php = Command::new(word(&pattern, "php")?);
            for setting in [
                "sendmail_path=/bin/true",
                "memory_limit=256M",
                "opcache.enable_cli=1",
                &format!("opcache.file_cache={}", compiled.display()),
            ] {
                php.args(["-d", setting]);
            }
            php.args(arguments)
                .env("WOO_CONFIG", word(&pattern, "scripts")? + "/wp-config.php")
                .env("WOO_SITE", &site)
                .env("WOO_URL", &at.shop)
                .env("WOO_FIRST_LOOK", FIRST_LOOK)
                .env("WOO_REQUESTS", here.join(REQUESTS));
            Ok(php)
        };
        let (core, scripts) = (word(&pattern, "core")?, word(&pattern, "scripts")?);
        let mut seed = php(&[&format!("{scripts}/seed.php"), &core])?;
        run(seed
            .env("WOO_ORDERS", if orders == Orders::AsPosts { "posts" } else { "tables" })
            .env("WOO_BACKEND", &at.backend)
            .env("WOO_SHOP_KEY", SHOP_KEY)
            .env("WOO_WEBHOOK_SECRET", WEBHOOK_SECRET))?;
        let router = format!("{scripts}/router.php");
        let mut serve = php(&["-S", host(&at.shop), "-t", &core, &router])?;
        let wordpress = serve_until_dropped(&mut serve, &core, &here.join("wordpress.log"))?;

        let description = Description {
            product: format!("{}/product/coffee/", at.shop),
            checkout: format!("{}/checkout/", at.shop),
            blocks: Some(format!("{}/blocks-checkout/", at.shop)),
            admin: format!("{}/wp-admin", at.shop),
            login: word(&pattern["admin"], "login")?,
            password: word(&pattern["admin"], "password")?,
            backend: at.backend.clone(),
            bank: at.bank.clone(),
            posts: orders == Orders::AsPosts,
            webhook_secret: Some(WEBHOOK_SECRET.to_owned()),
            base: at.shop,
        };
        let local = Self { folder, wordpress, _backend: backend, _bank: bank };
        eventually("the shop answers", async || {
            let answer = reqwest::get(&description.product).await?;
            Ok(answer.status().is_success().then_some(()))
        })
        .await?;
        Ok((local, description))
    }

    pub(crate) fn folder(&self) -> &Path {
        self.folder.path()
    }

    /// PHP complained of nothing, no card's number came to the shop, and no log holds what opens anything.
    pub(crate) fn is_clean(&self) -> anyhow::Result<()> {
        let complaints = self.read("wordpress/debug.log");
        ensure!(complaints.is_empty(), "PHP complained:\n{complaints}");
        let came = self.read(REQUESTS);
        ensure!(!came.is_empty(), "what came to the shop was not written down");
        for card in Card::ALL {
            ensure!(!came.contains(card.number()), "{card:?}'s number came to the shop");
        }
        let mut secrets = vec![SHOP_KEY.to_owned(), WEBHOOK_SECRET.to_owned()];
        secrets.extend(Card::ALL.map(|card| card.number().to_owned()));
        for log in
            ["wordpress.log", "wordpress/content/uploads/wc-logs/alliancepay.log", "merchant-backend.log"]
        {
            let text = self.read(log);
            for secret in &secrets {
                ensure!(!text.contains(secret), "{log} tells {secret}");
            }
        }
        let said = self.read("wordpress/content/uploads/wc-logs/alliancepay.log");
        for personal in
            ["Kovalenko", "Khreshchatyk", "olena", "+380501234567", "alliancepay_session=", "Bearer"]
        {
            ensure!(!said.contains(personal), "the shop's log tells {personal}");
        }
        Ok(())
    }

    fn read(&self, log: &str) -> String {
        std::fs::read_to_string(self.folder().join(log)).unwrap_or_default()
    }
}

impl Drop for Local {
    fn drop(&mut self) {
        // PHP's server has workers: the whole group ends.
        let group = format!("-{}", self.wordpress.id());
        let _ = Command::new("kill").args(["-TERM", "--", &group]).status();
        let _ = self.wordpress.wait();
    }
}

/// What `cargo xtask` has written about the shop it laid out.
fn pattern() -> anyhow::Result<Value> {
    let file = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("target/woo/shop.json");
    let text = std::fs::read_to_string(&file).with_context(|| {
        format!("{} is not there: run `cargo xtask test`, or `cargo xtask demo --woo` once", file.display())
    })?;
    serde_json::from_str(&text).context("the shop's pattern")
}

/// Where PHP keeps what it has compiled: every shop is of the same WordPress, and compiling it takes longer than a page.
fn compiled() -> anyhow::Result<PathBuf> {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("compiled-php");
    std::fs::create_dir_all(&folder)?;
    Ok(folder)
}

/// Webhooks go to the shop, and come again soon.
fn tell_the_shop(folder: &Path, shop: &str) -> anyhow::Result<()> {
    std::fs::write(folder.join("webhook-secret"), WEBHOOK_SECRET)?;
    let file = folder.join("backend.toml");
    let text = std::fs::read_to_string(&file)?;
    let text = text.replace(
        "[shop]\n",
        &format!(
            "[shop]\nwebhook_url = \"{shop}/?wc-api=alliancepay\"\nwebhook_secret_file = \"webhook-secret\"\n"
        ),
    );
    let text = text.replace("[timing]\n", "[timing]\nwebhook_retries = [\"1s\", \"1s\", \"2s\"]\n");
    std::fs::write(file, text)?;
    Ok(())
}

fn serve_until_dropped(command: &mut Command, core: &str, log: &Path) -> anyhow::Result<Child> {
    use std::os::unix::process::CommandExt as _;
    let output = std::fs::File::create(log)?;
    command
        .current_dir(core)
        .env("PHP_CLI_SERVER_WORKERS", "4")
        .stdin(Stdio::null())
        .stdout(output.try_clone()?)
        .stderr(output)
        .process_group(0)
        .spawn()
        .context("starting PHP's server")
}

fn run(command: &mut Command) -> anyhow::Result<()> {
    let output = command.output().with_context(|| format!("{command:?}"))?;
    ensure!(output.status.success(), "{command:?}: {}", String::from_utf8_lossy(&output.stderr));
    Ok(())
}

fn word(value: &Value, name: &str) -> anyhow::Result<String> {
    value[name].as_str().map(str::to_owned).with_context(|| format!("the shop's pattern has no {name}"))
}

fn words(words: &[&str]) -> Vec<String> {
    words.iter().map(|&word| word.to_owned()).collect()
}
