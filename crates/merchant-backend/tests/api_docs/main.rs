//! The pages of `docs/api` say what the OpenAPI document says. With `ALLIANCEPAY_WRITE_DOCS=1` they are written.
#![allow(clippy::unwrap_used, reason = "a test's helper fails the test")]

mod page;
mod shape;

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;
use std::path::{Path, PathBuf};

use serde_json::Value;

use page::Route;

#[test]
fn every_route_has_its_page_and_every_page_its_route() {
    let pages = pages();
    let folder = folder();
    if std::env::var_os("ALLIANCEPAY_WRITE_DOCS").is_some() {
        std::fs::remove_dir_all(&folder).unwrap_or_default();
        std::fs::create_dir_all(&folder).unwrap();
        for (name, text) in &pages {
            std::fs::write(folder.join(name), text).unwrap();
        }
    }
    let there: BTreeSet<String> = std::fs::read_dir(&folder)
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    let again = "run `ALLIANCEPAY_WRITE_DOCS=1 cargo test -p merchant-backend --test api_docs`";
    assert_eq!(there, pages.keys().cloned().collect(), "docs/api has other pages than routes: {again}");
    for (name, text) in &pages {
        let page = std::fs::read_to_string(folder.join(name)).unwrap();
        assert_eq!(&page, text, "docs/api/{name} is not what the code says: {again}");
    }
}

#[test]
fn every_route_is_described_in_words_and_named_once() {
    let document = document();
    let routes = routes(&document);
    let names: BTreeSet<&str> = routes.iter().map(Route::name).collect();
    assert_eq!(names.len(), routes.len(), "two routes have the same summary");
    for route in &routes {
        assert!(route.operation["summary"].is_string(), "{} {} has no summary", route.method, route.path);
        for (status, answer) in route.operation["responses"].as_object().unwrap() {
            assert!(
                answer["description"].as_str().is_some_and(|text| !text.is_empty()),
                "{} {status}",
                route.path
            );
        }
    }
}

#[test]
fn a_problem_is_a_problem_document() {
    for route in routes(&document()) {
        for (status, answer) in route.operation["responses"].as_object().unwrap() {
            let (is_problem, kinds) = (status.as_str() >= "400", answer["content"].as_object());
            let kinds: Vec<&str> = kinds.into_iter().flatten().map(|(kind, _)| kind.as_str()).collect();
            let is_page =
                ["/pay", "/widget", "/console/", "/docs/"].iter().any(|page| route.path.starts_with(page));
            assert!(
                !is_problem || is_page || kinds == ["application/problem+json"],
                "{} {status} {kinds:?}",
                route.path
            );
        }
    }
}

fn pages() -> BTreeMap<String, String> {
    let document = document();
    let routes = routes(&document);
    let mut pages: BTreeMap<String, String> =
        routes.iter().map(|route| (format!("{}.md", route.name()), page::render(&document, route))).collect();
    pages.insert("README.md".to_owned(), index(&routes));
    pages
}

fn index(routes: &[Route<'_>]) -> String {
    let mut text = String::from(INTRODUCTION);
    let tags: BTreeSet<&str> = routes.iter().map(Route::tag).collect();
    for tag in tags {
        write!(text, "\n## {tag}\n\n| route | what it does |\n|---|---|\n").unwrap();
        for route in routes.iter().filter(|route| route.tag() == tag) {
            let summary = route.operation["summary"].as_str().unwrap();
            writeln!(text, "| [`{} {}`]({}.md) | {summary} |", route.method, route.path, route.name())
                .unwrap();
        }
    }
    text
}

const INTRODUCTION: &str = "# The routes of the merchant backend

One page per route, written from the OpenAPI document that the backend serves at `GET /v1/openapi.json`. In the examples
`$BACKEND` is the backend's address, `$SHOP_KEY` the shop's key and `$ORDER_TOKEN` what `PUT /v1/orders/{order}` gave.

- **Money** is `{\"minor\": 12905, \"currency\": \"UAH\"}`: an integer number of kopecks or cents.
- **Problems** are `application/problem+json` with a stable `code`; `requestId` finds the line in the log.
- **Idempotency keys** name one wish: a repeat with the same key and body gets the same answer and moves no money twice.
- **Too fast**: 429 with `Retry-After`. See [limits](../operating/configuration.md).
";

fn document() -> Value {
    serde_json::to_value(merchant_backend::openapi()).unwrap()
}

fn routes(document: &Value) -> Vec<Route<'_>> {
    let mut routes = Vec::new();
    for (path, item) in document["paths"].as_object().unwrap() {
        for (method, operation) in item.as_object().unwrap() {
            routes.push(Route { method: method.to_uppercase(), path, operation });
        }
    }
    routes.sort_by(|one, other| (one.path, &one.method).cmp(&(other.path, &other.method)));
    routes
}

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/api")
}
