//! Which journeys took longest, from what they wrote down: where to look when the suite becomes slow.

use std::fmt::Write;
use std::path::{Path, PathBuf};

use crate::workspace::Workspace;

/// How many are shown.
const SHOWN: usize = 8;

/// One journey's line.
#[derive(Debug, PartialEq, Eq)]
struct Took {
    name: String,
    whole: u64,
    making: u64,
}

/// Forgets what an earlier run wrote.
pub(super) fn forget(workspace: &Workspace) {
    let _ = std::fs::remove_file(file(workspace));
}

/// Says the slowest of the run, and how much of all the time went into making worlds. Nothing if nothing was written.
pub(super) fn tell(workspace: &Workspace) {
    if let Some(words) = words(&file(workspace)) {
        eprintln!("{words}");
    }
}

fn file(workspace: &Workspace) -> PathBuf {
    workspace.target.join("tmp/journeys/took.tsv")
}

fn words(file: &Path) -> Option<String> {
    let text = std::fs::read_to_string(file).ok()?;
    let mut all: Vec<Took> = text.lines().filter_map(read).collect();
    if all.is_empty() {
        return None;
    }
    all.sort_by_key(|one| std::cmp::Reverse(one.whole));
    let (whole, making) =
        all.iter().fold((0, 0), |(whole, making), one| (whole + one.whole, making + one.making));
    let mut words = format!(
        "test: {} journeys, {} s one after another, {} % of it making their worlds; the slowest:",
        all.len(),
        whole / 1000,
        (making * 100).checked_div(whole).unwrap_or_default()
    );
    for one in all.iter().take(SHOWN) {
        let _ = write!(words, "\n  {:>4} s  {}", one.whole / 1000, one.name);
    }
    Some(words)
}

fn read(line: &str) -> Option<Took> {
    let mut parts = line.split('\t');
    let name = parts.next()?.to_owned();
    let whole = parts.next()?.parse().ok()?;
    let making = parts.next()?.parse().ok()?;
    Some(Took { name, whole, making })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_slowest_come_first_and_a_broken_line_is_left_out() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("took.tsv");
        assert_eq!(words(&file), None, "without a file");
        std::fs::write(&file, "quick::one\t2000\t1000\nslow::one\t8000\t1500\nhalf a li").unwrap();
        let words = words(&file).unwrap();
        assert!(words.starts_with("test: 2 journeys, 10 s one after another, 25 % of it"), "{words}");
        assert!(words.find("slow::one").unwrap() < words.find("quick::one").unwrap(), "{words}");
    }
}
