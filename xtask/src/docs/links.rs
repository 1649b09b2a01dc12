//! No page that nothing leads to, no link that leads nowhere.

use std::collections::BTreeMap;
use std::path::Path;

use anyhow::bail;

use super::markdown::Page;

/// Pages that are no Markdown.
const MADE: [&str; 1] = ["playground.html"];

pub(super) fn all_reached(pages: &BTreeMap<String, Page>) -> anyhow::Result<()> {
    let mut reached = vec!["index.md".to_owned()];
    let mut problems = Vec::new();
    let mut next = 0;
    while let Some(path) = reached.get(next).cloned() {
        next += 1;
        let Some(page) = pages.get(&path) else { continue };
        for link in page.links.iter().filter_map(|link| local(link)) {
            let target = resolved(&path, link);
            let is_page = Path::new(&target).extension().is_some_and(|ending| ending == "md");
            if MADE.contains(&&*target) || target.starts_with("../") || !is_page {
                continue;
            }
            if !pages.contains_key(&target) {
                problems.push(format!("docs/{path} links to {link}, which is not there"));
            } else if !reached.contains(&target) {
                reached.push(target);
            }
        }
    }
    let lost = pages.keys().filter(|path| !reached.contains(path));
    problems.extend(lost.map(|path| format!("nothing leads to docs/{path}: link it in docs/index.md")));
    if !problems.is_empty() {
        bail!("the documentation: {}", problems.join("; "));
    }
    Ok(())
}

/// A link to one of our files, without its anchor.
fn local(link: &str) -> Option<&str> {
    let page = link.split('#').next().unwrap_or_default();
    (!page.is_empty() && !page.contains("://")).then_some(page)
}

/// Seen from the folder of `from`; what leaves `docs/` begins with `../`.
fn resolved(from: &str, link: &str) -> String {
    let mut parts: Vec<&str> = from.split('/').collect();
    parts.pop();
    for part in link.split('/') {
        match part {
            "." => {}
            ".." if parts.last().is_some_and(|last| *last != "..") => {
                parts.pop();
            }
            part => parts.push(part),
        }
    }
    parts.join("/")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::docs::markdown;

    fn check(pages: &[(&str, &str)]) -> anyhow::Result<()> {
        let pages: BTreeMap<String, Page> =
            pages.iter().map(|(path, text)| ((*path).to_owned(), markdown::render(text))).collect();
        all_reached(&pages)
    }

    #[test]
    fn every_page_is_reached_and_every_link_leads_somewhere() {
        let index =
            ("index.md", "# I\n[a](a.md) [b](deep/b.md#x) [p](playground.html) [code](../src/lib.rs)");
        let all = [index, ("a.md", "# A"), ("deep/b.md", "# B\n[back](../a.md)")];
        check(&all).expect("whole");
        let lost = check(&[("index.md", "# I"), ("a.md", "# A")]).expect_err("lost").to_string();
        assert!(lost.contains("nothing leads to docs/a.md"), "{lost}");
        let broken = check(&[("index.md", "# I\n[gone](gone.md)")]).expect_err("broken").to_string();
        assert!(broken.contains("which is not there"), "{broken}");
    }
}
