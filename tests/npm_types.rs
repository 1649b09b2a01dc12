//! The types of the npm package name what the widget says: phases, outcomes, codes of errors, events and what comes with
//! them. They are written by hand; here they are held against the enums and against what sends them.
#![allow(clippy::unwrap_used, reason = "a test's helper fails the test")]
#![cfg(not(target_family = "wasm"))]

use std::collections::BTreeSet;

use checkout_api::Outcome;
use checkout_core::{ErrorCode, PhaseName};

const TYPES: &str = include_str!("../embed/npm/index.d.ts");
/// Where events are sent from: the widget, and the element around it.
const WIDGET: &str = include_str!("../src/browser/host.rs");
const ELEMENT: &str = include_str!("../embed/element.js");
const EFFECTS: &str = include_str!("../src/driver/effects.rs");

#[test]
fn every_phase_is_a_phase_of_the_types() {
    let phases = PhaseName::ALL.iter().map(|phase| phase.as_str()).collect::<BTreeSet<_>>();
    assert_eq!(quoted(between("export type Phase =", ";")), phases);
}

#[test]
fn every_code_of_an_error_is_in_the_types() {
    let mut codes: BTreeSet<_> = ErrorCode::ALL.iter().map(|code| code.as_str()).collect();
    // The element's own: what happens where there is no widget.
    codes.extend(["widget_unavailable", "widget_crashed"]);
    for code in ["widget_unavailable", "widget_crashed"] {
        assert!(ELEMENT.contains(&format!("\"{code}\"")), "{code}");
    }
    assert_eq!(quoted(between("code:", ";")), codes);
}

#[test]
fn every_outcome_a_page_is_told_is_in_the_types() {
    let known = Outcome::KNOWN.iter().map(Outcome::as_str).filter(|word| *word != Outcome::Awaiting.as_str());
    assert_eq!(quoted(between("outcome:", ";")), known.chain(["unresolved"]).collect::<BTreeSet<_>>());
}

#[test]
fn every_event_that_is_sent_is_in_the_types_with_what_comes_with_it() {
    let sent = BTreeSet::from(["ready", "change", "before-submit", "before-redirect", "outcome", "error"]);
    let named = quoted(between("export interface Events {", "\n}"));
    assert_eq!(
        named.iter().filter_map(|name| name.strip_prefix("alliancepay:")).collect::<BTreeSet<_>>(),
        sent
    );
    for name in sent {
        assert!(WIDGET.contains(&format!("\"{name}\"")), "the widget sends {name}");
    }
    for (interface, source) in [("Result", WIDGET), ("Failure", WIDGET), ("Question", EFFECTS)] {
        for field in fields(interface).into_iter().filter(|field| *field != "waitUntil") {
            assert!(source.contains(&format!("\"{field}\"")), "{interface}: {field} is sent");
        }
    }
    assert!(include_str!("../embed/page.js").contains("detail.waitUntil ="), "and questions can be delayed");
}

fn between(start: &str, end: &str) -> &'static str {
    TYPES.split_once(start).unwrap().1.split_once(end).unwrap().0
}

fn quoted(text: &str) -> BTreeSet<&str> {
    text.split('"').skip(1).step_by(2).collect()
}

/// The names in an interface.
fn fields(interface: &str) -> Vec<&'static str> {
    let body = between(&format!("export interface {interface} {{"), "\n}");
    let name = |line: &'static str| {
        let name = line.strip_prefix("  ")?.split([':', '(', '?']).next()?;
        name.chars().all(char::is_alphanumeric).then_some(name).filter(|name| !name.is_empty())
    };
    body.lines().filter_map(name).collect()
}
