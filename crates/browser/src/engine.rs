//! The browsers there are.

/// A browser engine behind WebDriver.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Engine {
    Chromium,
    Firefox,
}

impl Engine {
    /// Every engine.
    pub const ALL: [Self; 2] = [Self::Chromium, Self::Firefox];

    /// Its name, for people.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Chromium => "Chromium",
            Self::Firefox => "Firefox",
        }
    }

    /// The variable that names its driver, and the driver where there is none.
    pub(crate) const fn driver(self) -> (&'static str, &'static str) {
        match self {
            Self::Chromium => ("CHROMEDRIVER", "chromedriver"),
            Self::Firefox => ("GECKODRIVER", "geckodriver"),
        }
    }
}
