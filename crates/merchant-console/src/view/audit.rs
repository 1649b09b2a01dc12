use leptos::prelude::*; use crate::desk::Desk; pub fn page(_: Desk) -> AnyView { ().into_any() }
