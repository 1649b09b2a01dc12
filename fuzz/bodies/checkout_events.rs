//! Whole journeys of the checkout, drawn from bytes: any events in any order, watched by the contract's own witness.

use checkout_core::{Config, Note, Policy, View, Visit};
use proptest::prelude::*;
use proptest::strategy::ValueTree;
use proptest::test_runner::{RngAlgorithm, TestRng, TestRunner};

#[path = "../../crates/checkout-core/tests/witness/mod.rs"]
#[allow(dead_code, unused_imports, reason = "the property tests use more of it")]
mod witness;

use witness::{OWN, Step, Witness, anything, is_final, offers_a_button};

const MOST_STEPS: usize = 200;

/// No journey breaks the contract, and when all is well again nobody is left waiting.
pub(crate) fn run(data: &[u8]) {
    let [shape, data @ ..] = data else { return };
    let mut witness = Witness::start(config(*shape), visit(*shape));
    // Sixteen bytes draw one step, so that a changed byte changes one step and a journey is as long as its bytes.
    for bytes in data.chunks_exact(16).take(MOST_STEPS) {
        let rng = TestRng::from_seed(RngAlgorithm::XorShift, bytes);
        let mut runner = TestRunner::new_with_rng(ProptestConfig::default(), rng);
        let (step, jump) =
            (anything(), -70_000_i64..200_000).new_tree(&mut runner).expect("a step").current();
        witness.take(step, jump);
    }
    witness.take(Step::Hide(false), 0);
    witness.take(Step::Offline(false), 0);
    for _ in 0..60 {
        let view = witness.view();
        if is_final(&view) || offers_a_button(&view) {
            return;
        }
        witness.all_goes_well();
    }
    panic!("still {:?}", witness.view().screen);
}

fn config(shape: u8) -> Config {
    Config {
        view: if shape & 1 == 0 { View::Pay } else { View::Status },
        has_token: shape & 6 != 6,
        can_refresh_token: shape & 8 != 0,
        order: (shape & 16 != 0).then(|| checkout_api::OrderRef::new(OWN)),
        amount: None,
        product: None,
        payment_hosts: Vec::new(),
        policy: Policy { jitter_seed: u32::from(shape), ..Policy::default() },
    }
}

fn visit(shape: u8) -> Visit {
    let session = (shape & 32 != 0).then(|| checkout_api::SessionId::new("s1"));
    Visit {
        returned: shape & 64 != 0 && session.is_some(),
        note: (shape & 128 != 0).then(|| Note {
            key: checkout_api::IdempotencyKey::new("recalled"),
            session: session.clone(),
            product: None,
        }),
        session,
        hidden: false,
        offline: false,
    }
}
