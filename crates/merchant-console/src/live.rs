//! Live changes by long-poll, for as long as the view that wants them lives.

use checkout_api::OrderSummary;
use leptos::prelude::*;
use leptos::task::spawn_local;
use web_sys::{AbortController, AbortSignal};

use crate::api::Api;
use crate::browser::clock::pause;
use crate::desk::Desk;

const WAIT_SECONDS: u32 = 25;
const FIRST_PAUSE_MS: i32 = 1_000;
const LONGEST_PAUSE_MS: i32 = 30_000;

/// How the connection stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Line {
    /// Changes arrive.
    Open,
    /// The backend is not reached; it is tried again.
    Lost,
    /// There are no live changes for this access.
    None,
}

/// Ends when the current view does.
pub fn until_gone() -> Option<AbortSignal> {
    let controller = AbortController::new().ok()?;
    let signal = controller.signal();
    let controller = StoredValue::new_local(controller);
    on_cleanup(move || {
        controller.try_with_value(AbortController::abort);
    });
    Some(signal)
}

/// Calls back with every change until the current view is gone. `fetch` is called once the place of now is known, so that
/// what changes while it is under way is told after it; and at once where that place cannot be had.
pub fn follow(
    desk: Desk,
    fetch: impl Fn() + 'static,
    changed: impl Fn(Vec<OrderSummary>) + 'static,
) -> RwSignal<Line> {
    let line = RwSignal::new(Line::Open);
    if let (Some(api), Some(gone)) = (desk.api().map(Api::unattended), until_gone()) {
        spawn_local(async move {
            let mut cursor: Option<String> = None;
            let mut wait = FIRST_PAUSE_MS;
            let mut fetched = false;
            while !gone.aborted() {
                // After a broken line the first answer says that it holds again: it is not waited for.
                let lost = line.try_get_untracked() == Some(Line::Lost);
                let seconds = if cursor.is_none() || lost { 0 } else { WAIT_SECONDS };
                let answer = api.changes(cursor.as_deref(), seconds, Some(gone.clone())).await;
                if gone.aborted() {
                    return;
                }
                if !fetched || (cursor.is_none() && answer.is_ok()) {
                    fetched = true;
                    fetch();
                }
                match answer {
                    Ok(news) => {
                        let first = cursor.replace(news.cursor).is_none();
                        line.try_set(Line::Open);
                        wait = FIRST_PAUSE_MS;
                        if !first && !news.orders.is_empty() {
                            changed(news.orders);
                        }
                    }
                    Err(failure) if failure.may_pass() => {
                        line.try_set(Line::Lost);
                        pause(wait).await;
                        wait = wait.saturating_mul(2).min(LONGEST_PAUSE_MS);
                    }
                    Err(_) => {
                        line.try_set(Line::None);
                        return;
                    }
                }
            }
        });
    }
    line
}
