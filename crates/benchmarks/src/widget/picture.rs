//! The figures as a picture: what each page weighs, and for each circumstance how long it takes until the widget is
//! interactive. A thin line shows where the middle half of the loads lies.

use std::fmt::Write as _;

use super::contestants::{CONTESTANTS, OURS};
use super::table::{BYTES, Compared, INTERACTIVE};

const WIDTH: f64 = 760.0;
const LABEL: f64 = 190.0;
const BAR: f64 = 22.0;
const GAP: f64 = 8.0;
const GROUP: f64 = 34.0;
/// Room right of the longest bar for its figure.
const FIGURE: f64 = 90.0;

const STYLE: &str = "text{font:14px system-ui,sans-serif;fill:#1d2430}.title{font-weight:600;font-size:16px}\
    .group{font-weight:600}.figure{font-variant-numeric:tabular-nums}.peer{fill:#9aa4b2}.ours{fill:#0f7b6c}\
    .half{stroke:#1d2430;stroke-width:2}\
    @media (prefers-color-scheme:dark){text{fill:#e6e9ef}.peer{fill:#5b6675}.ours{fill:#35b7a2}.half{stroke:#e6e9ef}}";

/// An SVG that reads on light and on dark pages.
pub fn draw(cases: &[Compared]) -> String {
    let (mut body, mut y) = (String::new(), 56.0);
    let all: Vec<Bars> = circumstances(cases)
        .into_iter()
        .map(|(cpu, network)| {
            let title = format!("Until the widget is interactive: CPU {cpu}, network {network}");
            Bars { title, unit: Unit::Milliseconds, cases: of(cases, INTERACTIVE, cpu, network) }
        })
        .collect();
    let weight = circumstances(cases).first().map(|(cpu, network)| Bars {
        title: "On the wire, until then and just after".to_owned(),
        unit: Unit::Kilobytes,
        cases: of(cases, BYTES, cpu, network),
    });
    for bars in weight.iter().chain(&all) {
        bars.draw(&mut body, &mut y);
    }
    let height = y - GROUP + GAP;
    format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {WIDTH} {height}\" role=\"img\" \
         aria-label=\"Bytes and milliseconds until the payment widget is interactive, beside its peers\">\
         <style>{STYLE}</style><text x=\"0\" y=\"20\" class=\"title\">Medians of one run, less is better; \
         the line is the middle half of the loads</text>{body}</svg>\n"
    )
}

fn circumstances(cases: &[Compared]) -> Vec<(&str, &str)> {
    let mut found: Vec<(&str, &str)> = Vec::new();
    for case in cases.iter().map(|compared| &compared.case).filter(|case| case.metric == INTERACTIVE) {
        if !found.contains(&(&*case.cpu, &*case.network)) {
            found.push((&case.cpu, &case.network));
        }
    }
    found
}

fn of<'a>(cases: &'a [Compared], metric: &str, cpu: &str, network: &str) -> Vec<&'a Compared> {
    let wanted = |compared: &&Compared| {
        let case = &compared.case;
        case.metric == metric && case.cpu == cpu && case.network == network
    };
    cases.iter().filter(wanted).collect()
}

#[derive(Debug, Clone, Copy)]
enum Unit {
    Milliseconds,
    Kilobytes,
}

impl Unit {
    fn write(self, figure: f64) -> String {
        match self {
            Self::Milliseconds => format!("{figure:.0} ms"),
            Self::Kilobytes => format!("{:.1} kB", figure / 1000.0),
        }
    }
}

/// One group of bars: each page, ours first.
#[derive(Debug)]
struct Bars<'a> {
    title: String,
    unit: Unit,
    cases: Vec<&'a Compared>,
}

impl Bars<'_> {
    fn draw(&self, body: &mut String, y: &mut f64) {
        let Some(first) = self.cases.first() else { return };
        let mut rows = vec![(OURS.name, first.case.ours, first.spread.ours)];
        for who in CONTESTANTS {
            let theirs = self.cases.iter().find(|compared| compared.case.name == who.name);
            rows.extend(theirs.map(|theirs| (who.name, theirs.case.peer, theirs.spread.peer)));
        }
        let longest = rows.iter().map(|(_, figure, [_, high])| figure.max(*high)).fold(1.0, f64::max);
        let scale = (WIDTH - LABEL - FIGURE) / longest;
        let _ = write!(body, "<text x=\"0\" y=\"{y}\" class=\"group\">{}</text>", self.title);
        *y += 12.0;
        for (name, figure, [low, high]) in rows {
            let width = figure * scale;
            let _ = write!(
                body,
                "<text x=\"0\" y=\"{text}\">{name}</text>\
                 <rect x=\"{LABEL}\" y=\"{y}\" width=\"{width:.0}\" height=\"{BAR}\" rx=\"4\" class=\"{class}\"/>\
                 <path d=\"M{from:.1} {middle}H{to:.1}\" class=\"half\"/>\
                 <text x=\"{after:.0}\" y=\"{text}\" class=\"figure\">{figure}</text>",
                text = *y + 16.0,
                middle = *y + BAR / 2.0,
                class = if name == OURS.name { "ours" } else { "peer" },
                from = LABEL + low * scale,
                to = LABEL + high * scale,
                after = LABEL + high.max(figure) * scale + 8.0,
                figure = self.unit.write(figure),
            );
            *y += BAR + GAP;
        }
        *y += GROUP - GAP;
    }
}
