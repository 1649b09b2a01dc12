//! How a state looks: a shape, a tone and words, so that colour never carries the meaning alone.

use checkout_api::{PaymentState, RefundState};
use leptos::html;
use leptos::prelude::*;

use super::icon::{Icon, icon};
use crate::text::States;

/// How a state feels.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tone {
    /// Money is there.
    Good,
    /// Something is refused or wrong.
    Bad,
    /// It is not decided.
    Waiting,
    /// It is over, or has not begun.
    Quiet,
}

impl Tone {
    /// The class of styles.
    pub const fn class(self) -> &'static str {
        match self {
            Self::Good => "good",
            Self::Bad => "bad",
            Self::Waiting => "waiting",
            Self::Quiet => "quiet",
        }
    }
}

/// A state for people.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Mark {
    /// Its shape.
    pub icon: Icon,
    /// Its tone.
    pub tone: Tone,
    /// Its words.
    pub words: &'static str,
}

const fn mark(icon: Icon, tone: Tone, words: &'static str) -> Mark {
    Mark { icon, tone, words }
}

/// Of a payment.
pub fn mark_of_state(state: &PaymentState, reason: Option<&str>, words: &'static States) -> Mark {
    match state {
        PaymentState::Created => mark(Icon::Ring, Tone::Quiet, words.created),
        PaymentState::Redirected => mark(Icon::Clock, Tone::Waiting, words.redirected),
        PaymentState::Captured => mark(Icon::Tick, Tone::Good, words.captured),
        PaymentState::Paid => mark(Icon::Ticks, Tone::Good, words.paid),
        PaymentState::PartiallyRefunded => mark(Icon::PartBack, Tone::Quiet, words.partially_refunded),
        PaymentState::Refunded => mark(Icon::Back, Tone::Quiet, words.refunded),
        PaymentState::Rejected => mark(Icon::Cross, Tone::Bad, words.rejected),
        PaymentState::Cancelled if reason == Some("expired") => mark(Icon::Clock, Tone::Quiet, words.expired),
        PaymentState::Cancelled => mark(Icon::Cross, Tone::Quiet, words.cancelled),
        PaymentState::Unrecognized(_) => mark(Icon::Question, Tone::Waiting, words.unknown),
    }
}

/// Of a refund.
pub fn mark_of_refund(state: &RefundState, words: &'static States) -> Mark {
    match state {
        RefundState::Success => mark(Icon::Tick, Tone::Good, words.refund_done),
        RefundState::Pending => mark(Icon::Clock, Tone::Waiting, words.refund_pending),
        RefundState::Failed => mark(Icon::Cross, Tone::Bad, words.refund_failed),
        RefundState::Unknown | RefundState::Unrecognized(_) => {
            mark(Icon::Question, Tone::Waiting, words.refund_unknown)
        }
    }
}

/// Of the bank's operation, by the bank's word.
pub fn mark_of_operation(status: &str, words: &'static States) -> Mark {
    match status {
        "SUCCESS" => mark(Icon::Tick, Tone::Good, words.op_success),
        "FAIL" | "FAILED" | "REJECTED" | "DECLINED" => mark(Icon::Cross, Tone::Bad, words.op_fail),
        "PENDING" | "PROCESSING" => mark(Icon::Clock, Tone::Waiting, words.op_pending),
        _ => mark(Icon::Question, Tone::Waiting, words.unknown),
    }
}

/// The mark as a small label.
pub fn chip(mark: Mark) -> AnyView {
    html::span().class(["chip ", mark.tone.class()].concat()).child((icon(mark.icon), mark.words)).into_any()
}
