//! Explores the model as far as the bounds on the command line: tabs, faults, crashes, presses, reloads, late
//! money, moments.
//!
//! `cargo run --release -p protocol-model --example soak -- 2 1 1 2 0 1 3`

use std::time::Duration;

use protocol_model::{Bounds, Protocol};
use stateright::report::WriteReporter;
use stateright::{Checker, Expectation, Model};

fn main() {
    let given: Vec<u8> = std::env::args().skip(1).filter_map(|word| word.parse().ok()).collect();
    let bounds = match given.as_slice() {
        &[tabs, faults, crashes, presses, reloads, late_money, moments] => {
            Bounds { tabs, faults, crashes, presses, reloads, late_money, moments }
        }
        _ => Bounds::SOAK,
    };
    println!("{bounds:?}");
    let threads = std::thread::available_parallelism().map_or(1, std::num::NonZero::get);
    let checker = Protocol::new(bounds)
        .checker()
        .threads(threads)
        .timeout(Duration::from_hours(1))
        .spawn_bfs()
        .join_and_report(&mut WriteReporter::new(&mut std::io::stdout()));
    // What must happen sometimes is not within all bounds.
    for property in checker.model().properties() {
        if property.expectation != Expectation::Sometimes {
            checker.assert_no_discovery(property.name);
        }
    }
    let extent = if checker.is_done() { "all there are" } else { "stopped by the clock" };
    println!("{} states explored ({extent}), every promise kept", checker.unique_state_count());
}
