//! One world per journey: bank, backend and shop as processes on ports of their own, one folder for their files, one
//! WebDriver. Shop and backend are always different origins. Everything ends with the world.

use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use anyhow::{Context, ensure};
use browser::{Driver, Engine, Profile};
use tempfile::TempDir;

use super::ledger::Ledger;
use super::service::Service;
use super::settings::{self, Addresses, host};
use super::{Aggregator, Bank, Buyer, Card, Place, Settings};

/// Any text will do; a shop's real key is random.
const SHOP_KEY: &str = "the-shop-key-of-the-journeys-0123456789";

/// Everything a journey happens in.
#[derive(Debug)]
pub(crate) struct World {
    pub(crate) at: Addresses,
    pub(crate) bank: Bank,
    pub(crate) aggregator: Aggregator,
    pub(crate) ledger: Ledger,
    buyers: Mutex<Vec<Buyer>>,
    excuses: Mutex<Vec<&'static str>>,
    driver: Driver,
    backend: tokio::sync::Mutex<Service>,
    _shop: Service,
    _bank: Service,
    folder: TempDir,
}

impl World {
    pub(crate) async fn start(settings: Settings, engine: Engine) -> anyhow::Result<Self> {
        let folder = tempfile::Builder::new().prefix("journey-").tempdir()?;
        let here = folder.path();
        let at = Addresses::free()?;

        let bank_arguments = words(&["--listen", host(&at.bank), "--time-scale", "5"]);
        let bank_ready = format!("{}/sandbox/merchant", at.bank);
        let bank = Service::start("sandbox-bank", bank_arguments, here, &bank_ready).await?;
        let merchant = reqwest::get(&bank_ready).await?.json().await?;

        let aggregator = Aggregator::at(&at.bank);
        let account = if settings.alipay_plus { Some(aggregator.account().await?) } else { None };
        settings::write(here, &settings, &at, &merchant, account.as_ref(), SHOP_KEY, &dist()?)?;
        let config = here.join("backend.toml").display().to_string();
        let backend_arguments = words(&["serve", "--config", &config]);
        let backend_ready = format!("{}/readyz", at.backend);
        let backend = Service::start("merchant-backend", backend_arguments, here, &backend_ready).await?;

        if settings.alipay_plus {
            aggregator.tells(&at.backend).await?;
        }

        let key_file = here.join("shop-key").display().to_string();
        let page_dir = trunk_output()?.display().to_string();
        let mut shop_arguments =
            words(&["--listen", host(&at.shop), "--backend", &at.backend, "--bank", &at.bank]);
        shop_arguments.extend(words(&["--page-dir", &page_dir, "--shop-key-file", &key_file]));
        if !settings.shop_allows_wasm {
            shop_arguments.push("--no-wasm-csp".to_owned());
        }
        let shop = Service::start("demo-shop", shop_arguments, here, &at.shop).await?;

        let ledger = Ledger {
            file: here.join("ledger.sqlite"),
            backend: at.backend.clone(),
            shop_key: SHOP_KEY.to_owned(),
            http: reqwest::Client::new(),
        };
        Ok(Self {
            bank: Bank::at(&at.bank),
            aggregator,
            ledger,
            buyers: Mutex::default(),
            excuses: Mutex::default(),
            driver: Driver::start(engine)?,
            backend: tokio::sync::Mutex::new(backend),
            _shop: shop,
            _bank: bank,
            folder,
            at,
        })
    }

    /// A buyer with an English browser that has never been here.
    pub(crate) async fn buyer(&self) -> anyhow::Result<Buyer> {
        self.buyer_with(&Profile::default()).await
    }

    /// A buyer with another kind of browser.
    pub(crate) async fn buyer_with(&self, profile: &Profile) -> anyhow::Result<Buyer> {
        let buyer = Buyer::before(self.driver.open(profile).await?, &self.at);
        self.buyers.lock().unwrap_or_else(PoisonError::into_inner).push(buyer.clone());
        Ok(buyer)
    }

    /// The power goes: no farewell, no flush.
    pub(crate) async fn kills_the_backend(&self) -> anyhow::Result<()> {
        self.backend.lock().await.kill()
    }

    /// The same backend on the same port and file.
    pub(crate) async fn starts_the_backend_again(&self) -> anyhow::Result<()> {
        self.backend.lock().await.start_again(&format!("{}/readyz", self.at.backend)).await
    }

    /// Says why a payment of this journey may stay undecided.
    pub(crate) fn leaves_undecided(&self, why: &'static str) {
        self.excuses.lock().unwrap_or_else(PoisonError::into_inner).push(why);
    }

    /// Is any payment undecided? No journey may leave that open.
    fn leaves_nothing_undecided(&self) -> anyhow::Result<()> {
        let open: Vec<_> = self
            .ledger
            .all_attempts()?
            .into_iter()
            .filter(|attempt| ["CREATED", "REDIRECTED"].contains(&attempt.state.as_str()))
            .collect();
        let excused = !self.excuses.lock().unwrap_or_else(PoisonError::into_inner).is_empty();
        ensure!(open.is_empty() || excused, "undecided at the end, and nobody said why: {open:?}");
        Ok(())
    }

    /// What our programs wrote down must not open anything, nor name a card.
    fn told_no_secrets(&self) -> anyhow::Result<()> {
        let cards = Card::ALL.map(|card| card.number().to_owned());
        let mut ours: Vec<String> =
            self.ledger.all_attempts()?.into_iter().map(|one| one.notification_secret).collect();
        ours.push(SHOP_KEY.to_owned());
        ours.extend(cards.clone());
        // The sandbox is the bank: it knows the notifications' addresses, and may say them.
        for (name, secrets) in
            [("merchant-backend", &ours[..]), ("demo-shop", &ours), ("sandbox-bank", &cards)]
        {
            let log = std::fs::read_to_string(self.folder().join(format!("{name}.log")))?;
            for secret in secrets {
                ensure!(!log.contains(secret), "the log of {name} tells {secret}");
            }
        }
        Ok(())
    }
}

impl Place for World {
    fn is_left_well(&self) -> anyhow::Result<()> {
        self.told_no_secrets()?;
        self.leaves_nothing_undecided()
    }

    fn folder(&self) -> &Path {
        self.folder.path()
    }

    fn people(&self) -> Vec<Buyer> {
        self.buyers.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }
}

/// What merchants load, made by `cargo xtask dist`.
pub(crate) fn dist() -> anyhow::Result<PathBuf> {
    built("dist", "manifest.json")
}

/// The widget that panics on demand, made by `cargo xtask trap`.
pub(crate) fn trapping() -> anyhow::Result<PathBuf> {
    built("target/trap-widget", "alliancepay.js")
}

/// The demo shop's page, made by Trunk.
pub(crate) fn trunk_output() -> anyhow::Result<PathBuf> {
    built("target/shop", "index.html")
}

/// The documentation, made by `cargo xtask docs`.
pub(crate) fn docs_site() -> anyhow::Result<PathBuf> {
    built("target/docs-site", "playground.html")
}

fn built(folder: &str, file: &str) -> anyhow::Result<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join(folder);
    let found = folder.join(file).is_file();
    ensure!(
        found,
        "{} holds no {file}: run `cargo xtask test`, or `cargo xtask dist`, `trap` and `docs` first",
        folder.display()
    );
    folder.canonicalize().context("the folder's own name")
}

fn words(words: &[&str]) -> Vec<String> {
    words.iter().map(|&word| word.to_owned()).collect()
}
