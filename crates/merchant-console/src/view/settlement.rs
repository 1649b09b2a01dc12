use leptos::prelude::*; use crate::desk::Desk; pub fn page(_: Desk, _: Option<String>) -> AnyView { ().into_any() }
