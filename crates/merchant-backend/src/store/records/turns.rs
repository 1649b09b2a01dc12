//! What goes into and comes out of taking turns with an order among several instances. Plain data.

use std::time::Duration;

use crate::payments::attempt::OrderId;

/// A wish for a turn.
#[derive(Debug, Clone)]
pub struct TurnClaim {
    /// Which turns.
    pub name: String,
    /// What it is about: another's turn about the same can make this one needless.
    pub about: String,
    /// Who wishes.
    pub holder: String,
    /// How long a turn lasts that nobody keeps or ends.
    pub lease: Duration,
    /// The turn under way when the wish came; absent where a turn of one's own is wanted.
    pub seen: Option<i64>,
}

/// Whether it is one's turn.
#[derive(Debug, Clone)]
pub enum Turn {
    /// It is.
    Yours {
        /// Which one.
        number: i64,
    },
    /// Another's, or a rest after another's.
    Taken {
        /// Which one.
        number: i64,
        /// Until it ends by itself.
        left: Duration,
        /// Only the rest is left of it.
        ended: bool,
    },
    /// A turn about the same began and ended since.
    DoneByAnother,
}

/// What another instance stored.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Change {
    /// Something of this order.
    Order(OrderId),
    /// Nobody knows: the line to the others was down.
    Anything,
}
