//! The samples of `docs/integrations`, as they stand there. The two shops are started, bought from, hear of the payment by
//! a signed webhook, give it back, and learn by asking what no webhook told; the page with a script tag is paid.

use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::LazyLock;

use anyhow::{Context, ensure};
use browser::{Driver, Engine};
use serde_json::{Value, json};
use tempfile::TempDir;
use tokio::sync::Semaphore;

use crate::support::{
    Addresses, Bank, Buyer, Card, PAID, Profile, Service, Settings, dist, eventually, host,
    write_configuration,
};

const SHOP_KEY: &str = "the-shop-key-of-the-samples-0123456789";
const WEBHOOK_SECRET: &str = "the-webhook-secret-of-the-samples-012345";
const STAFF_KEY: &str = "the-staff-key-of-the-samples-0123456789";
static ROOM: LazyLock<Semaphore> = LazyLock::new(|| Semaphore::new(1));

#[tokio::test]
async fn the_plain_php_shop_sells() {
    let _room = ROOM.acquire().await.expect("room");
    sells(Sample::Php).await.expect("the PHP shop");
}

#[tokio::test]
async fn the_express_shop_sells() {
    let _room = ROOM.acquire().await.expect("room");
    sells(Sample::Express).await.expect("the Express shop");
}

#[tokio::test]
async fn the_plain_php_shop_learns_by_asking_what_no_webhook_told() {
    let _room = ROOM.acquire().await.expect("room");
    asks(Sample::Php).await.expect("the PHP shop");
}

#[tokio::test]
async fn the_express_shop_learns_by_asking_what_no_webhook_told() {
    let _room = ROOM.acquire().await.expect("room");
    asks(Sample::Express).await.expect("the Express shop");
}

#[tokio::test]
async fn the_page_with_a_script_tag_is_paid_with_and_without_the_script() {
    let _room = ROOM.acquire().await.expect("room");
    let world = World::start(Webhooks::Sent).await.expect("a world");
    for (number, scripts) in [("T-1", true), ("T-2", false)] {
        script_tag(&world, number, scripts).await.expect("the page is paid");
    }
}

