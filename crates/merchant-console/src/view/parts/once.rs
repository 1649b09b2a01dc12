//! A latch: what is under way is not begun again by a second press, whose answer would contradict the first.

use leptos::prelude::*;

/// Whether something is under way.
#[derive(Debug, Clone, Copy)]
pub struct Once(RwSignal<bool>);

impl Once {
    /// Nothing is.
    pub fn new() -> Self {
        Self(RwSignal::new(false))
    }

    /// Begins it; false where it has begun already.
    pub fn begins(self) -> bool {
        self.0.try_update(|under_way| !std::mem::replace(under_way, true)).unwrap_or_default()
    }

    /// It is over.
    pub fn ends(self) {
        self.0.try_set(false);
    }
}

impl Default for Once {
    fn default() -> Self {
        Self::new()
    }
}
