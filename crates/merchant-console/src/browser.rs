//! Every call into the browser that is not drawing. No decisions here.

pub mod address;
pub mod clock;
pub mod days;
pub mod http;
pub mod intl;
pub mod memory;
pub mod page;
pub mod random;

use web_sys::Window;

/// The window; the console runs nowhere else.
pub fn window() -> Window {
    leptos::prelude::window()
}
