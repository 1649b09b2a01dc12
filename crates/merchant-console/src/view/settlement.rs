use crate::desk::Desk;
use leptos::prelude::*;
pub fn page(_: Desk, _: Option<String>) -> AnyView {
    ().into_any()
}
