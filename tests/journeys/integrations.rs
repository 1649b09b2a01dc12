//! The samples of `docs/integrations`, as they stand there: each is started, bought from, and hears of the payment by a
//! signed webhook.

use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::LazyLock;

use anyhow::{Context, ensure};
use browser::{Driver, Engine};
use serde_json::{Value, json};
use tempfile::TempDir;
use tokio::sync::Semaphore;

use crate::support::{
    Addresses, Buyer, Card, PAID, Profile, Service, Settings, dist, eventually, host, write_configuration,
};

const SHOP_KEY: &str = "the-shop-key-of-the-samples-0123456789";
const WEBHOOK_SECRET: &str = "the-webhook-secret-of-the-samples-012345";
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
async fn the_page_with_a_script_tag_is_paid_with_and_without_the_script() {
    let _room = ROOM.acquire().await.expect("room");
    let world = World::start().await.expect("a world");
    for (number, scripts) in [("T-1", true), ("T-2", false)] {
        script_tag(&world, number, scripts).await.expect("the page is paid");
    }
}

#[derive(Debug, Clone, Copy)]
enum Sample {
    Php,
    Express,
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
    let world = World::start().await?;
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
    eventually("the webhook says that it may be shipped", async || {
        page.goto(&format!("{}/orders?order={number}", world.at.shop)).await?;
        let told = page.text("main p").await?;
        ensure!(told == "Ship it (CAPTURED)", "{told}");
        Ok(Some(()))
    })
    .await?;
    let token: Value = reqwest::get(format!("{}/token?order={number}", world.at.shop)).await?.json().await?;
    ensure!(token["orderToken"].is_string(), "{token}");
    buyer.leaves().await;
    Ok(())
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
    async fn start() -> anyhow::Result<Self> {
        let folder = tempfile::Builder::new().prefix("sample-").tempdir()?;
        let here = folder.path();
        let at = Addresses::free()?;
        let merchant_url = format!("{}/sandbox/merchant", at.bank);
        let arguments = ["--listen", host(&at.bank), "--time-scale", "5"].map(str::to_owned).to_vec();
        let bank = Service::start("sandbox-bank", arguments, here, &merchant_url).await?;
        let merchant = reqwest::get(&merchant_url).await?.json().await?;
        write_configuration(here, &Settings::default(), &at, &merchant, None, SHOP_KEY, &dist()?)?;
        std::fs::write(here.join("webhook-secret"), WEBHOOK_SECRET)?;
        let file = here.join("backend.toml");
        let webhooks = format!(
            "[shop]\nwebhook_url = \"{}/webhook\"\nwebhook_secret_file = \"webhook-secret\"\n",
            at.shop
        );
        std::fs::write(&file, std::fs::read_to_string(&file)?.replace("[shop]\n", &webhooks))?;
        let arguments = vec!["serve".to_owned(), "--config".to_owned(), file.display().to_string()];
        let ready = format!("{}/readyz", at.backend);
        let backend = Service::start("merchant-backend", arguments, here, &ready).await?;
        Ok(Self { at, driver: Driver::start(Engine::Chromium)?, folder, _backend: backend, _bank: bank })
    }

    /// Starts a sample's own server as its first lines say.
    async fn opens(&self, sample: Sample) -> anyhow::Result<Shop> {
        let port = self.at.shop.rsplit(':').next().context("a port")?;
        let mut command = match sample {
            Sample::Php => {
                let mut php = Command::new("php");
                php.args(["-S", host(&self.at.shop)]).arg(samples().join("php-shop/index.php"));
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
        let shop = command
            .env("PORT", port)
            .env("BACKEND", &self.at.backend)
            .env("SHOP_URL", &self.at.shop)
            .env("SHOP_DATABASE", self.folder.path().join("shop.sqlite"))
            .env("SHOP_KEY_FILE", self.folder.path().join("shop-key"))
            .env("WEBHOOK_SECRET_FILE", self.folder.path().join("webhook-secret"))
            .stdin(Stdio::null())
            .stdout(log.try_clone()?)
            .stderr(log)
            .spawn()
            .context("starting the sample")?;
        let shop = Shop(shop);
        eventually("the sample answers", async || {
            Ok(reqwest::get(&self.at.shop).await?.status().is_success().then_some(()))
        })
        .await?;
        Ok(shop)
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
