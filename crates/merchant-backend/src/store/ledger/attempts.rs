//! Transactions that begin an attempt and store the bank's answer to its creation.

use crate::store::sql::{OptionalExtension, Transaction, params};
use checkout_api::OrderRef;
use jiff::Timestamp;

use super::events::{self, Event};
use super::rows::{amount, attempt_by_id, attempts_of, country, ms, products};
use super::{locks, reads};
use crate::payments::attempt::{self, Anomaly, Attempt, AttemptId, Beginning, OrderId};
use crate::payments::decide::Decision;
use crate::payments::idempotency::{self, KeyedBody, KnownKey, Recall};
use crate::payments::schedule::{self, Schedule};
use crate::payments::state::{self, Fact, State};
use crate::provider::{OpenedPage, refusal};
use crate::store::StoreError;
use crate::store::records::{Begin, Begun, FreshIds, Refusal, SessionView, Succession, Terminal, ToSend};

/// Finds the attempt a wish to pay means, or stores a new one.
pub(super) fn begin(tx: &Transaction<'_>, begin: &Begin) -> Result<Begun, StoreError> {
    locks::order(tx, begin.order)?;
    if let Some(keyed) = &begin.keyed {
        match idempotency::recall(known_key(tx, begin.order, keyed)?.as_ref(), &keyed.body_hash) {
            Recall::Reused => return Ok(Begun::KeyReused),
            Recall::Same(id) => {
                let attempt = attempt_by_id(tx, id)?;
                if !attempt.is_unanswered() {
                    return existing(tx, &attempt, begin.now);
                }
                // An unanswered attempt goes on below: only there is it known whether it is still worth sending.
            }
            Recall::New => {}
        }
    }
    let attempts = attempts_of(tx, begin.order)?;
    let find = |id| attempts.iter().find(|attempt| attempt.id == id);
    match attempt::beginning(&attempts, begin.now) {
        Beginning::AlreadyPaid(id) => match find(id) {
            Some(paid) => Ok(Begun::AlreadyPaid(paid.session.clone())),
            None => Err(StoreError::Unreadable("attempts".to_owned())),
        },
        Beginning::Live(id) => {
            remember(tx, begin.order, begin.keyed.as_ref(), id, begin.now)?;
            existing(tx, &attempt_by_id(tx, id)?, begin.now)
        }
        Beginning::AskFirst(id) => {
            let question = reads::askable(tx, begin.order)?.into_iter().find(|it| it.attempt == id);
            question.map(Begun::AskFirst).ok_or_else(|| StoreError::Unreadable("attempts".to_owned()))
        }
        Beginning::Unanswered(id) => {
            remember(tx, begin.order, begin.keyed.as_ref(), id, begin.now)?;
            to_send(tx, id)
        }
        Beginning::Free { abandoned } => {
            let Some(wish) = choose(tx, begin)? else { return Ok(Begun::NoOrder) };
            let Some(terminal) = wish.terminal else { return Ok(Begun::NotOffered) };
            let id = insert(tx, begin.order, &terminal, wish.locale.as_deref(), &begin.fresh, begin.now)?;
            if let Some(lost) = abandoned {
                give_up(tx, begin.order, lost, id, begin.now)?;
            }
            remember(tx, begin.order, begin.keyed.as_ref(), id, begin.now)?;
            to_send(tx, id)
        }
    }
}

/// Marks an attempt as unreachable and stores its successor; keys that named it name the successor.
pub(super) fn succeed(tx: &Transaction<'_>, succession: &Succession) -> Result<Begun, StoreError> {
    locks::order_of_attempt(tx, succession.lost)?;
    let lost = attempt_by_id(tx, succession.lost)?;
    // Another instance may have gone on with the order: one successor is enough, and a page that came is no lost one.
    let attempts = attempts_of(tx, lost.order)?;
    if let Some(latest) = attempts.last().filter(|latest| latest.id != lost.id || !lost.is_unanswered()) {
        return if latest.is_unanswered() {
            to_send(tx, latest.id)
        } else {
            existing(tx, latest, succession.now)
        };
    }
    let terminal = succession.terminals.iter().find(|terminal| terminal.product == lost.product);
    let Some(terminal) = terminal else { return Ok(Begun::NotOffered) };
    let id = insert(tx, lost.order, terminal, lost.locale.as_deref(), &succession.fresh, succession.now)?;
    give_up(tx, lost.order, lost.id, id, succession.now)?;
    to_send(tx, id)
}

