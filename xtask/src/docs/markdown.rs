//! Markdown to HTML: links to pages become links to their HTML, headings can be linked to; wide tables and long lines of code
//! scroll, by the keyboard too.

use pulldown_cmark::{CowStr, Event, HeadingLevel, Options, Parser, Tag, TagEnd, html};

/// A page of the site.
#[derive(Debug)]
pub(crate) struct Page {
    /// Its first heading.
    pub(super) title: String,
    pub(super) html: String,
    /// The pages it links to, as written.
    pub(super) links: Vec<String>,
    /// Its lists below each second heading: heading, then `(link, text)`.
    pub(super) lists: Vec<(String, Vec<(String, String)>)>,
}

pub(super) fn render(text: &str) -> Page {
    let options = Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH | Options::ENABLE_FOOTNOTES;
    let mut reader = Reader::default();
    let events: Vec<Event<'_>> = Parser::new_ext(text, options).map(|event| reader.take(event)).collect();
    let events = with_anchors(events);
    let mut out = String::new();
    html::push_html(&mut out, events.into_iter());
    let html = out
        .replace("<table>", "<div class=\"table\" tabindex=\"0\" role=\"group\" aria-label=\"Table\"><table>")
        .replace("</table>", "</table></div>")
        // The corner of a table with names at its side is no heading.
        .replace("<th></th>", "<td></td>")
        .replace("<pre>", "<pre tabindex=\"0\">");
    Page { title: reader.title, html, links: reader.links, lists: reader.lists }
}

#[derive(Debug, Default)]
struct Reader {
    title: String,
    links: Vec<String>,
    lists: Vec<(String, Vec<(String, String)>)>,
    heading: Option<HeadingLevel>,
    link: Option<(String, String)>,
}

impl Reader {
    /// Notes what the event says of the page; links to pages become links to their HTML.
    fn take<'a>(&mut self, mut event: Event<'a>) -> Event<'a> {
        if let Event::Start(Tag::Heading { level, .. }) = &event {
            self.heading = Some(*level);
            if *level == HeadingLevel::H2 {
                self.lists.push(Default::default());
            }
        } else if let Event::End(TagEnd::Heading(_)) = &event {
            self.heading = None;
        } else if let Event::Start(Tag::Link { dest_url, .. }) = &mut event {
            self.links.push(dest_url.to_string());
            self.link = Some((dest_url.to_string(), String::new()));
            *dest_url = to_html(dest_url);
        } else if let Event::End(TagEnd::Link) = &event
            && let (Some(link), Some((_, list))) = (self.link.take(), self.lists.last_mut())
        {
            list.push(link);
        } else if let Some(text) = words_of(&event) {
            self.read(text);
        }
        event
    }

    fn read(&mut self, text: &str) {
        match self.heading {
            Some(HeadingLevel::H1) => self.title += text,
            Some(HeadingLevel::H2) => {
                if let Some((heading, _)) = self.lists.last_mut() {
                    *heading += text;
                }
            }
            Some(HeadingLevel::H3 | HeadingLevel::H4 | HeadingLevel::H5 | HeadingLevel::H6) | None => {}
        }
        if let Some((_, words)) = &mut self.link {
            *words += text;
        }
    }
}

fn words_of<'a>(event: &'a Event<'_>) -> Option<&'a str> {
    if let Event::Text(text) | Event::Code(text) = event { Some(text) } else { None }
}

/// `refunds.md#states` is `refunds.html#states` on the site.
pub(super) fn to_html<'a>(link: &str) -> CowStr<'a> {
    let (page, anchor) = link.split_at(link.find('#').unwrap_or(link.len()));
    let is_ours = !link.contains("://");
    match page.strip_suffix(".md") {
        Some(stem) if is_ours => format!("{stem}.html{anchor}").into(),
        _ => link.to_owned().into(),
    }
}

/// Gives each heading an id made of its words.
fn with_anchors(mut events: Vec<Event<'_>>) -> Vec<Event<'_>> {
    for start in 0..events.len() {
        if !matches!(events[start], Event::Start(Tag::Heading { .. })) {
            continue;
        }
        let words: String = events[start..]
            .iter()
            .take_while(|event| !matches!(event, Event::End(TagEnd::Heading(_))))
            .filter_map(words_of)
            .collect();
        if let Event::Start(Tag::Heading { id, .. }) = &mut events[start] {
            *id = Some(anchor(&words).into());
        }
    }
    events
}

fn anchor(words: &str) -> String {
    let kept = |c: char| if c.is_alphanumeric() { Some(c.to_ascii_lowercase()) } else { None };
    words
        .split(|c: char| c.is_whitespace() || c == '-')
        .map(|word| word.chars().filter_map(kept).collect::<String>())
        .filter(|word| !word.is_empty())
        .collect::<Vec<_>>()
        .join("-")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_between_pages_lead_to_their_html() {
        assert_eq!(&*to_html("refunds.md#states"), "refunds.html#states");
        assert_eq!(&*to_html("../api/index.md"), "../api/index.html");
        assert_eq!(&*to_html("https://example.com/readme.md"), "https://example.com/readme.md");
    }

    #[test]
    fn what_scrolls_can_be_reached_by_the_keyboard() {
        let page = render("# A\n\n```\nlong\n```\n\n| a |\n|---|\n| b |\n");
        assert!(page.html.contains("<pre tabindex=\"0\"><code>"), "{}", page.html);
        assert!(page.html.contains("<div class=\"table\" tabindex=\"0\""), "{}", page.html);
    }

    #[test]
    fn a_page_knows_its_title_its_lists_and_where_it_leads() {
        let page = render("# Money `now`\n\n## States\n\n- [All](states.md): each\n\nSee [x](a.md#b).");
        assert_eq!(page.title, "Money now");
        assert_eq!(page.links, ["states.md", "a.md#b"]);
        assert_eq!(page.lists[0].0, "States");
        assert_eq!(page.lists[0].1[0], ("states.md".to_owned(), "All".to_owned()));
        assert!(page.html.contains("<h2 id=\"states\">"), "{}", page.html);
    }
}
