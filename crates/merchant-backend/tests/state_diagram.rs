//! The drawing in `docs/states.md` and the table of legal changes say the same, both ways.

use std::collections::BTreeSet;

use merchant_backend::payments::state::{Fact, State, next};

const DRAWING: &str = include_str!("../../../docs/states.md");

const FACTS: [Fact; 8] = [
    Fact::PageOpened,
    Fact::MoneyArrived,
    Fact::BankRefused,
    Fact::BankCancelled,
    Fact::TimeRanOut,
    Fact::Settled,
    Fact::PartWentBack,
    Fact::AllWentBack,
];

#[test]
fn the_drawing_and_the_table_say_the_same() {
    let (drawn, decided) = (drawn(), decided());
    let only_drawn: Vec<_> = drawn.difference(&decided).collect();
    let only_decided: Vec<_> = decided.difference(&drawn).collect();
    assert!(only_drawn.is_empty(), "drawn, but the code does not do it: {only_drawn:?}");
    assert!(only_decided.is_empty(), "the code does it, but it is not drawn: {only_decided:?}");
}

#[test]
fn every_attempt_begins_created() {
    let begins: Vec<_> = arrows().filter(|(from, ..)| from == "[*]").map(|(_, to, _)| to).collect();
    assert_eq!(begins, [State::Created.word()]);
}

#[test]
fn every_state_is_drawn() {
    let words: BTreeSet<String> = drawn().into_iter().flat_map(|(from, to, _)| [from, to]).collect();
    assert_eq!(words, State::ALL.map(|state| state.word().to_owned()).into());
}

type Arrow = (String, String, String);

fn decided() -> BTreeSet<Arrow> {
    let pairs = State::ALL.into_iter().flat_map(|from| FACTS.map(|fact| (from, fact)));
    pairs
        .filter_map(|(from, fact)| {
            let to = next(from, fact)?;
            Some((from.word().to_owned(), to.word().to_owned(), label(fact).to_owned()))
        })
        .collect()
}

fn drawn() -> BTreeSet<Arrow> {
    arrows().filter(|(from, ..)| from != "[*]").collect()
}

/// `FROM --> TO: fact`, of the Mermaid block.
fn arrows() -> impl Iterator<Item = Arrow> {
    let block = DRAWING.split("```mermaid").nth(1).and_then(|rest| rest.split("```").next());
    block.unwrap_or_default().lines().filter_map(|line| {
        let (from, rest) = line.trim().split_once(" --> ")?;
        let (to, fact) = rest.split_once(": ")?;
        Some((from.to_owned(), to.to_owned(), fact.to_owned()))
    })
}

/// The fact in the drawing's words.
const fn label(fact: Fact) -> &'static str {
    match fact {
        Fact::PageOpened => "page opened",
        Fact::MoneyArrived => "money arrived",
        Fact::BankRefused => "bank refused",
        Fact::BankCancelled => "bank cancelled",
        Fact::TimeRanOut => "time ran out",
        Fact::Settled => "settled",
        Fact::PartWentBack => "part went back",
        Fact::AllWentBack => "all went back",
    }
}
