//! The audit log: who did what, newest first.

use console_api::{AuditEntry, AuditList};
use leptos::ev;
use leptos::html;
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::frame::{head as page_head, number};
use super::history::{plain_detail, who};
use super::parts::{Field, Load, Look, busy_button, cell, field, head, loaded, table};
use crate::actors::of_typed;
use crate::browser::intl::Moment;
use crate::deeds::deed;
use crate::desk::Desk;

#[derive(Debug, Clone, Copy)]
struct Log {
    desk: Desk,
    actor: RwSignal<String>,
    order: RwSignal<String>,
    entries: RwSignal<Load<Vec<AuditEntry>>>,
    next: RwSignal<Option<String>>,
    busy: RwSignal<bool>,
}

/// The page.
pub fn page(desk: Desk) -> AnyView {
    let words = &desk.words().staff;
    let log = Log {
        desk,
        actor: RwSignal::default(),
        order: RwSignal::default(),
        entries: RwSignal::new(Load::Waiting),
        next: RwSignal::default(),
        busy: RwSignal::new(false),
    };
    log.fetch(None);
    let fine = Signal::derive(|| None);
    let form = html::form()
        .class("inline-form")
        .attr("role", "search")
        .on(ev::submit, move |event| {
            event.prevent_default();
            log.fetch(None);
        })
        .child((
            field(Field::text("actor", words.filter_actor), log.actor, fine),
            field(Field::text("order", words.filter_order), log.order, fine),
            html::button().attr("type", "submit").class("button").child(words.show),
        ));
    let body = loaded(
        desk,
        log.entries,
        move || log.fetch(None),
        move |entries| {
            if entries.is_empty() {
                return html::p().class("aside").child(words.audit_empty).into_any();
            }
            let heads = vec![
                head(words.when, ""),
                head(words.actor, ""),
                head(words.action, ""),
                head(words.order, ""),
                head(words.detail, ""),
            ];
            let rows: Vec<_> = entries.iter().map(|entry| row(desk, entry)).collect();
            table(words.audit_title, "audit", heads, rows)
        },
    );
    let more = move || {
        log.next.with(Option::is_some).then(|| {
            let frame = &desk.words().frame;
            busy_button(Look::Plain, "more", log.busy, frame.more, frame.loading, move || {
                log.fetch(log.next.get_untracked());
            })
        })
    };
    html::div()
        .class("page")
        .child((page_head(words.audit_title, ()), form, body, html::div().class("foot").child(more)))
        .into_any()
}

fn row(desk: Desk, entry: &AuditEntry) -> AnyView {
    let words = &desk.words().staff;
    let detail = entry.detail.as_deref().map(|detail| plain_detail(desk, &entry.action, detail));
    let order = entry.order.as_ref().map(|order| number(desk, order.as_str()));
    html::tr()
        .attr("role", "row")
        .attr("data-action", entry.action.clone())
        .child((
            cell(words.when, "when", desk.moment(&entry.at, Moment::Second)),
            cell(words.actor, "", who(desk, &entry.actor)),
            cell(words.action, "", deed(&entry.action, desk.words())),
            cell(words.order, "", order),
            cell(words.detail, "", detail),
        ))
        .into_any()
}

impl Log {
    fn fetch(self, cursor: Option<String>) {
        let (actor, order) = (self.actor.get_untracked(), self.order.get_untracked());
        self.busy.set(true);
        spawn_local(async move {
            let Some(api) = self.desk.api() else { return };
            let answer = api.audit(&of_typed(&actor), order.trim(), cursor.as_deref()).await;
            self.busy.try_set(false);
            match answer {
                Ok(AuditList { entries, next }) => {
                    self.next.try_set(next);
                    self.entries.try_update(|known| match known {
                        Load::Here(list) if cursor.is_some() => list.extend(entries),
                        Load::Here(_) | Load::Waiting | Load::Failed(_) => *known = Load::Here(entries),
                    });
                }
                Err(failure) => {
                    self.entries.try_set(Load::Failed(failure));
                }
            }
        });
    }
}
