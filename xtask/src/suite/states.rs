//! How much the model of the session protocol explored, from what its test wrote into the step's log.

use std::path::Path;

/// One line on the sum of all models, or that there is none: a model nobody ran proves nothing.
pub(super) fn tell(log: &Path) {
    let text = std::fs::read(log).map(|bytes| String::from_utf8_lossy(&bytes).into_owned());
    eprintln!("{}", words(&text.unwrap_or_default()));
}

fn words(log: &str) -> String {
    let models: Vec<(u64, u64)> = log.lines().filter_map(read).collect();
    if models.is_empty() {
        return "test: no model of the protocol was explored".to_owned();
    }
    let (states, steps) = models.iter().fold((0, 0), |(states, steps), one| (states + one.0, steps + one.1));
    format!("test: {} models of the protocol: {states} states explored by {steps} steps", models.len())
}

/// States and steps of a line of `crates/protocol-model/tests/protocol.rs`; a test's name may stand before it.
fn read(line: &str) -> Option<(u64, u64)> {
    let (_, figures) = line.split_once("model: ")?;
    let (states, rest) = figures.split_once(" states explored by ")?;
    let (steps, _) = rest.split_once(" steps")?;
    Some((states.parse().ok()?, steps.parse().ok()?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_figures_of_all_models_are_summed() {
        let log = "running 2 tests\n\
            model: 1200 states explored by 3400 steps in 5 ms, at most 9 steps deep: Bounds { tabs: 1 }\n\
            test every_order ... model: 1 states explored by 2 steps in 5 ms, at most 9 steps deep: Bounds\n";
        assert_eq!(words(log), "test: 2 models of the protocol: 1201 states explored by 3402 steps");
        assert_eq!(words("test result: ok."), "test: no model of the protocol was explored");
    }
}
