//! Every screen of the widget: what the page says, what its backend answers, and what the buyer does to get there.

/// How the backend of a phase answers one kind of question.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Answer {
    /// A golden answer, made to live.
    Golden(&'static str),
    /// A refusal.
    Status(u16),
    /// None: it is held for as long as the buyer stays.
    Held,
}

/// One thing that happens on the page, once a claim holds.
#[derive(Debug)]
pub(crate) struct Step {
    pub(crate) once: &'static str,
    pub(crate) then: &'static str,
}

/// One screen.
#[derive(Debug)]
pub(crate) struct Phase {
    /// Its name, as pictures are named.
    pub(crate) name: &'static str,
    /// The word in `data-phase` and in `alliancepay:change`.
    pub(crate) shown_as: &'static str,
    pub(crate) attributes: &'static str,
    pub(crate) has_backend: bool,
    pub(crate) checkout: Answer,
    pub(crate) opened: Answer,
    pub(crate) status: Answer,
    pub(crate) steps: &'static [Step],
    /// What must hold beyond the phase's word.
    pub(crate) holds: &'static str,
}

macro_rules! golden {
    ($name:literal) => {
        Answer::Golden(include_str!(concat!("../../../crates/checkout-api/tests/golden/", $name, ".json")))
    };
}

const SOLD: Answer = golden!("checkout/new");
const SOLD_THREE_WAYS: Answer = golden!("checkout/three-ways");
const REDIRECTED: Answer = golden!("payment-session/redirected");
const PAY: &str = "view=pay order-token=token";
const BACK: &str = "view=status order-token=token order=1042 session=Zk3cNf0pQ1mJ8s7vX2bT4A";
const BUTTON: &str = "deep('.root button:not([hidden])')";
/// Whatever stands between the thousands: nothing does in Spanish.
const AMOUNT_KNOWN: &str = "/1.?299/.test(deep('.root').innerText)";
const PRESS: Step =
    Step { once: AMOUNT_KNOWN, then: "deep('.root [part=button]').click(); document.activeElement?.blur();" };

/// The wallet's radio is chosen, with what will happen said below it.
const CHOOSE_THE_WALLET: Step = Step {
    once: AMOUNT_KNOWN,
    then: "deepAll('.ways label').at(-1).click(); document.activeElement?.blur();",
};
const WALLET_IS_CHOSEN: &str = "deepAll('.ways input').at(-1).checked";

const READY: Phase = Phase {
    name: "ready",
    shown_as: "ready",
    attributes: PAY,
    has_backend: true,
    checkout: SOLD,
    opened: Answer::Held,
    status: Answer::Held,
    steps: &[],
    holds: AMOUNT_KNOWN,
};

/// The buyer is back with a session that the backend knows to have ended so.
const fn ended(name: &'static str, status: Answer) -> Phase {
    Phase { name, shown_as: name, attributes: BACK, status, ..READY }
}

impl Phase {
    /// Every screen, in the order in which buyers meet them.
    pub(crate) const ALL: &'static [Self] = &[
        Self {
            name: "option",
            shown_as: "option",
            attributes: "view=option amount=129905 currency=UAH",
            holds: "true",
            ..READY
        },
        READY,
        Self {
            name: "ready-three-ways",
            checkout: SOLD_THREE_WAYS,
            steps: &[CHOOSE_THE_WALLET],
            holds: WALLET_IS_CHOSEN,
            ..READY
        },
        Self {
            name: "ready-again",
            opened: Answer::Status(400),
            steps: &[PRESS],
            holds: "deep('.notice').checkVisibility()",
            ..READY
        },
        Self { name: "opening", shown_as: "opening", steps: &[PRESS], ..READY },
        Self {
            name: "opening-slow",
            shown_as: "opening",
            opened: Answer::Status(503),
            steps: &[PRESS],
            holds: "deep('.notice').checkVisibility()",
            ..READY
        },
        Self { name: "redirecting", shown_as: "redirecting", opened: REDIRECTED, steps: &[PRESS], ..READY },
        Self {
            name: "redirecting-refused",
            shown_as: "redirecting",
            opened: REDIRECTED,
            steps: &[
                PRESS,
                Step { once: "deep('.root').dataset.phase === 'redirecting'", then: "timePasses(9000);" },
            ],
            holds: "deep('a.button').checkVisibility()",
            ..READY
        },
        Self { holds: "deep('.order').innerText.includes('1042')", ..ended("awaiting", REDIRECTED) },
        Self {
            name: "awaiting-phone",
            shown_as: "awaiting",
            opened: REDIRECTED,
            steps: &[Step {
                once: AMOUNT_KNOWN,
                then: "deep('[part=phone]').click(); document.activeElement?.blur();",
            }],
            holds: "deep('.code').naturalWidth > 0 && deep('.code').checkVisibility()",
            ..READY
        },
        Self {
            name: "awaiting-phone-wallet",
            shown_as: "awaiting",
            checkout: SOLD_THREE_WAYS,
            opened: golden!("payment-session/redirected-wallet"),
            steps: &[
                CHOOSE_THE_WALLET,
                Step {
                    once: WALLET_IS_CHOSEN,
                    then: "deep('[part=phone]').click(); document.activeElement?.blur();",
                },
            ],
            holds: "deep('.code').naturalWidth > 0 && deep('.code').checkVisibility()",
            ..READY
        },
        ended("paid", golden!("payment-session/captured")),
        ended("refunded", golden!("payment-session/refunded")),
        Self { holds: BUTTON, ..ended("declined", golden!("payment-session/rejected")) },
        Self {
            name: "declined-three-ways",
            shown_as: "declined",
            checkout: SOLD_THREE_WAYS,
            holds: BUTTON,
            ..ended("declined", golden!("payment-session/rejected-euro"))
        },
        Self { holds: BUTTON, ..ended("cancelled", golden!("payment-session/cancelled-bank")) },
        Self { holds: BUTTON, ..ended("expired", golden!("payment-session/cancelled-expired")) },
        Self {
            steps: &[Step { once: "deep('.order').innerText.includes('1042')", then: "timePasses(200000);" }],
            holds: BUTTON,
            ..ended("unresolved", Answer::Held)
        },
        Self {
            name: "setup-error",
            shown_as: "setup-error",
            has_backend: false,
            holds: "deep('.detail').checkVisibility()",
            ..READY
        },
    ];

    pub(crate) fn named(name: &str) -> Option<&'static Self> {
        Self::ALL.iter().find(|phase| phase.name == name)
    }
}
