//! The contract in the crate's head, held against random journeys: any event, answers in any order and of any kind,
//! to the right question or an old one, with a clock that may run backwards. `witness.rs` keeps the books.

mod witness;

use checkout_core::{Config, Note, Policy, Screen, View, Visit};
use proptest::prelude::*;
use witness::{OTHER, OWN, Step, Witness, anything, is_final, offers_a_button};

fn config() -> impl Strategy<Value = Config> {
    let view = prop_oneof![1 => Just(View::Option), 6 => Just(View::Pay), 4 => Just(View::Status)];
    let order = prop_oneof![Just(None), Just(Some(OWN))];
    (view, prop::bool::weighted(0.8), any::<bool>(), order, any::<u32>()).prop_map(
        |(view, has_token, can_refresh_token, order, jitter_seed)| Config {
            view,
            has_token,
            can_refresh_token,
            order: order.map(checkout_api::OrderRef::new),
            amount: None,
            product: None,
            payment_hosts: Vec::new(),
            policy: Policy { jitter_seed, ..Policy::default() },
        },
    )
}

fn visit() -> impl Strategy<Value = Visit> {
    let id = || prop::option::of(prop::sample::select(vec!["s0", "s1", "s2"]));
    (id(), any::<bool>(), prop::option::of(id()), prop::bool::weighted(0.1), prop::bool::weighted(0.1))
        .prop_map(|(session, returned, note, hidden, offline)| Visit {
            returned: returned && session.is_some(),
            session: session.map(checkout_api::SessionId::new),
            note: note.map(|session| Note {
                key: checkout_api::IdempotencyKey::new("recalled"),
                session: session.map(checkout_api::SessionId::new),
                product: None,
            }),
            hidden,
            offline,
        })
}

fn steps() -> impl Strategy<Value = Vec<(Step, i64)>> {
    let jump = prop_oneof![
        8 => 0_i64..3_000,
        2 => 3_000_i64..60_000,
        1 => -100_000_i64..0,
        1 => Just(i64::MAX / 2),
        1 => Just(i64::MIN / 2),
    ];
    prop::collection::vec((anything(), jump), 0..60)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 800, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn the_contract_holds_for_any_journey(config in config(), visit in visit(), steps in steps()) {
        let mut witness = Witness::start(config, visit);
        for (step, jump) in steps {
            witness.take(step, jump);
        }
    }

    #[test]
    fn the_same_journey_is_the_same_twice(config in config(), visit in visit(), steps in steps()) {
        let mut one = Witness::start(config.clone(), visit.clone());
        let mut other = Witness::start(config, visit);
        for (step, jump) in steps {
            one.take(step.clone(), jump);
            other.take(step, jump);
            prop_assert_eq!(&one.effects, &other.effects);
        }
    }

    #[test]
    fn when_all_is_well_again_nobody_is_left_waiting(config in config(), visit in visit(), steps in steps()) {
        let mut witness = Witness::start(config, visit);
        for (step, jump) in steps {
            witness.take(step, jump);
        }
        witness.take(Step::Hide(false), 0);
        witness.take(Step::Offline(false), 0);
        for _ in 0..60 {
            let view = witness.view();
            if is_final(&view) || offers_a_button(&view) {
                break;
            }
            witness.all_goes_well();
        }
        let view = witness.view();
        prop_assert!(is_final(&view) || offers_a_button(&view) , "still {:?}", view.screen);
        let leaving = matches!(view.screen, Screen::Redirecting { .. });
        prop_assert!(!leaving || offers_a_button(&view));
    }

    #[test]
    fn a_session_of_another_order_leaves_the_screen_as_without_it(
        known_at_once in any::<bool>(),
        state in prop::sample::select(vec!["CAPTURED", "REDIRECTED", "REJECTED", "CANCELLED", "REFUNDED", "NEW_WORD"]),
        outcome in prop::sample::select(vec!["paid", "awaiting", "declined", "expired", "refunded", "new_word"]),
        can_retry in any::<bool>(),
    ) {
        let config = Config {
            view: View::Pay,
            has_token: true,
            can_refresh_token: false,
            order: known_at_once.then(|| checkout_api::OrderRef::new(OWN)),
            amount: None,
            product: None,
            payment_hosts: Vec::new(),
            policy: Policy::default(),
        };
        let forged = Visit {
            session: Some(checkout_api::SessionId::new("forged")),
            returned: true,
            ..Visit::default()
        };
        let mut plain = Witness::start(config.clone(), Visit::default());
        let mut witness = Witness::start(config, forged);
        for it in [&mut plain, &mut witness] {
            it.order_is_fetched(None);
        }
        prop_assert_eq!(witness.view(), plain.view(), "before the answer");
        witness.status_is_fetched(OTHER, state, outcome, can_retry);
        prop_assert_eq!(witness.view(), plain.view(), "after the answer");
    }
}