/// Stores the page the bank gave.
pub(super) fn record_page(
    tx: &Transaction<'_>,
    id: AttemptId,
    page: &OpenedPage,
    schedule: &Schedule,
    now: Timestamp,
) -> Result<SessionView, StoreError> {
    locks::order_of_attempt(tx, id)?;
    let attempt = attempt_by_id(tx, id)?;
    // The page lives as long as the bank says: with a shorter life on our side two pages could take money at once.
    // Without the bank's word it lives from now, for the answer may have come late.
    let asked_for = attempt.expires_at.duration_since(attempt.created_at);
    let expires_at =
        page.expires_at.unwrap_or_else(|| now.saturating_add(asked_for).unwrap_or(Timestamp::MAX));
    let state = state::next(attempt.state, Fact::PageOpened).unwrap_or(attempt.state);
    tx.prepare_cached(
        "UPDATE attempts SET state = ?2, bank_order = ?3, bank_reference = ?4, page = ?5, status_page = ?6,
                opened_at = ?7, expires_at = ?8, next_ask_at = ?9 WHERE id = ?1",
    )?
    .execute(params![
        id.0,
        state.word(),
        page.bank_order,
        page.bank_reference,
        page.page,
        page.status_page,
        now.as_millisecond(),
        expires_at.as_millisecond(),
        ms(schedule.next(now, expires_at, now)),
    ])?;
    let event =
        Event { attempt: Some(id), who: "bank", what: "page_opened", detail: None, raw: Some(&page.raw) };
    events::write(tx, attempt.order, event, now)?;
    events::order_changed(tx, attempt.order, now)?;
    view(tx, &attempt, now)
}

/// Stores that the bank refused to make the order, or made it and ended it at once.
pub(super) fn record_refusal(
    tx: &Transaction<'_>,
    id: AttemptId,
    refused: &Refusal,
    schedule: &Schedule,
    now: Timestamp,
) -> Result<SessionView, StoreError> {
    locks::order_of_attempt(tx, id)?;
    let attempt = Attempt { bank_order: refused.bank_order.clone(), ..attempt_by_id(tx, id)? };
    let fact = if refused.cancelled { Fact::BankCancelled } else { Fact::BankRefused };
    if let Some(state) = state::next(attempt.state, fact) {
        let Refusal { bank_order, code, message, .. } = refused;
        let anomalies = attempt.anomalies.clone();
        let decision = Decision { state, reason: Some(code.clone()), anomalies };
        let next = schedule.next_question(&attempt, &decision, false, now);
        tx.execute(
            "UPDATE attempts SET state = ?2, reason = ?3, bank_order = ?4, next_ask_at = ?5 WHERE id = ?1",
            params![id.0, state.word(), code, bank_order, ms(next)],
        )?;
        let raw = refusal(code, message);
        let what = state.word().to_ascii_lowercase();
        let event =
            Event { attempt: Some(id), who: "bank", what: &what, detail: Some(code), raw: Some(&raw) };
        events::write(tx, attempt.order, event, now)?;
        events::order_changed(tx, attempt.order, now)?;
    }
    view(tx, &attempt, now)
}

/// Removes tokens and keys that are past their time.
pub(super) fn forget_expired(tx: &Transaction<'_>, now: Timestamp) -> Result<(), StoreError> {
    tx.execute("DELETE FROM order_tokens WHERE expires_at <= ?1", params![now.as_millisecond()])?;
    tx.execute("DELETE FROM idempotency_keys WHERE expires_at <= ?1", params![now.as_millisecond()])?;
    Ok(())
}

struct Wish {
    terminal: Option<Terminal>,
    locale: Option<String>,
}

fn choose(tx: &Transaction<'_>, begin: &Begin) -> Result<Option<Wish>, StoreError> {
    tx.prepare_cached(
        "SELECT products, locale, amount_minor, currency, buyer_country FROM orders WHERE id = ?1",
    )?
    .query_row([begin.order.0], |row| {
        let (offered, sum) = (products(row, "products")?, amount(row)?);
        let from = country(row, "buyer_country")?;
        let wanted = |terminal: &&Terminal| match begin.product {
            Some(product) => terminal.product == product && offered.contains(&product),
            None => offered.contains(&terminal.product),
        };
        let fits = |terminal: &&Terminal| wanted(terminal) && terminal.limits.take(sum, from);
        Ok(Wish {
            terminal: begin.terminals.iter().find(fits).cloned(),
            locale: begin.locale.clone().or(row.get("locale")?),
        })
    })
    .optional()
}

