//! What kind of browser a buyer comes with.

/// What the buyer's system is set to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Scheme {
    Light,
    Dark,
}

impl Scheme {
    /// Both.
    pub const ALL: [Self; 2] = [Self::Light, Self::Dark];

    /// As CSS calls it.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Light => "light",
            Self::Dark => "dark",
        }
    }
}

/// A buyer's browser before it is opened.
#[derive(Debug, Clone)]
pub struct Profile {
    pub(crate) scripts: bool,
    pub(crate) language: String,
    pub(crate) window: (u32, u32),
    pub(crate) zoom: u32,
    pub(crate) scheme: Scheme,
    pub(crate) forced_colours: bool,
    pub(crate) reduced_motion: bool,
    pub(crate) chromium_arguments: Vec<String>,
}

impl Default for Profile {
    /// Scripts on, English, light, a window as wide as a small laptop's.
    fn default() -> Self {
        Self {
            scripts: true,
            language: "en".to_owned(),
            window: (1280, 900),
            zoom: 1,
            scheme: Scheme::Light,
            forced_colours: false,
            reduced_motion: false,
            chromium_arguments: Vec::new(),
        }
    }
}

impl Profile {
    /// The buyer has switched JavaScript off.
    #[must_use]
    pub fn without_scripts(mut self) -> Self {
        self.scripts = false;
        self
    }

    /// The language the browser asks pages for, as in `uk` or `en`.
    #[must_use]
    pub fn language(mut self, language: &str) -> Self {
        language.clone_into(&mut self.language);
        self
    }

    /// Width and height of the window in the screen's pixels.
    #[must_use]
    pub fn window(mut self, width: u32, height: u32) -> Self {
        self.window = (width, height);
        self
    }

    /// How many times larger than usual everything is shown: 4 is a zoom of 400 %.
    #[must_use]
    pub fn zoomed(mut self, times: u32) -> Self {
        self.zoom = times;
        self
    }

    /// Light or dark.
    #[must_use]
    pub fn scheme(mut self, scheme: Scheme) -> Self {
        self.scheme = scheme;
        self
    }

    /// The system's own few colours replace the pages'.
    #[must_use]
    pub fn forced_colours(mut self) -> Self {
        self.forced_colours = true;
        self
    }

    /// The buyer does not want things to move.
    #[must_use]
    pub fn reduced_motion(mut self) -> Self {
        self.reduced_motion = true;
        self
    }

    /// One more command-line argument for Chromium; other engines have no such thing.
    #[must_use]
    pub fn chromium_argument(mut self, argument: &str) -> Self {
        self.chromium_arguments.push(argument.to_owned());
        self
    }
}
