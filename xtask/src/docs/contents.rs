//! The contents at the side of each page: the lists of `docs/index.md` under their headings.

use std::fmt::Write as _;

use super::markdown::{Page, to_html};

#[derive(Debug)]
pub(super) struct Contents(Vec<(String, Vec<(String, String)>)>);

pub(super) fn read(index: &Page) -> Contents {
    Contents(index.lists.clone())
}

impl Contents {
    /// The contents as HTML, with the place of `page` marked: its own link, or the first one into its folder.
    pub(super) fn for_page(&self, page: &str) -> String {
        let own = page.replace(".md", ".html");
        let links: Vec<String> =
            self.0.iter().flat_map(|(_, list)| list).map(|(link, _)| to_html(link).to_string()).collect();
        let of_folder = page.rsplit_once('/').map(|(folder, _)| format!("{folder}/"));
        let in_folder = of_folder.and_then(|folder| links.iter().find(|link| link.starts_with(&folder)));
        let here = if links.contains(&own) { Some(&own) } else { in_folder };
        let mut html = String::new();
        for (heading, list) in &self.0 {
            let _ = write!(html, "<h2>{}</h2><ul>", escaped(heading));
            for (link, words) in list {
                let link = to_html(link);
                let current =
                    if here.is_some_and(|here| **here == *link) { " aria-current=\"page\"" } else { "" };
                let _ = write!(html, "<li><a href=\"{{root}}{link}\"{current}>{}</a></li>", escaped(words));
            }
            html += "</ul>";
        }
        html
    }
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;")
}
