//! The bounded models, explored to their end.

use std::collections::BTreeSet;
use std::io::Write as _;
use std::time::Instant;

use protocol_model::{Bounds, PageExpiry, Protocol};
use stateright::{Checker, Expectation, HasDiscoveries, Model};

#[test]
fn every_order_of_events_keeps_the_promises() {
    let mut seen = BTreeSet::new();
    for bounds in Bounds::TEST {
        let begun = Instant::now();
        let checker = Protocol::new(bounds).checker().threads(2).spawn_bfs().join();
        told(&format!(
            "model: {} states explored by {} steps in {} ms, at most {} steps deep: {bounds:?}",
            checker.unique_state_count(),
            checker.state_count(),
            begun.elapsed().as_millis(),
            checker.max_depth(),
        ));
        for property in checker.model().properties() {
            match property.expectation {
                Expectation::Always | Expectation::Eventually => checker.assert_no_discovery(property.name),
                Expectation::Sometimes => {
                    seen.extend(checker.discovery(property.name).map(|_| property.name));
                }
            }
        }
    }
    let properties = Protocol::new(Bounds::SOAK).properties();
    let examples = properties.iter().filter(|it| it.expectation == Expectation::Sometimes);
    let missing: Vec<_> = examples.map(|it| it.name).filter(|name| !seen.contains(name)).collect();
    assert!(missing.is_empty(), "a model in which this never happens proves little: {missing:?}");
}

#[test]
fn a_page_let_go_before_the_bank_closes_it_could_be_paid_beside_the_next_one() {
    let checker = Protocol::with_page_expiry(Bounds::TEST[0], PageExpiry::Earlier)
        .checker()
        .threads(2)
        .finish_when(HasDiscoveries::AnyFailures)
        .spawn_bfs()
        .join();
    let path = checker.assert_any_discovery("at most one page in a browser takes money");
    println!("{:?}", path.into_actions());
}

/// Past the capture of a passing test's output: how much was explored is what the run is for. `cargo xtask test` reads it.
fn told(line: &str) {
    let mut out = std::io::stdout().lock();
    writeln!(out, "{line}").expect("a place for the figures");
}