#[derive(Debug, Clone, Copy)]
enum Sample {
    Php,
    Express,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Webhooks {
    Sent,
    None,
}

/// Bank and backend; the shop is what is tried.
struct World {
    at: Addresses,
    driver: Driver,
    folder: TempDir,
    _backend: Service,
    _bank: Service,
}

/// A sample's own server; it ends when dropped.
struct Shop(Child);

impl Drop for Shop {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

async fn sells(sample: Sample) -> anyhow::Result<()> {
    let world = World::start(Webhooks::Sent).await?;
    let _shop = world.opens(sample).await?;
    let buyer = world.buyer(&Profile::default()).await?;
    let page = buyer.page();
    page.goto(&world.at.shop).await?;
    page.press("button").await?;
    page.find("alliancepay-checkout[view=pay]").await?;
    let number = page.url().await?.split_once("order=").context("an order")?.1.to_owned();

    // Nobody else is believed.
    let forged = reqwest::Client::new().post(format!("{}/webhook", world.at.shop)).body("{}");
    assert_eq!(forged.send().await?.status(), 401);

    buyer.pays_and_comes_back(Card::Succeeds).await?;
    buyer.sees(PAID).await?;
    buyer.leaves().await;
    world.staff_reads(&number, "Ship it (CAPTURED)").await?;
    gives_back(&world, &number).await
}

/// Only staff does, and once, however often they press.
async fn gives_back(world: &World, number: &str) -> anyhow::Result<()> {
    let address = format!("{}/refunds?order={number}", world.at.shop);
    let press = || reqwest::Client::new().post(&address);
    assert_eq!(press().send().await?.status(), 401);
    assert_eq!(press().bearer_auth("a-key-that-opens-nothing").send().await?.status(), 401);
    let first: Value = press().bearer_auth(STAFF_KEY).send().await?.error_for_status()?.json().await?;
    let again: Value = press().bearer_auth(STAFF_KEY).send().await?.error_for_status()?.json().await?;
    ensure!(first["refund"].is_string() && first["refund"] == again["refund"], "{first} {again}");
    world.staff_reads(number, "Do not ship (REFUNDED)").await?;
    let orders = Bank::at(&world.at.bank).orders().await?;
    let operations = orders.iter().flat_map(|one| one["operations"].as_array().into_iter().flatten());
    assert_eq!(operations.filter(|one| one["type"] == "REFUND").count(), 1);
    Ok(())
}

/// Bought without a browser: what the buyer sees is told by other journeys.
async fn asks(sample: Sample) -> anyhow::Result<()> {
    let world = World::start(Webhooks::None).await?;
    let _shop = world.opens(sample).await?;
    let http = reqwest::Client::new();
    let placed = http.post(format!("{}/orders", world.at.shop)).send().await?.error_for_status()?;
    let number = placed.url().as_str().split_once("order=").context("an order")?.1.to_owned();
    let token: Value = reqwest::get(format!("{}/token?order={number}", world.at.shop)).await?.json().await?;
    http.post(format!("{}/v1/payment-sessions", world.at.backend))
        .bearer_auth(token["orderToken"].as_str().context("a token")?)
        .header("Idempotency-Key", &number)
        .json(&json!({}))
        .send()
        .await?
        .error_for_status()?;
    let bank = Bank::at(&world.at.bank);
    let opened = bank.orders().await?;
    bank.completes(opened[0]["merchantRequestId"].as_str().context("the bank's order")?).await?;
    eventually("the order is captured", async || {
        let order = world.ask(&number).await?;
        ensure!(order["state"] == "CAPTURED", "{}", order["state"]);
        Ok(Some(()))
    })
    .await?;
    if matches!(sample, Sample::Php) {
        let cron = world.told(Command::new("php").arg(php_shop()).arg("reconcile")).output()?;
        ensure!(cron.status.success(), "{}", String::from_utf8_lossy(&cron.stderr));
    }
    world.staff_reads(&number, "Ship it (CAPTURED)").await
}

/// The page as a shop's server would fill it in.
async fn script_tag(world: &World, number: &str, scripts: bool) -> anyhow::Result<()> {
    let token = world.put(number).await?;
    let html = std::fs::read_to_string(samples().join("script-tag/pay.html"))?
        .replace("{{BACKEND}}", &world.at.backend)
        .replace("{{ORDER}}", number)
        .replace("{{TOKEN}}", &token);
    let served = tokio::net::TcpListener::bind(host(&world.at.merchant_page)).await?;
    let routes = axum::Router::new().route("/", axum::routing::get(|| async { axum::response::Html(html) }));
    let shop = tokio::spawn(async move {
        let _ = axum::serve(served, routes).await;
    });
    let profile = if scripts { Profile::default() } else { Profile::default().without_scripts() };
    let buyer = world.buyer(&profile).await?;
    buyer.page().goto(&world.at.merchant_page).await?;
    if scripts {
        buyer.presses_pay().await?;
    } else {
        buyer.page().press("alliancepay-checkout form button").await?;
    }
    buyer.pays_with(Card::Succeeds).await?;
    buyer.is_told_by_the_bank().await?;
    eventually("the order is captured", async || {
        let order: Value = world.ask(number).await?;
        ensure!(order["state"] == "CAPTURED", "{}", order["state"]);
        Ok(Some(()))
    })
    .await?;
    buyer.leaves().await;
    shop.abort();
    let _ = shop.await;
    Ok(())
}

impl World {
    async fn start(webhooks: Webhooks) -> anyhow::Result<Self> {
        let folder = tempfile::Builder::new().prefix("sample-").tempdir()?;
        let here = folder.path();
        let at = Addresses::free()?;
        let merchant_url = format!("{}/sandbox/merchant", at.bank);
        let arguments = ["--listen", host(&at.bank), "--time-scale", "5"].map(str::to_owned).to_vec();
        let bank = Service::start("sandbox-bank", arguments, here, &merchant_url).await?;
        let merchant = reqwest::get(&merchant_url).await?.json().await?;
        write_configuration(here, &Settings::default(), &at, &merchant, None, SHOP_KEY, &dist()?)?;
        std::fs::write(here.join("webhook-secret"), WEBHOOK_SECRET)?;
        std::fs::write(here.join("staff-key"), STAFF_KEY)?;
        let file = here.join("backend.toml");
        if webhooks == Webhooks::Sent {
            let told = format!(
                "[shop]\nwebhook_url = \"{}/webhook\"\nwebhook_secret_file = \"webhook-secret\"\n",
                at.shop
            );
            std::fs::write(&file, std::fs::read_to_string(&file)?.replace("[shop]\n", &told))?;
        }
        let arguments = vec!["serve".to_owned(), "--config".to_owned(), file.display().to_string()];
        let ready = format!("{}/readyz", at.backend);
        let backend = Service::start("merchant-backend", arguments, here, &ready).await?;
        Ok(Self { at, driver: Driver::start(Engine::HeadlessShell)?, folder, _backend: backend, _bank: bank })
    }

