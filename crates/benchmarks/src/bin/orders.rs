//! `bench-orders`: every filter of the list of orders on a ledger of a million, the changes and a day in numbers, over HTTP.
#![allow(
    clippy::float_arithmetic,
    clippy::cast_precision_loss,
    reason = "times and ratios are floats; no money is counted here"
)]

use std::path::PathBuf;
use std::process::ExitCode;
use std::time::{Duration, Instant};

use anyhow::Context;
use benchmarks::orders::{Desk, Dice, LIMIT, Took, ask, questions, seed};
use benchmarks::report::{Case, Report, rounded};
use clap::Parser;
use merchant_backend::store::sqlite::SqliteStore;

/// Below it, some questions are about what hardly anybody has.
const MILLION: i64 = 1_000_000;

#[derive(Debug, Parser)]
struct Arguments {
    /// Orders in the ledger
    #[arg(long, default_value_t = MILLION)]
    orders: i64,
    /// How often each question is asked
    #[arg(long, default_value_t = 40)]
    runs: usize,
    /// Where the figures go as JSON
    #[arg(long)]
    json: Option<PathBuf>,
}

/// 0 only if every question stays under the limit and finds what is there.
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
    let desk = Desk::set(folder.path()).await?;

    let (mut cases, mut slow, mut empty) = (Vec::new(), Vec::new(), Vec::new());
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
        let took = ask(&desk, &question, arguments.runs, &mut dice).await?;
        note(question.name, &took);
        // A question that finds nothing says nothing about how fast it finds.
        if question.finds && took.rows == 0 && arguments.orders >= MILLION {
            empty.push(question.name);
        }
    }

    if !slow.is_empty() {
        eprintln!("FAIL not under {} ms: {}", LIMIT.as_millis(), slow.join("; "));
    }
    if !empty.is_empty() {
        eprintln!("FAIL nothing was found: {}", empty.join("; "));
    }
    let report = serde_json::to_string(&Report { runs: arguments.runs, cases })?;
    match &arguments.json {
        Some(path) => std::fs::write(path, report).with_context(|| format!("writing {}", path.display()))?,
        None => println!("{report}"),
    }
    Ok(if slow.is_empty() && empty.is_empty() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}
