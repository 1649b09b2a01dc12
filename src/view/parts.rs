//! Every element of the widget, as a table: the one set that draws any picture.

use super::picture::Line;

/// One element.
#[derive(Debug)]
pub struct Part {
    /// Its tag.
    pub tag: &'static str,
    /// What never changes of it.
    pub fixed: &'static [(&'static str, &'static str)],
    /// Its words, where they never change: a name.
    pub says: &'static str,
    /// What the lines of the picture fill.
    pub slots: &'static [(Slot, Line)],
    /// The event in which the buyer speaks through it; empty: none.
    pub hears: &'static str,
    /// The elements inside, in order.
    pub inside: &'static [Self],
}

/// What of an element a line fills.
#[derive(Debug, Clone, Copy)]
pub enum Slot {
    /// Its words.
    Words,
    /// Whether it is there: an empty line hides it.
    Presence,
    /// An attribute; absent while the line is empty.
    Attribute(&'static str),
}

/// Marks the button that pays on the phone.
pub const PHONE: &str = "data-phone";

type Fixed = &'static [(&'static str, &'static str)];
type Slots = &'static [(Slot, Line)];

/// The card.
pub const CARD: Part = Part {
    slots: &[(Slot::Attribute("lang"), Line::Lang)],
    ..group("div", &[("class", "card"), ("part", "card")], &[HEAD, BODY, FOOT, SPOKEN])
};

const HEAD: Part = group(
    "div",
    &[("class", "head")],
    &[
        MARK,
        name("p", &[("class", "brand")], "AlliancePay"),
        // The accepted instruments are plain words: their makers' artwork is not ours to ship.
        Part {
            slots: &[(Slot::Presence, Line::Chips)],
            ..group(
                "ul",
                &[("class", "chips")],
                &[
                    name("li", &[], "Visa"),
                    name("li", &[], "Mastercard"),
                    name("li", &[], "Apple Pay"),
                    name("li", &[], "Google Pay"),
                ],
            )
        },
    ],
);

/// The mark: our own drawing of two strokes that lean on each other, or the merchant's logo in its place.
const MARK: Part = group(
    "span",
    &[("class", "mark"), ("aria-hidden", "true")],
    &[
        group(
            "svg",
            &[("viewBox", "0 0 32 32")],
            &[
                name("path", &[("d", "M7 25L16 7")], ""),
                name("path", &[("d", "M25 25L16 7M11.5 19.5h9")], ""),
            ],
        ),
        filled("img", &[("alt", "")], &[(Slot::Attribute("src"), Line::Logo), (Slot::Presence, Line::Logo)]),
    ],
);

const BODY: Part = group(
    "div",
    &[("class", "body")],
    &[
        Part { slots: &[(Slot::Presence, Line::Icon)], ..ICON },
        filled("h2", &[("class", "heading"), ("tabindex", "-1")], &[(Slot::Words, Line::Heading)]),
        filled(
            "p",
            &[("class", "amount")],
            &[
                (Slot::Words, Line::Amount),
                (Slot::Presence, Line::Amount),
                (Slot::Attribute("data-long"), Line::Long),
            ],
        ),
        filled("p", &[("class", "order")], &[(Slot::Words, Line::Order), (Slot::Presence, Line::Order)]),
        // The backend draws it. The words beside it say what it is for.
        filled(
            "img",
            &[("class", "code"), ("alt", "QR")],
            &[(Slot::Attribute("src"), Line::Code), (Slot::Presence, Line::Code)],
        ),
        filled("p", &[("class", "text")], &[(Slot::Words, Line::Text), (Slot::Presence, Line::Text)]),
        filled("p", &[("class", "detail")], &[(Slot::Words, Line::Detail), (Slot::Presence, Line::Detail)]),
    ],
);

/// The drawing beside the heading; decoration only, the heading says the same.
const ICON: Part = group(
    "span",
    &[("class", "icon"), ("aria-hidden", "true")],
    &[group(
        "svg",
        &[("viewBox", "0 0 24 24")],
        &[filled("path", &[], &[(Slot::Attribute("d"), Line::Icon)])],
    )],
);

const FOOT: Part = group(
    "div",
    &[("class", "foot")],
    &[
        // The ways to pay as native radios; not there when there is nothing to choose.
        Part {
            slots: &[(Slot::Presence, Line::Ways), (Slot::Attribute("disabled"), Line::Busy)],
            hears: "change",
            ..group("fieldset", &[("class", "ways")], &[filled("legend", &[], &[(Slot::Words, Line::Ways)])])
        },
        filled("p", &[("class", "notice")], &[(Slot::Words, Line::Notice), (Slot::Presence, Line::Notice)]),
        // Above the button: where it gives way to a choice, the button stays where it is.
        filled(
            "p",
            &[("class", "assurance")],
            &[(Slot::Words, Line::Assurance), (Slot::Presence, Line::Assurance)],
        ),
        BUTTON,
        // Where a phone is at hand: styles show it on wide screens with a mouse only.
        Part {
            slots: &[(Slot::Words, Line::Phone), (Slot::Presence, Line::Phone)],
            hears: "click",
            ..name("button", &[("class", "phone"), ("part", "phone"), ("type", "button"), (PHONE, "")], "")
        },
        // For a browser that refused to leave by itself. It opens in the whole tab, out of any frame.
        filled(
            "a",
            &[("class", "button"), ("part", "button"), ("target", "_top"), ("rel", "noreferrer")],
            &[(Slot::Words, Line::Link), (Slot::Presence, Line::Link), (Slot::Attribute("href"), Line::Page)],
        ),
    ],
);

/// The one button. A busy one keeps the focus: it is not `disabled`, it takes no press.
const BUTTON: Part = Part {
    slots: &[
        (Slot::Presence, Line::Button),
        (Slot::Attribute("aria-busy"), Line::Busy),
        (Slot::Attribute("aria-disabled"), Line::Busy),
    ],
    hears: "click",
    ..group(
        "button",
        &[("class", "button"), ("part", "button"), ("type", "button")],
        &[
            name("span", &[("class", "spinner"), ("aria-hidden", "true")], ""),
            filled("span", &[], &[(Slot::Words, Line::Button)]),
        ],
    )
};

/// The one live region.
const SPOKEN: Part =
    filled("div", &[("class", "spoken"), ("role", "status")], &[(Slot::Words, Line::Spoken)]);

const fn group(tag: &'static str, fixed: Fixed, inside: &'static [Part]) -> Part {
    Part { inside, ..name(tag, fixed, "") }
}

const fn filled(tag: &'static str, fixed: Fixed, slots: Slots) -> Part {
    Part { slots, ..name(tag, fixed, "") }
}

const fn name(tag: &'static str, fixed: Fixed, says: &'static str) -> Part {
    Part { tag, fixed, says, slots: &[], hears: "", inside: &[] }
}
