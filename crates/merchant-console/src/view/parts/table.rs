//! Tables that become cards on a phone. The roles are said outright: browsers forget them when rows are no longer laid
//! out as rows.

use leptos::html;
use leptos::prelude::*;

/// A table: its name, the heads of its columns, its rows.
pub fn table(name: &'static str, class: &'static str, heads: Vec<AnyView>, rows: impl IntoAny) -> AnyView {
    let head = html::thead().attr("role", "rowgroup").child(html::tr().attr("role", "row").child(heads));
    let body = html::tbody().attr("role", "rowgroup").child(rows.into_any());
    html::table()
        .attr("role", "table")
        .class(["table ", class].concat())
        .attr("aria-label", name)
        .child((head, body))
        .into_any()
}

/// The head of a column.
pub fn head(words: &'static str, class: &'static str) -> AnyView {
    html::th().attr("role", "columnheader").attr("scope", "col").class(class).child(words).into_any()
}

/// A cell; on a phone its column's words stand before it.
pub fn cell(column: &'static str, class: &'static str, content: impl IntoAny) -> AnyView {
    html::td()
        .attr("role", "cell")
        .class(class)
        .attr("data-label", column)
        .child(content.into_any())
        .into_any()
}
