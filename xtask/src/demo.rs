//! The whole product on loopback: sandbox bank, merchant backend, demo shop; alive until told to stop.
//!
//! What is started here dies here: on Ctrl-C, on SIGTERM, on a failure, and (by `setpriv`) even when this
//! process is killed outright.

pub(crate) mod admin;
pub(crate) mod configuration;
pub(crate) mod ports;
pub(crate) mod probe;
pub(crate) mod service;

use std::os::unix::fs::PermissionsExt as _;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::Duration;

use anyhow::{Context, bail};
use clap::Args;
use serde_json::{Value, json};
use signal_hook::consts::{SIGHUP, SIGINT, SIGTERM};
use signal_hook::iterator::Signals;
use tempfile::TempDir;

use crate::buy;
use crate::dist::{self, Build};
use crate::docs;
use crate::files::hex;
use crate::process::{cargo, run as run_to_end};
use crate::tools::{self, Needs};
use crate::woo;
use crate::workspace::Workspace;
use ports::Ports;
use service::Service;

const LOOK: Duration = Duration::from_millis(200);

#[derive(Debug, Args)]
#[allow(clippy::struct_excessive_bools, reason = "each is a switch of the command line")]
pub(crate) struct Options {
    /// The backend's port; bank, WordPress and shop take the next three. 0 takes free ones
    #[arg(long, default_value_t = ports::DEFAULT)]
    port: u16,
    /// One line of JSON instead of a text
    #[arg(long)]
    json: bool,
    /// Also a WordPress shop with the plugin
    #[arg(long)]
    woo: bool,
    /// The widget as it is shipped; the default
    #[arg(long, conflicts_with = "stable")]
    small: bool,
    /// The widget with the standard library as it is installed
    #[arg(long)]
    stable: bool,
    /// One purchase in headless Chromium, then the end; exit code 0 only if it was paid
    #[arg(long)]
    pub(crate) buy: bool,
    /// The card to buy with
    #[arg(long, requires = "buy", default_value = "4111111111111111")]
    card: String,
    /// Where the purchase's screenshots go
    #[arg(long, requires = "buy")]
    out: Option<PathBuf>,
}

pub(crate) fn run(workspace: &Workspace, options: &Options) -> anyhow::Result<ExitCode> {
    // A taken port is said now, not after minutes of building.
    ports::choose(options.port, options.woo)?;
    let toolbox = tools::install(workspace, if options.buy { Needs::Browser } else { Needs::Build })?;
    dist::build(workspace, &toolbox, Build::from_flag(options.stable && !options.small))?;
    if !options.buy {
        docs::build(workspace, &toolbox)?;
    }
    build_services(workspace, options.buy)?;
    let site =
        options.woo.then(|| woo::build_site(workspace, &tools::install_shop(workspace)?)).transpose()?;

    let mut signals = Signals::new([SIGINT, SIGTERM, SIGHUP])?;
    let ports = ports::choose(options.port, options.woo)?;
    let Some(mut demo) = Demo::start(workspace, &ports, site.as_ref(), &mut signals)? else {
        // Asked to stop while the programs start: whoever wanted a purchase has none.
        return Ok(ExitCode::from(if options.buy { 2 } else { 0 }));
    };
    if options.buy {
        let out = options.out.clone().unwrap_or_else(|| workspace.target.join("buy"));
        return buy::run(workspace, &demo.purchase(), &options.card, &out, &toolbox, &mut signals);
    }
    if options.json {
        println!("{}", demo.description()?);
    } else {
        demo.introduce();
    }
    demo.stay(&mut signals)
}

/// Builds the three programs; the browser's only when a purchase is wanted.
fn build_services(workspace: &Workspace, buy: bool) -> anyhow::Result<()> {
    eprintln!("demo: building bank, backend and shop (first time usually 3 minutes, later seconds)");
    let mut build = cargo();
    // Said outright: the programs are then where we start them from, whatever cargo's own settings say.
    build.current_dir(&workspace.root).env("CARGO_TARGET_DIR", &workspace.target).args(["build", "--quiet"]);
    build.args(["-p", "sandbox-bank", "-p", "merchant-backend", "-p", "demo-shop"]);
    if buy {
        build.args(["-p", "browser"]);
    }
    run_to_end(&mut build, "cargo build")
}

