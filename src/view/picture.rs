//! One picture of the widget as plain data: texts, an icon, at most one button. An empty text is not shown.

use checkout_api::Product;
use checkout_core::{PhaseName, ViewModel};

use crate::text::Words;

/// Everything on the screen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Picture {
    /// The phase, for styles and for telling a change of screen from a change of words.
    pub phase: PhaseName,
    /// How it is laid out.
    pub layout: Layout,
    /// The drawing beside the heading.
    pub icon: Icon,
    /// What it is about.
    pub heading: String,
    /// The sum, in large figures.
    pub amount: String,
    /// The order number.
    pub order: String,
    /// What the buyer should know.
    pub text: String,
    /// Fine print: the bank's code, the merchant's mistake.
    pub detail: String,
    /// What went wrong just before, above the button.
    pub notice: String,
    /// The ways to pay to choose from: the way, its name, whether it is chosen. Fewer than two: nothing to choose.
    pub ways: Vec<Way>,
    /// The question above them.
    pub ways_question: &'static str,
    /// The one button.
    pub button: Option<Button>,
    /// The one link: its address and its words.
    pub link: Option<(String, &'static str)>,
    /// Under the button.
    pub assurance: &'static str,
}

/// A way to pay as one row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Way {
    /// The way.
    pub product: Product,
    /// Its name.
    pub name: &'static str,
    /// Whether it is chosen.
    pub chosen: bool,
}

/// The one button.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Button {
    /// Its words.
    pub label: String,
    /// Something is under way: it shows so and takes no press.
    pub busy: bool,
    /// What a press means.
    pub action: Action,
}

/// What a press means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Action {
    /// Pay, try again, pay again.
    Pay,
    /// Ask about the outcome once more.
    Check,
    /// Load the page anew.
    Reload,
}

/// The three layouts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Layout {
    /// One row beside other methods.
    Option,
    /// Amount and button.
    Pay,
    /// What happened.
    Outcome,
}

impl Layout {
    /// The word in styles and tests.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Option => "option",
            Self::Pay => "pay",
            Self::Outcome => "outcome",
        }
    }
}

/// The drawings. Colour never carries the meaning alone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Icon {
    /// None.
    Nothing,
    /// Turning: something is under way.
    Turning,
    /// A tick.
    Tick,
    /// A cross.
    Cross,
    /// A clock: time ran out, or waiting goes on.
    Clock,
    /// An arrow back: returned.
    Back,
    /// A spanner's place: an exclamation mark, for the merchant.
    Mark,
}

impl Icon {
    /// The path in a 24 × 24 box, drawn by strokes.
    pub const fn path(self) -> &'static str {
        match self {
            Self::Nothing => "",
            Self::Turning => "M12 3a9 9 0 1 1-9 9",
            Self::Tick => "M5 12.5l4.5 4.5L19 7.5",
            Self::Cross => "M7 7l10 10M17 7L7 17",
            Self::Clock => "M12 6.5V12l3.5 2M12 3a9 9 0 1 0 .01 0",
            Self::Back => "M4 9h10a5 5 0 0 1 0 10H9M4 9l4-4M4 9l4 4",
            Self::Mark => "M12 5.5v8M12 17.6v.9",
        }
    }
}

/// What every phase draws from.
#[derive(Debug, Clone, Copy)]
pub struct Common<'a> {
    /// The core's view model.
    pub model: &'a ViewModel,
    /// The buyer's language.
    pub words: &'a Words,
    /// The amount as the buyer writes it; empty when unknown.
    pub amount: &'a str,
}

impl Common<'_> {
    /// The pay card: amount, ways to pay, button.
    pub fn pay_card(&self, phase: PhaseName, button: Button) -> Picture {
        Picture {
            layout: Layout::Pay,
            heading: self.words.to_pay.to_owned(),
            amount: self.amount.to_owned(),
            order: self.order(),
            ways: self.ways(),
            ways_question: self.words.ways,
            button: Some(button),
            assurance: self.words.assurance,
            ..Picture::bare(phase, Layout::Pay)
        }
    }

    /// The screen of what happened.
    pub fn outcome(&self, phase: PhaseName, icon: Icon, heading: &str, text: &str) -> Picture {
        Picture {
            icon,
            heading: heading.to_owned(),
            amount: self.amount.to_owned(),
            order: self.order(),
            text: text.to_owned(),
            ..Picture::bare(phase, Layout::Outcome)
        }
    }

    fn order(&self) -> String {
        self.model.order.as_ref().map(|order| self.words.order(order)).unwrap_or_default()
    }

    fn ways(&self) -> Vec<Way> {
        let way = |product: &Product| {
            let chosen = self.model.product.as_ref() == Some(product);
            self.words.way(product).map(|name| Way { product: product.clone(), name, chosen })
        };
        let known: Vec<Way> = self.model.products.iter().filter_map(way).collect();
        if known.len() < 2 { Vec::new() } else { known }
    }
}

impl Picture {
    /// Nothing but the frame.
    pub const fn bare(phase: PhaseName, layout: Layout) -> Self {
        Self {
            phase,
            layout,
            icon: Icon::Nothing,
            heading: String::new(),
            amount: String::new(),
            order: String::new(),
            text: String::new(),
            detail: String::new(),
            notice: String::new(),
            ways: Vec::new(),
            ways_question: "",
            button: None,
            link: None,
            assurance: "",
        }
    }

    /// Whether going from `before` to this one is a new screen, which takes the focus to its heading.
    /// Pressing Pay is not: the buyer stays at the button, which says what it does.
    pub fn is_new_screen_after(&self, before: &Self) -> bool {
        self.phase != before.phase && (self.layout != Layout::Pay || before.layout != Layout::Pay)
    }

    /// What a screen reader is told when this picture appears.
    pub fn announcement(&self) -> String {
        let spoken = if self.layout == Layout::Pay {
            let busy = self.button.as_ref().filter(|button| button.busy);
            vec![busy.map_or("", |button| button.label.as_str()), &self.notice, &self.text]
        } else {
            vec![self.heading.as_str(), &self.text, &self.detail]
        };
        spoken.into_iter().filter(|text| !text.is_empty()).collect::<Vec<_>>().join(" ")
    }
}

impl Button {
    /// A button that takes a press.
    pub fn ready(label: impl Into<String>, action: Action) -> Self {
        Self { label: label.into(), busy: false, action }
    }

    /// A button that shows what is under way.
    pub fn busy(label: impl Into<String>) -> Self {
        Self { label: label.into(), busy: true, action: Action::Pay }
    }
}
