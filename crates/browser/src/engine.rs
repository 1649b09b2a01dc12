//! The browsers there are.

/// A browser engine behind WebDriver.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Engine {
    Chromium,
    /// What Chromium draws and runs pages with, without the window around it: a third of a journey's work less. It is
    /// no buyer's browser.
    HeadlessShell,
    Firefox,
}

impl Engine {
    /// Those that buyers have.
    pub const ALL: [Self; 2] = [Self::Chromium, Self::Firefox];

    /// Its name, for people.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Chromium => "Chromium",
            Self::HeadlessShell => "Chromium's headless shell",
            Self::Firefox => "Firefox",
        }
    }

    /// The variable that names its driver, and the driver where there is none.
    pub(crate) const fn driver(self) -> (&'static str, &'static str) {
        match self {
            Self::Chromium | Self::HeadlessShell => ("CHROMEDRIVER", "chromedriver"),
            Self::Firefox => ("GECKODRIVER", "geckodriver"),
        }
    }
}
