//! One picture of the widget as plain data: a list of lines, an icon, at most one thing a press can mean. An empty line
//! is not shown.

use checkout_api::Product;
use checkout_core::PhaseName;

/// The lines of a picture: what is written, and what fills an attribute.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Line {
    /// What it is about.
    Heading,
    /// The sum, in large figures.
    Amount,
    /// `true` where the sum has many figures.
    Long,
    /// The order number.
    Order,
    /// What the buyer should know.
    Text,
    /// Fine print: the bank's code, the merchant's mistake.
    Detail,
    /// What went wrong just before, above the button.
    Notice,
    /// The one button.
    Button,
    /// The quiet button below it: pay on the phone.
    Phone,
    /// The address of the code that the phone scans.
    Code,
    /// `true` while something is under way: the button shows so and takes no press.
    Busy,
    /// The one link, for a browser that refused to leave by itself.
    Link,
    /// Where the link leads.
    Page,
    /// Above the button.
    Assurance,
    /// The question above the ways to pay.
    Ways,
    /// Whether the instruments of the card page are named beside the brand.
    Chips,
    /// The drawing beside the heading, as a path in a 24 × 24 box.
    Icon,
    /// The merchant's own logo.
    Logo,
    /// The language of the words.
    Lang,
    /// What the live region says; empty until something changes.
    Spoken,
}

/// How many lines there are.
const LINES: usize = Line::Spoken as usize + 1;

/// Everything on the screen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Picture {
    /// The phase, for styles and for telling a change of screen from a change of words.
    pub phase: PhaseName,
    /// How it is laid out.
    pub layout: Layout,
    /// What a press of the button means.
    pub action: Action,
    /// The ways to pay to choose from. Fewer than two: nothing to choose.
    pub ways: Vec<Way>,
    lines: [String; LINES],
}

/// A way to pay as one row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Way {
    /// The way.
    pub product: Product,
    /// Its name.
    pub name: String,
    /// What will happen.
    pub promise: String,
    /// Its mark, our own drawing.
    pub icon: Icon,
    /// Whether it is chosen.
    pub chosen: bool,
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
    /// An exclamation mark, for the merchant.
    Mark,
    /// A card.
    Card,
    /// A house of columns: an account at a bank.
    Bank,
    /// A wallet with a plus.
    Wallet,
}

impl Icon {
    /// The path, drawn by strokes.
    pub const fn path(self) -> &'static str {
        match self {
            Self::Turning => "M12 3a9 9 0 1 1-9 9",
            Self::Tick => "M5 12.5l4.5 4.5L19 7.5",
            Self::Cross => "M7 7l10 10M17 7L7 17",
            Self::Clock => "M12 6.5V12l3.5 2M12 3a9 9 0 1 0 .01 0",
            Self::Back => "M4 9h10a5 5 0 0 1 0 10H9M4 9l4-4M4 9l4 4",
            Self::Mark => "M12 5.5v8M12 17.6v.9",
            Self::Card => "M3 6h18v12H3zM3 10h18M6 15h4",
            Self::Bank => "M4 9l8-5 8 5zM6 12v5M12 12v5M18 12v5M4 20h16",
            Self::Wallet => "M17 7V4L4 7v12h16V7zM12 10v6M9 13h6",
        }
    }
}

impl Picture {
    /// Nothing but the frame.
    pub fn bare(phase: PhaseName, layout: Layout) -> Self {
        Self { phase, layout, action: Action::Pay, ways: Vec::new(), lines: Default::default() }
    }

    /// What stands in a line.
    pub fn line(&self, line: Line) -> &str {
        self.lines.get(line as usize).map_or("", String::as_str)
    }

    /// Writes a line.
    pub fn set(&mut self, line: Line, text: &str) {
        if let Some(place) = self.lines.get_mut(line as usize) {
            text.clone_into(place);
        }
    }

    /// Whether a press of the button is taken.
    pub fn takes_press(&self) -> bool {
        !self.line(Line::Button).is_empty() && self.line(Line::Busy).is_empty()
    }

    /// Whether going from `before` to this one is a new screen, which takes the focus to its heading.
    /// Pressing Pay is not: the buyer stays at the button, which says what it does.
    pub fn is_new_screen_after(&self, before: &Self) -> bool {
        self.phase != before.phase && (self.layout != Layout::Pay || before.layout != Layout::Pay)
    }

    /// What a screen reader is told when this picture appears.
    pub fn announcement(&self) -> String {
        let busy = if self.line(Line::Busy).is_empty() { "" } else { self.line(Line::Button) };
        let spoken = if self.layout == Layout::Pay {
            [busy, self.line(Line::Notice), self.line(Line::Text)]
        } else {
            [self.line(Line::Heading), self.line(Line::Text), self.line(Line::Detail)]
        };
        let mut said = String::new();
        for text in spoken {
            if !said.is_empty() && !text.is_empty() {
                said.push(' ');
            }
            said.push_str(text);
        }
        said
    }
}
