//! The list cells of a shop's admin: however many are on the page, they ask once.

use std::cell::RefCell;
use std::collections::HashMap;

use checkout_api::OrderSummary;
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::Api;
use crate::browser::clock::pause;
use crate::failure::Failure;

/// Cells of one page come into being within a frame or two.
const GATHERING_MS: i32 = 30;
/// The backend's largest page.
const AT_ONCE: usize = 200;

/// What a cell shows: nothing yet, an order, no such order, a failure.
pub(crate) type Cell = Option<Result<Option<OrderSummary>, Failure>>;

#[derive(Debug)]
struct Waiting {
    api: Api,
    cells: Vec<(String, RwSignal<Cell>)>,
}

thread_local! {
    /// By backend and token: cells of two shops do not share a request.
    static WAITING: RefCell<HashMap<String, Waiting>> = RefCell::default();
}

impl Api {
    /// Fills the cell soon, together with the others.
    pub fn fill_soon(&self, order: &str, cell: RwSignal<Cell>) {
        let key = [self.base(), " ", &self.0.secret.borrow()].concat();
        let first = WAITING.with_borrow_mut(|waiting| {
            let entry = waiting
                .entry(key.clone())
                .or_insert_with(|| Waiting { api: self.clone(), cells: Vec::new() });
            entry.cells.push((order.to_owned(), cell));
            entry.cells.len() == 1
        });
        if first {
            spawn_local(async move {
                pause(GATHERING_MS).await;
                let Some(waiting) = WAITING.with_borrow_mut(|waiting| waiting.remove(&key)) else { return };
                for cells in waiting.cells.chunks(AT_ONCE) {
                    fill(&waiting.api, cells).await;
                }
            });
        }
    }
}

async fn fill(api: &Api, cells: &[(String, RwSignal<Cell>)]) {
    let mut orders: Vec<String> = cells.iter().map(|(order, _)| order.clone()).collect();
    orders.sort_unstable();
    orders.dedup();
    let answer = match api.begin().await {
        Ok(()) => api.orders_named(&orders).await,
        Err(failure) => Err(failure),
    };
    for (order, cell) in cells {
        let filled = match &answer {
            Ok(list) => Ok(list.orders.iter().find(|summary| summary.order.as_str() == order).cloned()),
            Err(failure) => Err(failure.clone()),
        };
        cell.try_set(Some(filled));
    }
}
