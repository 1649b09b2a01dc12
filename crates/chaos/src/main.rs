//! `chaos`: many purchases and refunds at a real backend, a sandbox bank and a sandbox aggregator (Alipay+), under their
//! faults and SIGKILL at random; in the end every order's state and every kopeck and cent must equal their truth, told by
//! nobody but the backend's own asking.
//!
//! The seed fixes what every buyer, shop and fault does; when a kill falls is the machine's doing as well.

mod aggregator;
mod bank;
mod books;
mod buyer;
mod processes;
mod purchase;
mod receiver;
mod settings;
mod shop;
mod story;
mod verdict;

use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use clap::{Parser, ValueEnum};
use postgres_server::Server;
use rand::rngs::StdRng;
use rand::{Rng as _, SeedableRng as _};
use tokio::sync::Semaphore;
use tokio::task::JoinSet;

use aggregator::Aggregator;
use bank::Bank;
use processes::{Backend, SandboxBank};
use purchase::Purchase;
use receiver::Receiver;
use shop::Shop;
use story::Story;

/// Buyers at the same time.
const AT_ONCE: usize = 12;
/// How long the backend may take to find out everything once the faults are over: a page nobody paid lives a minute.
const PATIENCE: Duration = Duration::from_mins(4);

#[derive(Debug, Parser)]
struct Arguments {
    #[arg(long, default_value_t = 1)]
    seed: u64,
    #[arg(long, default_value_t = 500)]
    purchases: usize,
    #[arg(long, default_value_t = 50)]
    kills: usize,
    /// The merchant backend's program
    #[arg(long)]
    backend: PathBuf,
    /// The sandbox bank's program
    #[arg(long)]
    bank: PathBuf,
    /// Where the ledger is
    #[arg(long, value_enum, default_value_t = Store::Sqlite)]
    store: Store,
    /// Keeps the folder with the ledger and the logs
    #[arg(long)]
    keep: bool,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum Store {
    Sqlite,
    /// A server of this run's own; it is not killed, the backend is.
    Postgres,
}

#[tokio::main]
async fn main() -> anyhow::Result<ExitCode> {
    let arguments = Arguments::parse();
    let mut folder = tempfile::Builder::new().prefix("alliancepay-chaos-").tempdir()?;
    folder.disable_cleanup(arguments.keep);
    eprintln!(
        "chaos: seed {}, {} purchases, {} kills, {:?}; in {}",
        arguments.seed,
        arguments.purchases,
        arguments.kills,
        arguments.store,
        folder.path().display()
    );
    let postgres = match arguments.store {
        Store::Sqlite => None,
        Store::Postgres => Some(Server::start()?),
    };
    let database = match &postgres {
        None => "ledger.sqlite".to_owned(),
        Some(server) => {
            server.create_database("chaos")?;
            server.url("chaos")
        }
    };
    let bank_process = SandboxBank::start(&arguments.bank, folder.path()).await?;
    let bank = Bank::new(bank_process.url());
    let receiver = Receiver::start().await?;
    let settings = settings::write(folder.path(), &bank, receiver.url(), &database).await?;
    let backend = Backend::start(&arguments.backend, &settings, folder.path()).await?;
    let shop = Shop::new(&settings);
    let aggregator = Aggregator::of(&bank);
    aggregator.tells(&settings.backend).await?;

    let purchases = Arc::new(run(&arguments, &shop, &aggregator, backend, &settings).await?);
    bank.clear_faults().await?;
    receiver.behave();
    eprintln!("chaos: the faults are over; waiting until the ledger knows everything");
    let verdict = verdict::reach(&purchases.0, &shop, &aggregator, &receiver, PATIENCE).await?;
    for finding in &verdict.findings {
        eprintln!("chaos: {finding}");
    }
    eprintln!("chaos: how they ended: {}", verdict.summary);
    println!("{}", verdict.json(arguments.seed, arguments.purchases, purchases.1));
    Ok(if verdict.is_clean() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// Runs all purchases, killing the backend in between; returns what was bought, the kills, and the last backend.
async fn run(
    arguments: &Arguments,
    shop: &Shop,
    aggregator: &Aggregator,
    backend: Backend,
    settings: &settings::Settings,
) -> anyhow::Result<(Vec<Purchase>, usize, Backend)> {
    let done = Arc::new(AtomicUsize::new(0));
    let total = arguments.purchases;
    let at_once = Arc::new(Semaphore::new(AT_ONCE));
    let mut buyers = JoinSet::new();
    for number in 0..total {
        let story = Story::tell(arguments.seed, number, total);
        let (shop, aggregator) = (shop.clone(), aggregator.clone());
        let (done, at_once) = (done.clone(), at_once.clone());
        buyers.spawn(async move {
            let _turn = at_once.acquire_owned().await;
            let purchase = purchase::live(story, &shop, &aggregator).await;
            done.fetch_add(1, Ordering::Relaxed);
            purchase
        });
    }
    let (backend, kills) = kill_in_between(arguments, backend, settings, &done).await?;
    let mut purchases = Vec::new();
    while let Some(purchase) = buyers.join_next().await {
        purchases.push(purchase??);
    }
    Ok((purchases, kills, backend))
}

/// Spreads the kills evenly over the purchases, each at a random moment between two of them.
async fn kill_in_between(
    arguments: &Arguments,
    mut backend: Backend,
    settings: &settings::Settings,
    done: &AtomicUsize,
) -> anyhow::Result<(Backend, usize)> {
    let mut random = StdRng::seed_from_u64(arguments.seed ^ 0xdead);
    for kill in 1..=arguments.kills {
        let due = kill * arguments.purchases / (arguments.kills + 1);
        while done.load(Ordering::Relaxed) < due {
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
        tokio::time::sleep(Duration::from_millis(random.random_range(0..400))).await;
        backend.kill().await?;
        tokio::time::sleep(Duration::from_millis(random.random_range(0..300))).await;
        backend = Backend::start(&arguments.backend, settings, settings.folder()).await?;
        eprintln!(
            "chaos: kill {kill}, {} of {} purchases done",
            done.load(Ordering::Relaxed),
            arguments.purchases
        );
    }
    Ok((backend, arguments.kills))
}
