//! The OpenAPI document and the router name the same routes.

use std::collections::{BTreeMap, BTreeSet};

use reqwest::{Method, StatusCode};
use serde_json::Value;

use crate::support::World;

const METHODS: [Method; 5] = [Method::GET, Method::PUT, Method::POST, Method::DELETE, Method::PATCH];

#[tokio::test]
async fn the_document_is_served_as_the_code_makes_it() {
    let world = World::start().await;
    let served = document(&world).await;
    assert_eq!(served, serde_json::to_value(merchant_backend::openapi()).unwrap());
    assert!(served["openapi"].as_str().unwrap().starts_with("3.1"));
}

#[tokio::test]
async fn a_path_takes_the_methods_of_the_document_and_no_other() {
    let world = World::start().await;
    for (path, methods) in documented(&document(&world).await) {
        // Files are served by folders: there are no methods to refuse below them. Alipay+ is off here.
        let is_folder = ["/widget/", "/console/", "/docs/"].iter().any(|folder| path.starts_with(folder));
        if is_folder || path.ends_with("/alipayplus") {
            continue;
        }
        for method in METHODS {
            let request = world.request(method.clone(), &path.replace(['{', '}'], ""));
            let taken = request.send().await.unwrap().status() != StatusCode::METHOD_NOT_ALLOWED;
            assert_eq!(taken, methods.contains(method.as_str()), "{method} {path}");
        }
    }
}

#[test]
fn the_router_has_the_paths_of_the_document_and_no_other() {
    let document = serde_json::to_value(merchant_backend::openapi()).unwrap();
    let documented: BTreeSet<String> = documented(&document).into_keys().collect();
    let sources = include_str!("../../src/routes.rs");
    assert!(
        !sources.contains(".route("),
        "routes.rs adds a route without a description: use `.routes(routes!(…))`"
    );
    for path in REQUIRED {
        assert!(documented.contains(path), "{path} is a contract and is not there");
    }
}

/// What the contract names, as far as this version has it.
const REQUIRED: [&str; 13] = [
    "/v1/orders/{order}",
    "/v1/orders",
    "/v1/orders/{order}/check",
    "/v1/orders/{order}/refunds",
    "/v1/payment-sessions",
    "/v1/payment-sessions/{session}",
    "/pay",
    "/pay/{session}",
    "/v1/notifications/{secret}",
    "/v1/openapi.json",
    "/healthz",
    "/readyz",
    "/metrics",
];

async fn document(world: &World) -> Value {
    world.request(Method::GET, "/v1/openapi.json").send().await.unwrap().json().await.unwrap()
}

fn documented(document: &Value) -> BTreeMap<String, BTreeSet<String>> {
    let paths = document["paths"].as_object().unwrap();
    let methods =
        |item: &Value| item.as_object().unwrap().keys().map(|method| method.to_uppercase()).collect();
    paths.iter().map(|(path, item)| (path.clone(), methods(item))).collect()
}
