//! How much may go wrong in one run of the model. Everything else is free: any order of events, any delay.

/// Budgets; a run spends them one by one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Bounds {
    /// Tabs of one buyer on the same order.
    pub tabs: u8,
    /// Messages lost, delayed or doubled, on any of the ways.
    pub faults: u8,
    /// Kills of the backend, each followed by a restart with the same ledger.
    pub crashes: u8,
    /// Presses of Pay, in all tabs together.
    pub presses: u8,
    /// Reloads of a shop page.
    pub reloads: u8,
    /// Refusals the bank takes back: the money comes all the same.
    pub late_money: u8,
    /// How far the clock on the wall goes: index of the last moment of [`Bounds::MOMENTS`].
    pub moments: u8,
}

impl Bounds {
    /// The moments of the run in minutes: in a page's life, after it, and after the last question about it.
    pub const MOMENTS: [i64; 4] = [0, 10, 20, 1_600];

    /// What an ordinary test explores to the end, each from another side.
    pub const TEST: [Self; 5] = [
        Self { tabs: 1, faults: 0, crashes: 1, presses: 2, reloads: 0, late_money: 0, moments: 2 },
        Self { tabs: 1, faults: 1, crashes: 0, presses: 2, reloads: 0, late_money: 0, moments: 0 },
        Self { tabs: 2, faults: 0, crashes: 0, presses: 2, reloads: 0, late_money: 0, moments: 0 },
        Self { tabs: 2, faults: 1, crashes: 1, presses: 1, reloads: 0, late_money: 0, moments: 0 },
        Self { tabs: 1, faults: 1, crashes: 0, presses: 2, reloads: 0, late_money: 1, moments: 0 },
    ];

    /// For a machine with time.
    pub const SOAK: Self =
        Self { tabs: 2, faults: 1, crashes: 1, presses: 2, reloads: 0, late_money: 1, moments: 3 };
}