fn insert(
    tx: &Transaction<'_>,
    order: OrderId,
    terminal: &Terminal,
    locale: Option<&str>,
    fresh: &FreshIds,
    now: Timestamp,
) -> Result<AttemptId, StoreError> {
    let expires_at = schedule::after(now, terminal.lifetime);
    // The sum is copied inside the database: no other sum can get into an attempt than the stored order's.
    let id = tx.prepare_cached(
        "INSERT INTO attempts (session, order_id, product, locale, merchant_id, merchant_request_id,
                notification_secret, amount_minor, currency, state, created_at, expires_at, ask_failures, next_ask_at)
         SELECT ?2, id, ?3, ?4, ?5, ?6, ?7, amount_minor, currency, ?8, ?9, ?10, 0, ?10 FROM orders WHERE id = ?1
         RETURNING id",
    )?
    .query_row(params![
        order.0,
        fresh.session.as_str(),
        terminal.product.word(),
        locale,
        terminal.merchant_id,
        fresh.merchant_request_id,
        fresh.notification_secret,
        State::Created.word(),
        now.as_millisecond(),
        expires_at.as_millisecond(),
    ], |row| row.get("id").map(AttemptId))?;
    tx.execute("UPDATE orders SET latest_attempt = ?2 WHERE id = ?1", params![order.0, id.0])?;
    let event = Event { attempt: Some(id), who: "buyer", what: "attempt_created", ..Event::default() };
    events::write(tx, order, event, now)?;
    events::order_changed(tx, order, now)?;
    Ok(id)
}

fn give_up(
    tx: &Transaction<'_>,
    order: OrderId,
    lost: AttemptId,
    successor: AttemptId,
    now: Timestamp,
) -> Result<(), StoreError> {
    tx.execute(
        "INSERT INTO anomalies (attempt_id, kind, since) VALUES (?1, ?2, ?3) ON CONFLICT DO NOTHING",
        params![lost.0, Anomaly::Unreachable.word(), now.as_millisecond()],
    )?;
    tx.execute(
        "UPDATE idempotency_keys SET attempt_id = ?2 WHERE attempt_id = ?1",
        params![lost.0, successor.0],
    )?;
    let event = Event { attempt: Some(lost), who: "bank", what: "unreachable", ..Event::default() };
    events::write(tx, order, event, now)?;
    events::order_changed(tx, order, now)
}

fn known_key(
    tx: &Transaction<'_>,
    order: OrderId,
    keyed: &KeyedBody,
) -> Result<Option<KnownKey>, StoreError> {
    tx.prepare_cached("SELECT body_hash, attempt_id FROM idempotency_keys WHERE order_id = ?1 AND key = ?2")?
        .query_row(params![order.0, keyed.key], |row| {
            Ok(KnownKey { body_hash: row.get(0)?, attempt: AttemptId(row.get(1)?) })
        })
        .optional()
}

fn remember(
    tx: &Transaction<'_>,
    order: OrderId,
    keyed: Option<&KeyedBody>,
    attempt: AttemptId,
    now: Timestamp,
) -> Result<(), StoreError> {
    let Some(keyed) = keyed else { return Ok(()) };
    tx.prepare_cached(
        "INSERT INTO idempotency_keys (order_id, key, body_hash, attempt_id, expires_at) VALUES (?1, ?2, ?3, ?4, ?5)
         ON CONFLICT (order_id, key) DO UPDATE SET attempt_id = excluded.attempt_id",
    )?
    .execute(params![
        order.0,
        keyed.key,
        keyed.body_hash,
        attempt.0,
        schedule::after(now, idempotency::KEPT).as_millisecond(),
    ])?;
    Ok(())
}

fn existing(tx: &Transaction<'_>, attempt: &Attempt, now: Timestamp) -> Result<Begun, StoreError> {
    match (attempt.state, &attempt.bank_order, &attempt.reason) {
        (State::Rejected, None, Some(code)) => Ok(Begun::Refused { code: code.clone() }),
        _ => Ok(Begun::Existing(Box::new(view(tx, attempt, now)?))),
    }
}

fn view(tx: &Transaction<'_>, attempt: &Attempt, now: Timestamp) -> Result<SessionView, StoreError> {
    reads::session(tx, &attempt.session, now)?.ok_or_else(|| StoreError::Unreadable("attempts".to_owned()))
}

fn to_send(tx: &Transaction<'_>, id: AttemptId) -> Result<Begun, StoreError> {
    let attempt = attempt_by_id(tx, id)?;
    let to_send = tx
        .prepare_cached(
            "SELECT order_ref, description, customer_id, return_url, buyer_country FROM orders WHERE id = ?1",
        )?
        .query_row([attempt.order.0], |row| {
            Ok(ToSend {
                attempt,
                order: OrderRef::new(row.get::<String>(0)?),
                description: row.get(1)?,
                customer_id: row.get(2)?,
                return_url: row.get(3)?,
                buyer_country: country(row, "buyer_country")?,
            })
        })?;
    Ok(Begun::Send(Box::new(to_send)))
}
