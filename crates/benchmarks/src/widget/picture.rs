//! The figures as a picture: for each circumstance a bar for each page, time until the widget is interactive.

use std::fmt::Write as _;

use super::contestants::{CONTESTANTS, OURS};
use crate::report::Case;

const WIDTH: f64 = 760.0;
const LABEL: f64 = 190.0;
const BAR: f64 = 22.0;
const GAP: f64 = 8.0;
const GROUP: f64 = 34.0;
/// Room right of the longest bar for its figure.
const FIGURE: f64 = 80.0;

/// An SVG that reads on light and on dark pages.
pub fn draw(cases: &[Case]) -> String {
    let metric = "interactive widget";
    let mut circumstances: Vec<(&str, &str)> = Vec::new();
    for case in cases.iter().filter(|case| case.metric == metric) {
        if !circumstances.contains(&(&*case.cpu, &*case.network)) {
            circumstances.push((&case.cpu, &case.network));
        }
    }
    let (mut body, mut y) = (String::new(), 56.0);
    for (cpu, network) in circumstances {
        let group: Vec<&Case> = cases
            .iter()
            .filter(|case| case.metric == metric && case.cpu == cpu && case.network == network)
            .collect();
        let Some(first) = group.first() else { continue };
        let longest = group.iter().map(|case| case.peer).fold(first.ours, f64::max).max(1.0);
        let _ = write!(body, "<text x=\"0\" y=\"{y}\" class=\"group\">CPU {cpu}, network: {network}</text>");
        y += 12.0;
        for who in CONTESTANTS {
            let figure = match group.iter().find(|case| case.name == who.name) {
                Some(case) => case.peer,
                None if who == OURS => first.ours,
                None => continue,
            };
            let width = (WIDTH - LABEL - FIGURE) * figure / longest;
            let class = if who == OURS { "ours" } else { "peer" };
            let _ = write!(
                body,
                "<text x=\"0\" y=\"{text}\">{name}</text>\
                 <rect x=\"{LABEL}\" y=\"{y}\" width=\"{width:.0}\" height=\"{BAR}\" rx=\"4\" class=\"{class}\"/>\
                 <text x=\"{after:.0}\" y=\"{text}\" class=\"figure\">{figure:.0} ms</text>",
                text = y + 16.0,
                name = who.name,
                after = LABEL + width + 8.0,
            );
            y += BAR + GAP;
        }
        y += GROUP - GAP;
    }
    format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {WIDTH} {y}\" role=\"img\" \
         aria-label=\"Time from navigation until the payment widget is interactive, in milliseconds\">\
         <style>text{{font:14px system-ui,sans-serif;fill:#1d2430}}.title{{font-weight:600;font-size:16px}}\
         .group{{font-weight:600}}.figure{{font-variant-numeric:tabular-nums}}.peer{{fill:#9aa4b2}}.ours{{fill:#0f7b6c}}\
         @media (prefers-color-scheme:dark){{text{{fill:#e6e9ef}}.peer{{fill:#5b6675}}.ours{{fill:#35b7a2}}}}</style>\
         <text x=\"0\" y=\"20\" class=\"title\">Until the widget is interactive (median, less is better)</text>{body}</svg>\n"
    )
}
