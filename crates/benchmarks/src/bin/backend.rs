//! `bench-backend`: sessions opened, status reads and wake-ups while ten thousand pages wait.
#![allow(
    clippy::float_arithmetic,
    clippy::cast_precision_loss,
    reason = "rates and ratios are floats; no money is counted here"
)]

use std::path::PathBuf;
use std::process::ExitCode;
use std::time::Duration;

use anyhow::{Context, ensure};
use benchmarks::backend::{
    Pair, Programs, Stage, Waiters, notification_to_widget, opened_per_second, reads_per_second,
};
use benchmarks::report::{Case, Report, rounded};
use clap::Parser;
use merchant_backend::open_files::raise_limit;

/// Required of status reads: this much of the empty handler's.
const LEAST_READS: f64 = 0.15;
const GOAL_READS: f64 = 0.5;
const GOAL_WAKING_MS: f64 = 250.0;
const GOAL_MEMORY_MB: f64 = 200.0;
/// More than a slow machine needs; something hangs then.
const LONGEST: Duration = Duration::from_mins(12);
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
    let files = raise_limit().unwrap_or(u64::MAX);
    ensure!(
        files > arguments.waiters as u64 + 1000,
        "{} waiters need as many open files; the hard limit is {files}: raise it (ulimit -Hn) or pass --waiters",
        arguments.waiters
    );
    let run = tokio::time::timeout(LONGEST, measure(&arguments)).await;
    let (cases, figures) = run.with_context(|| format!("the benchmark is not done after {LONGEST:?}"))??;
    let holds = figures.judge();
    let report = serde_json::to_string(&Report { runs: arguments.rounds, cases })?;
    match &arguments.json {
        Some(path) => std::fs::write(path, report).with_context(|| format!("writing {}", path.display()))?,
        None => println!("{report}"),
    }
    Ok(if holds { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// What is judged.
struct Figures {
    reads: Pair,
    p99: Pair,
    memory: u64,
}

async fn measure(arguments: &Arguments) -> anyhow::Result<(Vec<Case>, Figures)> {
    let programs = Programs {
        backend: arguments.backend.clone(),
        bank: arguments.bank.clone(),
        empty: arguments.empty.clone(),
    };
    let stage = Stage::set(&programs, arguments.waiters).await?;
    let mut cases = Vec::new();
    let mut note = |metric: &str, unit: &'static str, pair: Pair| cases.push(noted(metric, unit, pair));

    eprintln!("bench backend: opening {} sessions", arguments.sessions);
    let (opened, sessions) = opened_per_second(&stage, arguments.sessions).await?;
    note("sessions opened", "per s", opened);
    eprintln!("bench backend: {} rounds of status reads, nobody waiting", arguments.rounds);
    let unhurried = reads_per_second(&stage, &sessions, arguments.rounds).await?;
    note("status reads, nobody waiting", "per s", unhurried);

    eprintln!("bench backend: {} pages come to wait, at the empty handler first", arguments.waiters);
    let (before, empty_before) = stage.memory()?;
    // Not at both at once: the client's files would be twice as many.
    let at_empty = Waiters::come(&stage.empty, &sessions, arguments.waiters).await?;
    let (_, empty_with) = stage.memory()?;
    ensure!(at_empty.failed() == 0, "{} pages got an error from the empty handler", at_empty.failed());
    at_empty.go().await;
    eprintln!("bench backend: now at the backend");
    let waiters = Waiters::come(&stage.backend, &sessions, arguments.waiters).await?;
    let waiting = stage.waiting().await?;
    // Some are between two waits.
    ensure!(waiting * 100 >= arguments.waiters * 95, "the backend knows of {waiting} waiting pages only");
    let (with, _) = stage.memory()?;
    let each = |before: u64, with: u64| with.saturating_sub(before) as f64 / arguments.waiters as f64;
    let per_waiter = Pair { ours: each(before, with), peer: each(empty_before, empty_with) };
    note("memory per waiter", "bytes", per_waiter);
    let whole = |ours: u64| Pair { ours: ours as f64 / MEGABYTE, peer: empty_with as f64 / MEGABYTE };
    note("memory while they wait", "MB", whole(with));
    eprintln!("bench backend: {} rounds of status reads while they wait", arguments.rounds);
    let reads = reads_per_second(&stage, &sessions, arguments.rounds).await?;
    note("status reads while they wait", "per s", reads);
    eprintln!("bench backend: {} payments while they wait", arguments.payments);
    let (p50, p99) = notification_to_widget(&stage, arguments.payments).await?;
    note("notification to widget, p50, while they wait", "ms", p50);
    note("notification to widget, p99, while they wait", "ms", p99);
    let (memory, _) = stage.memory()?;
    note("memory at the end", "MB", whole(memory));
    ensure!(waiters.failed() == 0, "{} of the waiting pages got an error", waiters.failed());
    Ok((cases, Figures { reads, p99, memory }))
}

/// A figure, told on the way.
fn noted(metric: &str, unit: &'static str, pair: Pair) -> Case {
    let ratio = (pair.peer > 0.0).then(|| rounded(pair.ours / pair.peer));
    let told = ratio.map(|ratio| ratio.to_string()).unwrap_or_default();
    eprintln!("{metric:<52} {:>12.1} {:>12.1} {unit:<8} {told}", pair.ours, pair.peer);
    Case {
        name: "empty axum handler".to_owned(),
        cpu: "x1".to_owned(),
        network: "loopback".to_owned(),
        metric: metric.to_owned(),
        unit,
        ours: rounded(pair.ours),
        peer: rounded(pair.peer),
        ratio,
    }
}

impl Figures {
    /// Says what holds; whether what is required does.
    fn judge(&self) -> bool {
        let (share, megabytes) = (self.reads.ours / self.reads.peer, self.memory as f64 / MEGABYTE);
        let goal = |holds: bool, words: String| eprintln!("{} {words}", if holds { "goal" } else { "miss" });
        let holds = share >= LEAST_READS;
        let mark = if holds { "ok  " } else { "FAIL" };
        eprintln!("{mark} status reads at least {LEAST_READS} of the empty handler's: {share:.3}");
        goal(share >= GOAL_READS, format!("status reads {GOAL_READS} of the empty handler's"));
        let p99 = self.p99.ours;
        goal(
            p99 <= GOAL_WAKING_MS,
            format!("p99 from notification to widget under {GOAL_WAKING_MS} ms: {p99:.0} ms"),
        );
        goal(megabytes <= GOAL_MEMORY_MB, format!("memory under {GOAL_MEMORY_MB} MB: {megabytes:.0} MB"));
        holds
    }
}
