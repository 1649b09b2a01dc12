//! The figures of all loads as cases beside each peer, and what is required of them.

use serde::Serialize;

use super::conditions::Condition;
use super::contestants::{ADYEN, CONTESTANTS, Contestant, OURS, PLAIN};
use super::measure::Sample;
use crate::report::{Case, median, middle_half, rounded};

/// A figure of a sample: its name, its unit, how to get it.
type Metric = (&'static str, &'static str, fn(&Sample) -> f64);

const METRICS: [Metric; 8] = [
    (USABLE, "ms", |sample| sample.usable),
    (INTERACTIVE, "ms", |sample| sample.interactive),
    ("long tasks", "ms", |sample| sample.long_tasks),
    (BYTES, "bytes", |sample| sample.bytes),
    ("requests", "requests", |sample| sample.requests),
    (FOREIGN, "requests", |sample| sample.foreign),
    ("memory", "bytes", |sample| sample.memory),
    ("layout shift", "score", |sample| sample.shift),
];
const USABLE: &str = "first usable control";
pub(super) const INTERACTIVE: &str = "interactive widget";
pub(super) const BYTES: &str = "bytes on the wire";
const FOREIGN: &str = "requests to other origins";

/// Everything that was measured; the samples of a turn have the same place in every list.
pub type Samples = Vec<(Contestant, Condition, Vec<Sample>)>;

/// One figure of ours beside a peer's, and how far both can be trusted.
#[derive(Debug, Clone, Serialize)]
pub struct Compared {
    /// The medians.
    #[serde(flatten)]
    pub case: Case,
    /// Where the middle half of the loads lies.
    pub spread: Spread,
}

/// The lower and the upper quartile.
#[derive(Debug, Clone, Copy, Serialize)]
pub struct Spread {
    /// Of ours.
    pub ours: [f64; 2],
    /// Of the peer's.
    pub peer: [f64; 2],
    /// Of ours by the peer's in the same turn; `null` where the peer's is nothing.
    pub ratio: Option<[f64; 2]>,
}

/// Each figure of ours beside each peer's.
pub fn cases(samples: &Samples) -> Vec<Compared> {
    let mut cases = Vec::new();
    for (_, condition, ours) in samples.iter().filter(|(who, _, _)| *who == OURS) {
        for peer in CONTESTANTS.iter().filter(|who| **who != OURS) {
            let theirs = samples.iter().find(|(who, when, _)| who == peer && when == condition);
            let Some((_, _, theirs)) = theirs else { continue };
            cases.extend(METRICS.iter().map(|metric| compared(*peer, *condition, *metric, ours, theirs)));
        }
    }
    cases
}

fn compared(
    peer: Contestant,
    condition: Condition,
    metric: Metric,
    ours: &[Sample],
    theirs: &[Sample],
) -> Compared {
    let (name, unit, figure) = metric;
    let ours: Vec<f64> = ours.iter().map(figure).collect();
    let theirs: Vec<f64> = theirs.iter().map(figure).collect();
    let has_ratio = theirs.iter().all(|figure| *figure > 0.0);
    let ratios: Vec<f64> = ours.iter().zip(&theirs).map(|(ours, theirs)| ours / theirs).collect();
    let half = |figures: &[f64]| middle_half(figures).map(rounded);
    let spread = Spread { ours: half(&ours), peer: half(&theirs), ratio: has_ratio.then(|| half(&ratios)) };
    let (ours, theirs) = (median(&ours), median(&theirs));
    let case = Case {
        name: peer.name.to_owned(),
        cpu: condition.cpu_name(),
        network: condition.network_name(),
        metric: name.to_owned(),
        unit,
        ours: rounded(ours),
        peer: rounded(theirs),
        ratio: (theirs > 0.0).then(|| rounded(ours / theirs)),
    };
    Compared { case, spread }
}

/// What must hold, and whether it does: `(what, holds)`.
pub fn verdicts(cases: &[Compared]) -> Vec<(String, bool)> {
    let ratio = |case: &Case| case.ratio.unwrap_or(f64::INFINITY);
    let of = |peer: Contestant, metric: &str| {
        cases
            .iter()
            .map(|compared| &compared.case)
            .filter(move |case| case.name == peer.name && case.metric == metric)
            .cloned()
            .collect::<Vec<_>>()
    };
    let mut verdicts = Vec::new();
    for case in of(PLAIN, USABLE) {
        let words = format!(
            "first usable control no later than the no-framework page's (CPU {}, {}): {:.0} ms against {:.0} ms",
            case.cpu, case.network, case.ours, case.peer
        );
        verdicts.push((words, case.ours <= case.peer));
    }
    for case in of(ADYEN, INTERACTIVE) {
        let slow_network = case.network != "loopback";
        let (required, goal) = if slow_network { (0.8, 0.7) } else { (0.85, 0.6) };
        if case.cpu == "x1" && !slow_network {
            continue;
        }
        let words = format!(
            "interactive at most {required} (goal {goal}) of Adyen's time (CPU {}, {}): {:.2}",
            case.cpu,
            case.network,
            ratio(&case)
        );
        verdicts.push((words, ratio(&case) <= required));
    }
    for case in of(ADYEN, FOREIGN) {
        let words = format!(
            "no request to another origin (CPU {}, {}): {:.0} against Adyen's {:.0}",
            case.cpu, case.network, case.ours, case.peer
        );
        verdicts.push((words, case.ours == 0.0));
    }
    verdicts
}
