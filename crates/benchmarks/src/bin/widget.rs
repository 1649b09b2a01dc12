//! `bench-widget`: loads every page under every condition, in turns, and prints medians and ratios.
#![allow(clippy::float_arithmetic, reason = "timings are floats; no money is counted here")]

use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::Context;
use benchmarks::report::Report;
use benchmarks::widget::{
    CONDITIONS, CONTESTANTS, Compared, Files, Samples, Site, cases, draw, take, verdicts,
};
use browser::{Driver, Engine, Profile};
use clap::Parser;

#[derive(Debug, Parser)]
struct Arguments {
    /// What a merchant loads
    #[arg(long)]
    widget: PathBuf,
    /// The built peers
    #[arg(long)]
    peers: PathBuf,
    /// How often each page is loaded under each condition
    #[arg(long, default_value_t = 15)]
    runs: usize,
    /// Where the figures go as JSON
    #[arg(long)]
    json: Option<PathBuf>,
    /// Where the picture goes
    #[arg(long)]
    picture: Option<PathBuf>,
}

#[tokio::main]
async fn main() -> anyhow::Result<ExitCode> {
    let arguments = Arguments::parse();
    let site =
        Site::serve(&Files { widget: arguments.widget.clone(), peers: arguments.peers.clone() }).await?;
    let samples = measure(&site, arguments.runs).await?;
    let cases = cases(&samples);
    for Compared { case, spread } in &cases {
        let ratio = match (case.ratio, spread.ratio) {
            (Some(ratio), Some([low, high])) => format!("{ratio:.2} ({low:.2} to {high:.2})"),
            (Some(ratio), None) => format!("{ratio:.2}"),
            (None, _) => "-".to_owned(),
        };
        eprintln!(
            "{:<22} CPU {:<3} {:<24} {:<26} {:>12} {:>12} {:<8} {ratio}",
            case.name, case.cpu, case.network, case.metric, case.ours, case.peer, case.unit,
        );
    }
    if let Some(path) = &arguments.picture {
        std::fs::write(path, draw(&cases)).with_context(|| format!("writing {}", path.display()))?;
    }
    let verdicts = verdicts(&cases);
    for (words, holds) in &verdicts {
        eprintln!("{} {words}", if *holds { "ok  " } else { "FAIL" });
    }
    let report = serde_json::to_string(&Report { runs: arguments.runs, cases })?;
    match &arguments.json {
        Some(path) => std::fs::write(path, report).with_context(|| format!("writing {}", path.display()))?,
        None => println!("{report}"),
    }
    Ok(if verdicts.iter().all(|(_, holds)| *holds) { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// A first turn warms the browser up and is not counted. Everything is measured in every turn, and each turn begins with
/// another page: what the machine does beside us hits all of them alike.
async fn measure(site: &Site, runs: usize) -> anyhow::Result<Samples> {
    let chromium = Driver::start(Engine::Chromium)?;
    let page = chromium.open(&Profile::default()).await?;
    let mut samples: Samples =
        CONDITIONS.iter().flat_map(|when| CONTESTANTS.iter().map(|who| (*who, *when, Vec::new()))).collect();
    for run in 0..=runs {
        eprintln!("bench widget: turn {run} of {runs}{}", if run == 0 { " (warming up)" } else { "" });
        for of_one_condition in samples.chunks_mut(CONTESTANTS.len()) {
            let first = run % of_one_condition.len();
            let (later, earlier) = of_one_condition.split_at_mut(first);
            for (who, when, taken) in earlier.iter_mut().chain(later) {
                let sample = take(&page, site, *who, *when).await?;
                if run > 0 {
                    taken.push(sample);
                }
            }
        }
    }
    page.close().await?;
    Ok(samples)
}
