//! The drawing in `docs/widget-states.md` and what the core does say the same, both ways: every change of phase that
//! random journeys come by is drawn, and every drawn one is come by.

#[allow(unused_imports, reason = "the property tests use more of it")]
#[allow(dead_code, reason = "the property tests use more of it")]
mod witness;

use std::collections::BTreeSet;

use checkout_core::{Config, Event, Note, PhaseName, Policy, View, Visit};
use proptest::prelude::*;
use proptest::strategy::ValueTree;
use proptest::test_runner::{RngAlgorithm, TestRng, TestRunner};
use witness::{OWN, Witness, anything};

type Arrow = (String, String, String);

const DRAWING: &str = include_str!("../../../docs/widget-states.md");
/// Drawn because longer walks come by it; this one is too short for it.
const RARE: (&str, &str, &str) = ("unresolved", "awaiting", "status not told");
/// Enough that each arrow is walked many times; the seed is fixed, so a run is as good as the next.
const JOURNEYS: usize = 5_000;
const STEPS: usize = 40;

#[test]
fn the_drawing_and_the_core_say_the_same() {
    let (drawn, walked) = (drawn(), walked());
    let lines = |arrows: &mut dyn Iterator<Item = &Arrow>| {
        arrows.fold(String::new(), |lines, (from, to, word)| {
            lines + "\n    " + from + " --> " + to + ": " + word
        })
    };
    let rare = |(from, to, word): &&Arrow| (from.as_str(), to.as_str(), word.as_str()) == RARE;
    let only_drawn = lines(&mut drawn.difference(&walked).filter(|arrow| !rare(arrow)));
    let only_walked = lines(&mut walked.difference(&drawn));
    assert!(
        only_drawn.is_empty() && only_walked.is_empty(),
        "drawn, but the core does not do it:{only_drawn}\nthe core does it, but it is not drawn:{only_walked}"
    );
}

#[test]
fn the_table_beside_the_drawing_tells_of_every_phase() {
    for phase in PhaseName::ALL {
        assert!(DRAWING.contains(&format!("`{}`", phase.as_str())), "{}", phase.as_str());
    }
}

/// Every change of phase of many random journeys.
fn walked() -> BTreeSet<Arrow> {
    let rng = TestRng::from_seed(RngAlgorithm::ChaCha, &[7; 32]);
    let mut runner = TestRunner::new_with_rng(ProptestConfig::default(), rng);
    let mut walked = BTreeSet::new();
    for _ in 0..JOURNEYS {
        let (config, visit) = (config(), visit()).new_tree(&mut runner).expect("a page").current();
        let word = start_word(&config, &visit);
        let mut witness = Witness::start(config, visit);
        walked.insert(("[*]".to_owned(), drawn_name(witness.phase()), word.to_owned()));
        for _ in 0..STEPS {
            let (step, jump) = (anything(), jump()).new_tree(&mut runner).expect("a step").current();
            witness.take(step, jump);
        }
        for (from, event, to) in witness.changes() {
            walked.insert((drawn_name(*from), drawn_name(*to), word_of(event).to_owned()));
        }
    }
    walked
}

fn config() -> impl Strategy<Value = Config> {
    let view = prop_oneof![1 => Just(View::Option), 8 => Just(View::Pay), 3 => Just(View::Status)];
    (view, prop::bool::weighted(0.85), any::<bool>(), any::<bool>(), any::<u32>()).prop_map(
        |(view, has_token, can_refresh_token, names_order, jitter_seed)| Config {
            view,
            has_token,
            can_refresh_token,
            order: names_order.then(|| checkout_api::OrderRef::new(OWN)),
            amount: None,
            product: None,
            payment_hosts: Vec::new(),
            policy: Policy { jitter_seed, ..Policy::default() },
        },
    )
}

fn visit() -> impl Strategy<Value = Visit> {
    let id = || prop::option::of(prop::sample::select(vec!["s0", "s1", "s2"]));
    (id(), any::<bool>(), prop::option::of(id())).prop_map(|(session, returned, note)| Visit {
        session: session.map(checkout_api::SessionId::new),
        returned,
        note: note.map(|session| Note {
            key: checkout_api::IdempotencyKey::new("recalled"),
            session: session.map(checkout_api::SessionId::new),
            product: None,
        }),
        hidden: false,
        offline: false,
    })
}

/// Mostly small steps; now and then long enough for every deadline.
fn jump() -> impl Strategy<Value = i64> {
    prop_oneof![6 => 0_i64..3_000, 2 => 3_000_i64..60_000, 2 => 200_000_i64..5_000_000]
}

/// How a page begins, in the drawing's words.
const fn start_word(config: &Config, visit: &Visit) -> &'static str {
    match (config.view, config.has_token, visit.returned) {
        (View::Option, ..) => "view option",
        (View::Pay, true, false) => "view pay",
        (View::Pay, true, true) => "view pay and back from the payment page",
        (View::Pay, false, _) => "view pay without a token",
        (View::Status, ..) => "view status",
    }
}

/// The event, in the drawing's words.
const fn word_of(event: &Event) -> &'static str {
    match event {
        Event::PayPressed { .. } => "pay pressed",
        Event::PhonePressed { .. } => "phone pressed",
        Event::CheckPressed => "check pressed",
        Event::ProductChosen(_) => "way chosen",
        Event::OrderFetched { .. } => "order told",
        Event::OrderFailed { .. } => "order not told",
        Event::SessionOpened { .. } => "session opened",
        Event::OpenFailed { .. } => "session not opened",
        Event::StatusFetched { .. } => "status told",
        Event::StatusFailed { .. } => "status not told",
        Event::TokenRefreshed { .. } => "token refreshed",
        Event::TokenRefreshFailed { .. } => "token not refreshed",
        Event::HostAnswered { .. } => "page answered",
        Event::Woke { .. } => "time passed",
        Event::VisibilityChanged { .. } | Event::ConnectivityChanged { .. } => "seen or connected again",
        Event::PageRestored => "Back",
        Event::NavigationRefused => "browser refused",
    }
}

/// Mermaid's names have no dash.
fn drawn_name(phase: PhaseName) -> String {
    phase.as_str().replace('-', "_")
}

/// `FROM --> TO: word, word`, of the Mermaid block.
fn drawn() -> BTreeSet<Arrow> {
    let block = DRAWING.split("```mermaid").nth(1).and_then(|rest| rest.split("```").next());
    let arrows = block.unwrap_or_default().lines().filter_map(|line| {
        let (from, rest) = line.trim().split_once(" --> ")?;
        let (to, words) = rest.split_once(": ")?;
        Some((from, to, words))
    });
    arrows
        .flat_map(|(from, to, words)| {
            words.split(", ").map(move |word| (from.to_owned(), to.to_owned(), word.to_owned()))
        })
        .collect()
}
