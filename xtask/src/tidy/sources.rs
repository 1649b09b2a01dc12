//! The repository's own text files, read once for all rules.

use std::path::Path;

use anyhow::Context;

use crate::process::{answer, cargo};
use crate::workspace::Workspace;

/// Made by tools or by the build, never by us.
const NOT_OURS: [&str; 5] = [".git", "target", "dist", "node_modules", "vendor"];

/// One text file.
#[derive(Debug)]
pub(crate) struct Source {
    /// From the repository's root, with `/`.
    pub(crate) path: String,
    pub(crate) text: String,
}

impl Source {
    /// Line numbers from 1 and lines.
    pub(crate) fn lines(&self) -> impl Iterator<Item = (usize, &str)> {
        self.text.lines().enumerate().map(|(index, line)| (index + 1, line))
    }

    pub(crate) fn has_ending(&self, endings: &[&str]) -> bool {
        self.path.rsplit_once('.').is_some_and(|(_, ending)| endings.contains(&ending))
    }

    /// These rules name what they forbid.
    pub(crate) fn is_a_rule(&self) -> bool {
        self.path.starts_with("xtask/src/tidy/")
    }
}

/// All of them, with what the rules need besides.
#[derive(Debug, Default)]
pub(crate) struct Sources {
    files: Vec<Source>,
    /// Every path there is, folders included, text or not.
    paths: Vec<String>,
    /// The crates `checkout-core` is compiled with, one `name vVERSION` a line.
    pub(crate) core_graph: String,
}

impl Sources {
    pub(crate) fn read(workspace: &Workspace) -> anyhow::Result<Self> {
        let mut sources = Self::default();
        sources.collect(&workspace.root, &workspace.root)?;
        let mut tree = cargo();
        tree.current_dir(&workspace.root);
        tree.args(["tree", "-p", "checkout-core", "--edges", "normal", "--prefix", "none"]);
        sources.core_graph = answer(&mut tree, "cargo tree")?;
        Ok(sources)
    }

    pub(crate) fn files(&self) -> impl Iterator<Item = &Source> {
        self.files.iter()
    }

    /// Whether a path, given from the root, is a file or a folder.
    pub(crate) fn has_path(&self, path: &str) -> bool {
        let path = path.trim_end_matches('/');
        self.paths.iter().any(|known| known == path)
    }

    fn collect(&mut self, root: &Path, folder: &Path) -> anyhow::Result<()> {
        for entry in std::fs::read_dir(folder).with_context(|| format!("reading {}", folder.display()))? {
            let path = entry?.path();
            let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
            let below = path.strip_prefix(root)?.to_string_lossy().into_owned();
            if path.is_dir() {
                if !NOT_OURS.contains(&name.as_str()) {
                    self.paths.push(below);
                    self.collect(root, &path)?;
                }
                continue;
            }
            // What is not UTF-8 is a picture; what went away meanwhile was another program's.
            if let Ok(text) = std::fs::read_to_string(&path) {
                self.files.push(Source { path: below.clone(), text });
            }
            self.paths.push(below);
        }
        Ok(())
    }

    #[cfg(test)]
    pub(crate) fn with_core_graph(mut self, graph: &str) -> Self {
        graph.clone_into(&mut self.core_graph);
        self
    }

    #[cfg(test)]
    pub(crate) fn of(files: &[(&str, &str)]) -> Self {
        let mut sources = Self::default();
        for (path, text) in files {
            sources.paths.push((*path).to_owned());
            sources.files.push(Source { path: (*path).to_owned(), text: (*text).to_owned() });
        }
        sources
    }
}

/// Whether a word stands in a line by itself, not as a part of a longer name.
pub(crate) fn has_word(line: &str, word: &str) -> bool {
    let is_part = |letter: char| letter.is_alphanumeric() || letter == '_';
    line.match_indices(word).any(|(at, _)| {
        !line[..at].chars().next_back().is_some_and(is_part)
            && !line[at + word.len()..].chars().next().is_some_and(is_part)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_is_not_a_part_of_a_longer_name() {
        assert!(has_word("let x: f64 = 1.0;", "f64"));
        assert!(!has_word("fn visit_f64(self)", "f64"));
        assert!(has_word("visit_f64(v: f64)", "f64"));
    }
}