/// The running product. Dropping it ends its programs and removes its folder.
struct Demo {
    // In the order in which they end: the shop first, the bank last.
    services: Vec<Service>,
    addresses: ports::Addresses,
    shop_key: String,
    admin: admin::Admin,
    folder: TempDir,
}

impl Demo {
    /// `None` when a signal came before everything answered.
    fn start(
        workspace: &Workspace,
        ports: &Ports,
        site: Option<&woo::Site>,
        signals: &mut Signals,
    ) -> anyhow::Result<Option<Self>> {
        let folder = tempfile::Builder::new().prefix("alliancepay-demo-").tempdir()?;
        // Keys are in there.
        std::fs::set_permissions(folder.path(), std::fs::Permissions::from_mode(0o700))?;
        let addresses = ports.addresses();
        let programs = workspace.target.join("debug");
        let (shop_key, admin) = Default::default();
        let mut demo = Self { services: Vec::new(), addresses, shop_key, admin, folder };

        let mut bank = Service::command(&programs.join("sandbox-bank"));
        bank.args(["--listen", &ports::on_loopback(ports.bank)]);
        let truth = format!("{}/sandbox/merchant", demo.addresses.bank);
        if !demo.add("bank", bank, &truth, signals)? {
            return Ok(None);
        }
        let merchant = probe::json(&truth)?;
        let aggregator = format!("{}/sandbox/aggregator", demo.addresses.bank);
        let account = probe::json(&aggregator)?;
        demo.shop_key = configuration::write(demo.folder.path(), workspace, ports, &merchant, &account)?;

        let program = programs.join("merchant-backend");
        demo.admin = admin::create(&program, demo.folder.path())?;
        let mut backend = Service::command(&program);
        // The key is in the file; one from the environment would go before it.
        backend.env_remove("ALLIANCEPAY_SHOP_KEY");
        backend.arg("serve").arg("--config").arg(demo.folder.path().join(configuration::FILE));
        let ready = format!("{}/readyz", demo.addresses.backend);
        if !demo.add("backend", backend, &ready, signals)? {
            return Ok(None);
        }
        // As a merchant does in the Configuration Center.
        let endpoint = format!("{}/v1/notifications/alipayplus", demo.addresses.backend);
        probe::post(&format!("{aggregator}/webhook"), &json!({"url": endpoint}))?;

        let mut shop = Service::command(&programs.join("demo-shop"));
        shop.args(["--listen", &ports::on_loopback(ports.shop)])
            .args(["--backend", &demo.addresses.backend, "--bank", &demo.addresses.bank])
            .arg("--page-dir")
            .arg(workspace.shop())
            .arg("--shop-key-file")
            .arg(demo.folder.path().join(configuration::SHOP_KEY_FILE))
            .arg("--webhook-secret-file")
            .arg(demo.folder.path().join(configuration::WEBHOOK_SECRET_FILE));
        let front = format!("{}/", demo.addresses.shop);
        if !demo.add("shop", shop, &front, signals)? {
            return Ok(None);
        }
        if let (Some(site), Some(port)) = (site, ports.wordpress)
            && !demo.add_wordpress(site, port, signals)?
        {
            return Ok(None);
        }
        Ok(Some(demo))
    }

    fn add_wordpress(&mut self, site: &woo::Site, port: u16, signals: &mut Signals) -> anyhow::Result<bool> {
        let address = self.addresses.wordpress.clone().context("WordPress has an address")?;
        let site = site.copy_to(&self.folder.path().join("wordpress"))?;
        let secret = std::fs::read_to_string(self.folder.path().join(configuration::WEBHOOK_SECRET_FILE))?;
        site.connect(&woo::Connection {
            shop: &address,
            backend: &self.addresses.backend,
            shop_key: &self.shop_key,
            webhook_secret: &secret,
        })?;
        self.add(
            "wordpress",
            woo::server_command(&site, port),
            &format!("{address}/product/coffee/"),
            signals,
        )
    }

