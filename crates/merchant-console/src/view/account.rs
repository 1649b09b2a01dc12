use crate::desk::Desk;
use leptos::prelude::*;
pub fn page(_: Desk) -> AnyView {
    ().into_any()
}
