//! The figures of all loads as cases beside each peer, and what is required of them.

use super::conditions::Condition;
use super::contestants::{ADYEN, CONTESTANTS, Contestant, OURS, PLAIN};
use super::measure::Sample;
use crate::report::{Case, median, rounded};

/// A figure of a sample: its name, its unit, how to get it.
type Metric = (&'static str, &'static str, fn(&Sample) -> f64);

const METRICS: [Metric; 8] = [
    (USABLE, "ms", |sample| sample.usable),
    (INTERACTIVE, "ms", |sample| sample.interactive),
    ("long tasks", "ms", |sample| sample.long_tasks),
    ("bytes on the wire", "bytes", |sample| sample.bytes),
    ("requests", "requests", |sample| sample.requests),
    (FOREIGN, "requests", |sample| sample.foreign),
    ("memory", "bytes", |sample| sample.memory),
    ("layout shift", "score", |sample| sample.shift),
];
const USABLE: &str = "first usable control";
const INTERACTIVE: &str = "interactive widget";
const FOREIGN: &str = "requests to other origins";

/// Everything that was measured.
pub type Samples = Vec<(Contestant, Condition, Vec<Sample>)>;

/// Each figure of ours beside each peer's.
pub fn cases(samples: &Samples) -> Vec<Case> {
    let mut cases = Vec::new();
    for (_, condition, ours) in samples.iter().filter(|(who, _, _)| *who == OURS) {
        for peer in CONTESTANTS.iter().filter(|who| **who != OURS) {
            let theirs = samples.iter().find(|(who, when, _)| who == peer && when == condition);
            let Some((_, _, theirs)) = theirs else { continue };
            cases.extend(METRICS.iter().map(|metric| case(*peer, *condition, *metric, ours, theirs)));
        }
    }
    cases
}

fn case(peer: Contestant, condition: Condition, metric: Metric, ours: &[Sample], theirs: &[Sample]) -> Case {
    let (name, unit, figure) = metric;
    let of = |samples: &[Sample]| median(&samples.iter().map(figure).collect::<Vec<_>>());
    let (ours, theirs) = (of(ours), of(theirs));
    Case {
        name: peer.name.to_owned(),
        cpu: condition.cpu_name(),
        network: condition.network_name(),
        metric: name.to_owned(),
        unit,
        ours: rounded(ours),
        peer: rounded(theirs),
        ratio: (theirs > 0.0).then(|| rounded(ours / theirs)),
    }
}

/// What must hold, and whether it does: `(what, holds)`.
pub fn verdicts(cases: &[Case]) -> Vec<(String, bool)> {
    let ratio = |case: &Case| case.ratio.unwrap_or(f64::INFINITY);
    let of = |peer: Contestant, metric: &str| {
        cases
            .iter()
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
