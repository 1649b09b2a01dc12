//! `bench-backend`: sessions opened, status reads and wake-ups while ten thousand pages wait.
#![allow(
    clippy::float_arithmetic,
    clippy::cast_precision_loss,
    reason = "rates and ratios are floats; no money is counted here"
)]

use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::{Context, ensure};
use benchmarks::backend::{
    Pair, Programs, Stage, Waiters, notification_to_widget, opened_per_second, raise_file_limit,
    reads_per_second,
};
use benchmarks::report::{Case, Report, rounded};
use clap::Parser;

/// Required of status reads: this much of the empty handler's.
const LEAST_READS: f64 = 0.15;
const GOAL_READS: f64 = 0.5;
const GOAL_WAKING_MS: f64 = 250.0;
const GOAL_MEMORY_MB: f64 = 200.0;
const MEGABYTE: f64 = 1_000_000.0;

#[derive(Debug, Parser)]
struct Arguments {
    #[arg(long)]
    backend: PathBuf,
    #[arg(long)]
    bank: PathBuf,
    #[arg(long)]
    empty: PathBuf,
    /// Pages that wait
    #[arg(long, default_value_t = 10_000)]
    waiters: usize,
    /// Sessions they wait for
    #[arg(long, default_value_t = 1_000)]
    sessions: usize,
    /// Rounds of status reads
    #[arg(long, default_value_t = 7)]
    rounds: usize,
    /// Payments whose notification is timed
    #[arg(long, default_value_t = 300)]
    payments: usize,
    /// Where the figures go as JSON
    #[arg(long)]
    json: Option<PathBuf>,
}

#[tokio::main]
async fn main() -> anyhow::Result<ExitCode> {
    let arguments = Arguments::parse();
    let files = raise_file_limit()?;
    ensure!(
        files > arguments.waiters as u64 + 1000,
        "{} waiters need as many open files; the hard limit is {files}: raise it (ulimit -Hn) or pass --waiters",
        arguments.waiters
    );
    let programs = Programs {
        backend: arguments.backend.clone(),
        bank: arguments.bank.clone(),
        empty: arguments.empty.clone(),
    };
    let stage = Stage::set(&programs).await?;
    let mut cases = Vec::new();
    let mut note = |metric: &str, unit: &'static str, pair: Pair| {
        let ratio = (pair.peer > 0.0).then(|| rounded(pair.ours / pair.peer));
        eprintln!(
            "{metric:<52} {:>12.1} {:>12.1} {unit:<8} {}",
            pair.ours,
            pair.peer,
            ratio.unwrap_or_default()
        );
        cases.push(Case {
            name: "empty axum handler".to_owned(),
            cpu: "x1".to_owned(),
            network: "loopback".to_owned(),
            metric: metric.to_owned(),
            unit,
            ours: rounded(pair.ours),
            peer: rounded(pair.peer),
            ratio,
        });
    };

    eprintln!("bench backend: opening {} sessions", arguments.sessions);
    let (opened, sessions) = opened_per_second(&stage, arguments.sessions).await?;
    note("sessions opened", "per s", opened);
    note(
        "status reads, nobody waiting",
        "per s",
        reads_per_second(&stage, &sessions, arguments.rounds).await?,
    );

    eprintln!("bench backend: {} pages come to wait", arguments.waiters);
    let before = stage.memory()?;
    let waiters = Waiters::come(&stage, &sessions, arguments.waiters).await?;
    let with = stage.memory()?;
    let per_waiter = with.saturating_sub(before) as f64 / arguments.waiters as f64;
    note("memory per waiter", "bytes", Pair { ours: per_waiter, peer: 0.0 });
    note("memory while they wait", "MB", Pair { ours: with as f64 / MEGABYTE, peer: 0.0 });
    let reads = reads_per_second(&stage, &sessions, arguments.rounds).await?;
    note("status reads while they wait", "per s", reads);
    let (p50, p99) = notification_to_widget(&stage, arguments.payments).await?;
    note("notification to widget, p50, while they wait", "ms", p50);
    note("notification to widget, p99, while they wait", "ms", p99);
    let most = stage.memory()?;
    note("memory at the end", "MB", Pair { ours: most as f64 / MEGABYTE, peer: 0.0 });
    ensure!(waiters.failed() == 0, "{} of the waiting pages got an error", waiters.failed());

    let share = reads.ours / reads.peer;
    let verdict = |holds: bool, words: String| eprintln!("{} {words}", if holds { "ok  " } else { "FAIL" });
    let goal = |holds: bool, words: String| eprintln!("{} {words}", if holds { "goal" } else { "miss" });
    verdict(
        share >= LEAST_READS,
        format!("status reads at least {LEAST_READS} of the empty handler's: {share:.3}"),
    );
    goal(share >= GOAL_READS, format!("goal: {GOAL_READS} of the empty handler's"));
    goal(p99.ours <= GOAL_WAKING_MS, format!("goal: p99 under {GOAL_WAKING_MS} ms: {:.0} ms", p99.ours));
    goal(
        most as f64 / MEGABYTE <= GOAL_MEMORY_MB,
        format!("goal: under {GOAL_MEMORY_MB} MB: {:.0} MB", most as f64 / MEGABYTE),
    );
    let report = serde_json::to_string(&Report { runs: arguments.rounds, cases })?;
    match &arguments.json {
        Some(path) => std::fs::write(path, report).with_context(|| format!("writing {}", path.display()))?,
        None => println!("{report}"),
    }
    Ok(if share >= LEAST_READS { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}
