//! Layers inside the widget: views draw what they are given, the browser adapter decides nothing.

use super::sources::{Sources, has_word};
use super::{Finding, Rule};

pub(super) const RULE: Rule = Rule {
    name: "layers",
    reason: "views take data and one dispatch; the adapter turns calls into events. The driver joins them",
    find,
};

struct Wall {
    inside: &'static str,
    forbidden: &'static [&'static str],
}

const WALLS: [Wall; 3] = [
    Wall { inside: "src/view", forbidden: &["crate::browser", "super::browser", "gloo_net", "gloo_timers"] },
    Wall { inside: "src/browser", forbidden: &["crate::view", "crate::text", "Phase"] },
    Wall {
        inside: "crates/checkout-core/src",
        forbidden: &[
            "std::time::Instant",
            "std::time::SystemTime",
            "SystemTime::now",
            "Instant::now",
            "async fn",
        ],
    },
];

fn find(sources: &Sources) -> Vec<Finding> {
    let mut findings = Vec::new();
    for file in sources.files().filter(|file| file.has_ending(&["rs"])) {
        let Some(wall) = WALLS.iter().find(|wall| is_inside(&file.path, wall.inside)) else { continue };
        for (number, line) in file.lines().filter(|(_, line)| !line.trim_start().starts_with("//")) {
            for word in wall.forbidden.iter().filter(|word| has_word(line, word)) {
                findings.push(Finding::new(
                    &file.path,
                    number,
                    format!("{} must not use {word}", wall.inside),
                ));
            }
        }
    }
    findings
}

/// The folder itself or the file of the same name beside it.
fn is_inside(path: &str, folder: &str) -> bool {
    path.strip_prefix(folder).is_some_and(|rest| rest == ".rs" || rest.starts_with('/'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_view_that_reaches_for_the_browser_is_caught() {
        for path in ["src/view.rs", "src/view/ready.rs"] {
            assert_eq!(find(&Sources::of(&[(path, "use crate::browser::clock;")])).len(), 1);
        }
        assert_eq!(find(&Sources::of(&[("src/driver.rs", "use crate::browser::clock;")])), []);
    }

    #[test]
    fn a_core_that_reads_the_clock_is_caught() {
        let text = "// Instant::now is not for us\nlet now = Instant::now();";
        let findings = find(&Sources::of(&[("crates/checkout-core/src/polling.rs", text)]));
        assert_eq!(findings[0].place, "crates/checkout-core/src/polling.rs:2");
    }
}
