//! Drawings in a 24 × 24 box, by strokes. Never the only bearer of a meaning.

use leptos::prelude::*;
use leptos::svg;

/// What is drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Icon {
    /// A tick.
    Tick,
    /// Two ticks: settled.
    Ticks,
    /// A cross.
    Cross,
    /// A clock.
    Clock,
    /// An arrow back.
    Back,
    /// Half an arrow back: in part.
    PartBack,
    /// A dotted ring: not begun.
    Ring,
    /// A question mark.
    Question,
    /// An exclamation mark.
    Mark,
    /// Two sheets.
    Copy,
    /// An arrow out of a box.
    Out,
    /// An arrow to the left.
    Left,
    /// An arrow down into a tray.
    Download,
    /// A round arrow.
    Again,
    /// A funnel.
    Funnel,
}

impl Icon {
    const fn path(self) -> &'static str {
        match self {
            Self::Tick => "M5 12.5l4.5 4.5L19 7.5",
            Self::Ticks => "M2.5 12.5l4.5 4.5L15 8M12 16l1 1L22 7.5",
            Self::Cross => "M7 7l10 10M17 7L7 17",
            Self::Clock => "M12 7v5l3.5 2M12 3a9 9 0 1 0 .01 0",
            Self::Back => "M4 9h10a5 5 0 0 1 0 10H9M4 9l4-4M4 9l4 4",
            Self::PartBack => "M4 9h9a4.5 4.5 0 0 1 4 6.5M4 9l4-4M4 9l4 4M9 19h.01M13 19h.01",
            Self::Ring => "M12 4a8 8 0 1 0 .01 0",
            Self::Question => {
                "M9 9.5a3 3 0 1 1 4.2 2.7c-.8.4-1.2 1-1.2 1.8v.5M12 17.6v.4M12 3a9 9 0 1 0 .01 0"
            }
            Self::Mark => "M12 7.5v5.5M12 16.4v.4M12 3a9 9 0 1 0 .01 0",
            Self::Copy => "M9 9h10v11H9zM15 9V4H5v11h4",
            Self::Out => "M14 4h6v6M20 4l-9 9M18 14v6H4V6h6",
            Self::Left => "M19 12H5M5 12l6-6M5 12l6 6",
            Self::Download => "M12 4v11M12 15l-4.5-4.5M12 15l4.5-4.5M4 20h16",
            Self::Again => "M20 5v5h-5M19.5 10a8 8 0 1 0 .5 4",
            Self::Funnel => "M4 5h16l-6 8v5l-4 2v-7z",
        }
    }
}

/// The drawing, hidden from screen readers.
pub fn icon(icon: Icon) -> AnyView {
    svg::svg()
        .attr("class", "icon")
        .attr("viewBox", "0 0 24 24")
        .attr("aria-hidden", "true")
        .attr("focusable", "false")
        .child(svg::path().attr("d", icon.path()))
        .into_any()
}
