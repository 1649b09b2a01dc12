//! The list cells of a shop's admin: however many are on the page, they ask once, and one request brings all their
//! changes.

use std::cell::RefCell;
use std::collections::HashMap;

use checkout_api::OrderSummary;
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::Api;
use crate::browser::clock::pause;
use crate::failure::Failure;
use crate::news::is_news;

/// Cells of one page come into being within a frame or two.
const GATHERING_MS: i32 = 30;
/// The backend's largest page.
const AT_ONCE: usize = 200;
const WAIT_SECONDS: u32 = 25;
const FIRST_PAUSE_MS: i32 = 1_000;
const LONGEST_PAUSE_MS: i32 = 30_000;
/// A token for one order hears of no changes: its cell is looked at so often.
const LOOK_MS: i32 = 5_000;

/// What a cell shows: nothing yet, an order, no such order, a failure.
pub(crate) type Cell = Option<Result<Option<OrderSummary>, Failure>>;

/// The cells of one backend and one access.
#[derive(Debug)]
struct Board {
    api: Api,
    cells: Vec<(String, RwSignal<Cell>)>,
    /// Those that nothing was asked for yet.
    fresh: Vec<(String, RwSignal<Cell>)>,
    follows: bool,
}

thread_local! {
    /// By backend and token: cells of two shops share nothing.
    static BOARDS: RefCell<HashMap<String, Board>> = RefCell::default();
}

impl Api {
    /// Fills the cell soon, together with the others, and again whenever its order changes.
    pub fn keep_filled(&self, access: &str, order: &str, cell: RwSignal<Cell>) {
        let key = [self.base(), " ", access].concat();
        let begins = BOARDS.with_borrow_mut(|boards| {
            let board = boards.entry(key.clone()).or_insert_with(|| Board {
                api: self.clone(),
                cells: Vec::new(),
                fresh: Vec::new(),
                follows: false,
            });
            board.fresh.push((order.to_owned(), cell));
            board.fresh.len() == 1
        });
        if begins {
            spawn_local(gather(key));
        }
    }
}

/// Asks for all cells that came at once; the first time it stays and follows the changes.
async fn gather(key: String) {
    pause(GATHERING_MS).await;
    let Some((api, follows)) = BOARDS.with_borrow_mut(|boards| {
        let board = boards.get_mut(&key)?;
        Some((board.api.clone(), std::mem::replace(&mut board.follows, true)))
    }) else {
        return;
    };
    // The place of now comes first: what changes while the cells are filled is told after it.
    let place = if follows { None } else { Some(now(&api).await) };
    let fresh = BOARDS.with_borrow_mut(|boards| {
        let Some(board) = boards.get_mut(&key) else { return Vec::new() };
        let fresh = std::mem::take(&mut board.fresh);
        board.cells.extend(fresh.iter().cloned());
        fresh
    });
    fill(&api, &fresh).await;
    match place {
        Some(Ok(cursor)) => follow(&key, &api, cursor).await,
        Some(Err(_)) => look(&key, &api).await,
        None => {}
    }
}

async fn now(api: &Api) -> Result<String, Failure> {
    api.begin().await?;
    Ok(api.changes(None, 0, None).await?.cursor)
}

async fn fill(api: &Api, cells: &[(String, RwSignal<Cell>)]) {
    for cells in cells.chunks(AT_ONCE) {
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
            learn(*cell, filled);
        }
    }
}

/// What is there stays where nothing newer has come; a failure shows only where nothing is there yet.
fn learn(cell: RwSignal<Cell>, filled: Result<Option<OrderSummary>, Failure>) {
    let is_news = cell.try_with_untracked(|known| match (known, &filled) {
        (Some(Ok(Some(known))), Ok(Some(newer))) => is_news(known, newer),
        (Some(Ok(_)), Err(_) | Ok(None)) => false,
        (None | Some(Err(_) | Ok(None)), _) => true,
    });
    if is_news == Some(true) {
        cell.try_set(Some(filled));
    }
}

async fn follow(key: &str, api: &Api, mut cursor: String) {
    let mut wait = FIRST_PAUSE_MS;
    while !cells(key).is_empty() {
        match api.changes(Some(&cursor), WAIT_SECONDS, None).await {
            Ok(news) => {
                wait = FIRST_PAUSE_MS;
                cursor = news.cursor;
                let cells = cells(key);
                for summary in news.orders {
                    let of_it = cells.iter().filter(|(order, _)| order == summary.order.as_str());
                    for (_, cell) in of_it {
                        learn(*cell, Ok(Some(summary.clone())));
                    }
                }
            }
            Err(failure) if failure.may_pass() => {
                pause(wait).await;
                wait = wait.saturating_mul(2).min(LONGEST_PAUSE_MS);
            }
            // The token has ended for good: the cells keep what they knew.
            Err(_) => return end(key),
        }
    }
    end(key);
}

async fn look(key: &str, api: &Api) {
    loop {
        pause(LOOK_MS).await;
        let cells = cells(key);
        if cells.is_empty() {
            return end(key);
        }
        fill(api, &cells).await;
    }
}

/// The cells that are still on the page.
fn cells(key: &str) -> Vec<(String, RwSignal<Cell>)> {
    BOARDS.with_borrow_mut(|boards| {
        let Some(board) = boards.get_mut(key) else { return Vec::new() };
        board.cells.retain(|(_, cell)| !cell.is_disposed());
        board.cells.clone()
    })
}

fn end(key: &str) {
    BOARDS.with_borrow_mut(|boards| {
        if let Some(board) = boards.get_mut(key) {
            board.follows = false;
            if board.fresh.is_empty() && board.cells.is_empty() {
                boards.remove(key);
            }
        }
    });
}
