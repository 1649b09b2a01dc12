//! `bench-orders`: every filter of the list of orders on a ledger of a million, and a day in numbers.
#![allow(
    clippy::float_arithmetic,
    clippy::cast_precision_loss,
    reason = "times and ratios are floats; no money is counted here"
)]

use std::path::PathBuf;
use std::process::ExitCode;
use std::time::{Duration, Instant};

use anyhow::Context;
use benchmarks::orders::{Dice, LIMIT, Took, ask, questions, seed};
use benchmarks::report::{Case, Report, rounded};
use clap::Parser;
use merchant_backend::store::orders_list::{ChangeMark, OrdersListStore};
use merchant_backend::store::sqlite::SqliteStore;

#[derive(Debug, Parser)]
struct Arguments {
    /// Orders in the ledger
    #[arg(long, default_value_t = 1_000_000)]
    orders: i64,
    /// How often each question is asked
    #[arg(long, default_value_t = 40)]
    runs: usize,
    /// Where the figures go as JSON
    #[arg(long)]
    json: Option<PathBuf>,
}

/// 0 only if every question stays under the limit.
#[tokio::main]
async fn main() -> anyhow::Result<ExitCode> {
    let arguments = Arguments::parse();
    let folder = tempfile::tempdir()?;
    let file = folder.path().join("ledger.sqlite");
    drop(SqliteStore::open(&file)?);
    eprintln!("bench orders: writing {} orders", arguments.orders);
    let begun = Instant::now();
    seed(&file, arguments.orders)?;
    let size = file.metadata()?.len() / 1_000_000;
    eprintln!(
        "bench orders: {size} MB in {} s; each question {} times",
        begun.elapsed().as_secs(),
        arguments.runs
    );
    let store = SqliteStore::open(&file)?;

    let (mut cases, mut slow) = (Vec::new(), Vec::new());
    let mut note = |name: &str, took: &Took| {
        let ms = |time: Duration| rounded(time.as_secs_f64() * 1000.0);
        let (p50, p95, limit) = (ms(took.p50), ms(took.p95), ms(LIMIT));
        eprintln!("{name:<40} {:>4} rows   p50 {p50:>9.3} ms   p95 {p95:>9.3} ms", took.rows);
        if took.p95 >= LIMIT {
            slow.push(name.to_owned());
        }
        for (figure, ours) in [("p50", p50), ("p95", p95)] {
            cases.push(Case {
                name: "the limit".to_owned(),
                cpu: "x1".to_owned(),
                network: "none".to_owned(),
                metric: format!("{name}, {figure}"),
                unit: "ms",
                ours,
                peer: limit,
                ratio: Some(rounded(ours / limit)),
            });
        }
    };
    let mut dice = Dice::new(41);
    for question in questions(arguments.orders) {
        note(question.name, &ask(&store, &question, arguments.runs, &mut dice).await?);
    }
    note("the last 100 changes", &changes(&store, arguments.orders, arguments.runs).await?);
    note("a day in numbers", &day_in_numbers(&store, arguments.runs, &mut dice).await?);

    if !slow.is_empty() {
        eprintln!("FAIL not under {} ms: {}", LIMIT.as_millis(), slow.join("; "));
    }
    let report = serde_json::to_string(&Report { runs: arguments.runs, cases })?;
    match &arguments.json {
        Some(path) => std::fs::write(path, report).with_context(|| format!("writing {}", path.display()))?,
        None => println!("{report}"),
    }
    Ok(if slow.is_empty() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

async fn changes(store: &SqliteStore, orders: i64, runs: usize) -> anyhow::Result<Took> {
    let after = ChangeMark { change: orders - 100, order: i64::MAX };
    let (mut times, mut rows) = (Vec::new(), 0);
    for _ in 0..runs {
        let begun = Instant::now();
        rows = store.order_changes(Some(after), 200).await?.orders.len();
        times.push(begun.elapsed());
    }
    Ok(took(times, rows))
}

async fn day_in_numbers(store: &SqliteStore, runs: usize, dice: &mut Dice) -> anyhow::Result<Took> {
    let mut times = Vec::new();
    for _ in 0..runs {
        let from = jiff::Timestamp::from_second(1_670_000_000 + dice.pick(94_000_000))?;
        let to = jiff::Timestamp::from_second(from.as_second() + 86_400)?;
        let begun = Instant::now();
        store.day_numbers(from, to).await?;
        times.push(begun.elapsed());
    }
    Ok(took(times, 0))
}

fn took(mut times: Vec<Duration>, rows: usize) -> Took {
    times.sort_unstable();
    let at = |percent: usize| times[(times.len() * percent).div_ceil(100).saturating_sub(1)];
    Took { p50: at(50), p95: at(95), rows }
}