    /// Starts a sample's own server as its first lines say.
    async fn opens(&self, sample: Sample) -> anyhow::Result<Shop> {
        let mut command = match sample {
            Sample::Php => {
                let mut php = Command::new("php");
                php.args(["-S", host(&self.at.shop)]).arg(php_shop());
                php
            }
            Sample::Express => {
                let folder = self.folder.path().join("node-shop");
                std::fs::create_dir(&folder)?;
                for file in ["package.json", "server.mjs"] {
                    std::fs::copy(samples().join("node-shop").join(file), folder.join(file))?;
                }
                std::os::unix::fs::symlink(express()?, folder.join("node_modules"))?;
                let mut node = Command::new("node");
                node.arg(folder.join("server.mjs"));
                node
            }
        };
        let log = std::fs::File::create(self.folder.path().join("shop.log"))?;
        let started = self.told(&mut command).stdout(log.try_clone()?).stderr(log).spawn();
        let shop = Shop(started.context("starting the sample")?);
        eventually("the sample answers", async || {
            Ok(reqwest::get(&self.at.shop).await?.status().is_success().then_some(()))
        })
        .await?;
        Ok(shop)
    }

    /// What a sample reads from its environment.
    fn told<'a>(&self, command: &'a mut Command) -> &'a mut Command {
        let here = self.folder.path();
        command
            .env("PORT", self.at.shop.rsplit(':').next().unwrap_or_default())
            .env("BACKEND", &self.at.backend)
            .env("SHOP_URL", &self.at.shop)
            .env("SHOP_DATABASE", here.join("shop.sqlite"))
            .env("SHOP_KEY_FILE", here.join("shop-key"))
            .env("WEBHOOK_SECRET_FILE", here.join("webhook-secret"))
            .env("STAFF_KEY_FILE", here.join("staff-key"))
            .env("RECONCILE_SECONDS", "1")
            .stdin(Stdio::null())
    }

    /// What the sample's own page tells its staff of an order, by and by.
    async fn staff_reads(&self, number: &str, words: &str) -> anyhow::Result<()> {
        eventually(&format!("the shop says: {words}"), async || {
            let page = reqwest::get(format!("{}/orders?order={number}", self.at.shop)).await?.text().await?;
            ensure!(page.contains(&format!("<p>{words}</p>")), "{page}");
            Ok(Some(()))
        })
        .await
    }

    async fn buyer(&self, profile: &Profile) -> anyhow::Result<Buyer> {
        Ok(Buyer::before(self.driver.open(profile).await?, &self.at))
    }

    /// What a shop's server does before it fills in a page.
    async fn put(&self, number: &str) -> anyhow::Result<String> {
        let body = json!({
            "amount": {"minor": 54_995, "currency": "UAH"},
            "description": "Coffee",
            "lines": [],
            "shippingMinor": 0,
            "returnUrl": format!("{}/", self.at.merchant_page),
            "locale": "en",
        });
        let url = format!("{}/v1/orders/{number}", self.at.backend);
        let answer = reqwest::Client::new().put(url).bearer_auth(SHOP_KEY).json(&body).send().await?;
        let answer: Value = answer.error_for_status()?.json().await?;
        answer["orderToken"].as_str().map(str::to_owned).context("a token")
    }

    async fn ask(&self, number: &str) -> anyhow::Result<Value> {
        let url = format!("{}/v1/orders/{number}", self.at.backend);
        Ok(reqwest::Client::new()
            .get(url)
            .bearer_auth(SHOP_KEY)
            .send()
            .await?
            .error_for_status()?
            .json()
            .await?)
    }
}

fn php_shop() -> PathBuf {
    samples().join("php-shop/index.php")
}

fn samples() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/integrations/samples")
}

/// Where `cargo xtask` has installed what the Express shop's lock file names.
fn express() -> anyhow::Result<PathBuf> {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("target/woo/express");
    let folder = std::fs::read_to_string(&file)
        .with_context(|| format!("{} is not there: run `cargo xtask test` once", file.display()))?;
    Ok(PathBuf::from(folder).join("node_modules"))
}
