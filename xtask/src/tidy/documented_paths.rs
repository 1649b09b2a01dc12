//! Paths named in the documents exist: a map with a wrong street is worse than none.

use super::sources::Sources;
use super::{Finding, Rule};

const DOCUMENTS: [&str; 3] = ["ARCHITECTURE.md", "README.md", "CONTRIBUTING.md"];
const ENDINGS: [&str; 11] = ["rs", "md", "toml", "js", "mjs", "css", "html", "ts", "php", "sql", "svg"];
/// Made by the build.
const MADE: [&str; 3] = ["dist/", "target/", "node_modules/"];

pub(super) const RULE: Rule = Rule {
    name: "documented paths",
    reason: "paths in backticks are read from the repository's root and must exist",
    find,
};

fn find(sources: &Sources) -> Vec<Finding> {
    let mut findings = Vec::new();
    for file in sources.files().filter(|file| DOCUMENTS.contains(&file.path.as_str())) {
        let mut in_block = false;
        for (number, line) in file.lines() {
            if line.trim_start().starts_with("```") {
                in_block = !in_block;
            }
            if in_block {
                continue;
            }
            // Odd pieces are between backticks.
            for quoted in line.split('`').skip(1).step_by(2) {
                if let Some(path) = as_path(quoted, sources)
                    && !sources.has_path(path)
                {
                    findings.push(Finding::new(&file.path, number, format!("there is no `{path}`")));
                }
            }
        }
    }
    findings
}

/// The path meant by a quoted piece, if it means one.
fn as_path<'a>(quoted: &'a str, sources: &Sources) -> Option<&'a str> {
    let path = quoted.split("::").next().unwrap_or(quoted);
    let plain = path.chars().all(|letter| letter.is_ascii_alphanumeric() || "._-/".contains(letter));
    if !plain || path.starts_with(['/', '-']) || MADE.iter().any(|made| path.starts_with(made)) {
        return None;
    }
    let ending = path.rsplit_once('.').map(|(_, ending)| ending);
    let named = ending.is_some_and(|ending| ENDINGS.contains(&ending));
    match path.split_once('/') {
        // A lone file name may be any of many; only the root's own kinds are unmistakable.
        None => (named && matches!(ending, Some("md" | "toml"))).then_some(path),
        // So may a lone folder.
        Some((_, "")) => None,
        Some((first, _)) => (named || path.ends_with('/') || sources.has_path(first)).then_some(path),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn in_readme(text: &str) -> Vec<Finding> {
        find(&Sources::of(&[("README.md", text), ("src/view.rs", ""), ("src", ""), ("Trunk.toml", "")]))
    }

    #[test]
    fn a_path_that_is_gone_is_caught() {
        assert_eq!(in_readme("See `src/view.rs` and `Trunk.toml`."), []);
        assert_eq!(in_readme("See `src/views.rs`.").len(), 1);
        assert_eq!(in_readme("See `src/old/`, `src/old` and `Trnk.toml`.").len(), 3);
    }

    #[test]
    fn routes_types_and_made_files_are_no_paths() {
        assert_eq!(
            in_readme("`POST /pay`, `/v1/orders`, `application/json`, `dist/manifest.json`, `a::b`"),
            []
        );
        assert_eq!(in_readme("```\n`src/views.rs`\n```"), []);
    }
}