    fn add(
        &mut self,
        name: &'static str,
        command: std::process::Command,
        ready: &str,
        signals: &mut Signals,
    ) -> anyhow::Result<bool> {
        eprintln!("demo: starting the {name}");
        let mut service = Service::start(name, command, &self.folder.path().join(format!("{name}.log")))?;
        let is_ready = service.wait_for(ready, || signals.pending().next().is_some())?;
        self.services.insert(0, service);
        Ok(is_ready)
    }

    fn database(&self) -> PathBuf {
        self.folder.path().join(configuration::DATABASE)
    }

    fn purchase(&self) -> buy::Purchase<'_> {
        buy::Purchase {
            shop: &self.addresses.shop,
            backend: &self.addresses.backend,
            bank: &self.addresses.bank,
            shop_key: &self.shop_key,
        }
    }

    /// The answer of `demo --json`.
    fn description(&self) -> anyhow::Result<Value> {
        let backend = &self.addresses.backend;
        let page = |path: &str| -> anyhow::Result<Value> {
            let url = format!("{backend}{path}");
            Ok(if probe::answers(&url)? { json!(url) } else { Value::Null })
        };
        Ok(json!({
            "shop": format!("{}/", self.addresses.shop),
            "backend": backend,
            "console": page("/console")?,
            "bank": self.addresses.bank,
            "docs": page("/docs")?,
            "woo": self.addresses.wordpress.as_ref().map(|address| format!("{address}/product/coffee/")),
            "shopKey": self.shop_key,
            "database": self.database(),
            "admin": {"login": self.admin.login, "password": self.admin.password},
        }))
    }

    fn introduce(&self) {
        let Self { addresses, folder, .. } = self;
        println!("The demo shop is open:   {}/", addresses.shop);
        if let Some(wordpress) = &addresses.wordpress {
            println!("WordPress with plugin:   {wordpress}/product/coffee/");
            println!("                         {wordpress}/wp-admin/ (admin, admin-password)");
        }
        println!("merchant console:        {}/console", addresses.backend);
        println!("                         sign in as {} with {}", self.admin.login, self.admin.password);
        println!("documentation:           {}/docs/", addresses.backend);
        println!("merchant backend:        {}", addresses.backend);
        println!("sandbox bank:            {}", addresses.bank);
        println!("database and logs:       {}", folder.path().display());
        println!();
        println!("Cards (12/30, CVV 123):  4111111111111111 pays, 4000000000000002 is declined,");
        println!("                         4000000000003220 asks for the code 1234");
        println!("Alipay+ is offered in euro: {}/?currency=EUR", addresses.shop);
        println!();
        println!("Ctrl-C ends everything.");
    }

    /// Until a signal, or until one of the programs ends by itself.
    fn stay(&mut self, signals: &mut Signals) -> anyhow::Result<ExitCode> {
        loop {
            if signals.pending().next().is_some() {
                eprintln!("demo: ending");
                return Ok(ExitCode::SUCCESS);
            }
            for service in &mut self.services {
                if let Some(ending) = service.ended()? {
                    bail!("{ending}");
                }
            }
            std::thread::sleep(LOOK);
        }
    }
}

/// A new secret: 32 bytes from the system, in hexadecimal.
fn new_secret() -> anyhow::Result<String> {
    use std::io::Read as _;
    let mut bytes = [0_u8; 32];
    std::fs::File::open("/dev/urandom")
        .and_then(|mut source| source.read_exact(&mut bytes))
        .context("reading /dev/urandom")?;
    Ok(hex(&bytes))
}

/// Writes a file only its owner may read.
fn write_private(path: &Path, text: &str) -> anyhow::Result<()> {
    std::fs::write(path, text).with_context(|| format!("writing {}", path.display()))?;
    std::fs::set_permissions(path, std::fs::Permissions::from_mode(0o600))?;
    Ok(())
}
