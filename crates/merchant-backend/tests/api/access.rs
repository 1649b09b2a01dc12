//! Who may do what: every route of the shop's side for every kind of caller, over real HTTP.

use console_api::Role;
use reqwest::{Method, RequestBuilder, StatusCode, header};
use serde_json::{Value, json};

use crate::staff_hands::{Browser, refusal};
use crate::support::{SHOP, SHOP_KEY, World, text};

/// What a caller needs.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Need {
    /// Reads the lists.
    ReadAll,
    /// Reads order A.
    ReadA,
    /// Has the bank asked about A.
    CheckA,
    /// Refunds A.
    RefundA,
    /// Reads webhooks.
    ReadWebhooks,
    /// Acts on everything.
    Operate,
    /// The shop's server.
    Shop,
    /// Manages the staff.
    Admin,
    /// Is a person with a session.
    Session,
    /// A person, or a token that asks what it is.
    Known,
}

const ROUTES: &[(&str, &str, Need)] = &[
    ("GET", "/v1/orders", Need::ReadAll),
    ("GET", "/v1/orders?order=A", Need::ReadA),
    ("GET", "/v1/orders?order=A&order=B", Need::ReadAll),
    ("GET", "/v1/orders.csv", Need::ReadAll),
    ("GET", "/v1/orders/changes", Need::ReadAll),
    ("GET", "/v1/overview", Need::ReadAll),
    ("GET", "/v1/orders/A", Need::ReadA),
    ("GET", "/v1/orders/A/events/1/raw", Need::ReadA),
    ("PUT", "/v1/orders/A", Need::Shop),
    ("POST", "/v1/orders/A/check", Need::CheckA),
    ("POST", "/v1/orders/A/refunds", Need::RefundA),
    ("GET", "/v1/webhooks", Need::ReadWebhooks),
    ("POST", "/v1/webhooks/none/replay", Need::Operate),
    ("GET", "/v1/audit", Need::Admin),
    ("GET", "/v1/audit?order=A", Need::ReadA),
    ("GET", "/v1/staff", Need::Admin),
    ("POST", "/v1/staff", Need::Admin),
    ("PATCH", "/v1/staff/nobody", Need::Admin),
    ("POST", "/v1/console-tokens", Need::Shop),
    ("GET", "/v1/staff/session", Need::Known),
    ("DELETE", "/v1/staff/session", Need::Session),
    ("PUT", "/v1/staff/session/password", Need::Session),
    ("POST", "/v1/staff/session/totp", Need::Session),
    ("PUT", "/v1/staff/session/totp", Need::Session),
    ("DELETE", "/v1/staff/session/totp", Need::Session),
];

enum Caller {
    Nobody,
    WrongKey,
    Shop,
    Staff(Role, Browser),
    TokenOfAll(String),
    TokenOfA(Role, String),
    TokenOfB(String),
}

#[tokio::test]
async fn every_route_opens_for_those_it_is_for_and_for_nobody_else() {
    let world = World::start().await;
    world.put("A").await;
    let mut callers = vec![Caller::Nobody, Caller::WrongKey, Caller::Shop];
    for role in Role::ALL {
        callers.push(Caller::Staff(role, world.staff(role.word(), role).await));
    }
    for role in [Role::Viewer, Role::Operator, Role::Refunder] {
        callers.push(Caller::TokenOfA(role, world.console_token("order:A", role.word()).await));
    }
    callers.push(Caller::TokenOfAll(world.console_token("orders:read", "viewer").await));
    callers.push(Caller::TokenOfB(world.console_token("order:B", "refunder").await));
    let mut wrong = Vec::new();
    for (method, path, need) in ROUTES {
        for caller in &callers {
            if *need == Need::Session && *method == "DELETE" && matches!(caller, Caller::Staff(..)) {
                continue; // It would sign the caller out; `sign_in` and `second_factor` show it.
            }
            let answer = request(&world, caller, method, path).send().await.unwrap();
            let status = answer.status();
            let refused = matches!(status, StatusCode::UNAUTHORIZED | StatusCode::FORBIDDEN);
            let code: Value = answer.json().await.unwrap_or_default();
            // A wrong own password or code is a 403 that only who may ask can get.
            let refused =
                refused && code["code"] != "wrong_credentials" && code["code"] != "second_factor_needed";
            if refused == may(caller, *need) {
                wrong.push(format!("{method} {path} by {}: {status} {}", name(caller), code["code"]));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[tokio::test]
async fn nobody_is_told_to_sign_in_and_a_wrong_key_is_called_one() {
    let world = World::start().await;
    for (method, path, _) in ROUTES {
        let answer = request(&world, &Caller::Nobody, method, path).send().await.unwrap();
        assert_eq!(refusal(answer).await, (401, "not_signed_in".to_owned()), "{method} {path}");
        let answer = request(&world, &Caller::WrongKey, method, path).send().await.unwrap();
        assert_eq!(refusal(answer).await, (401, "shop_key_invalid".to_owned()), "{method} {path}");
    }
}

#[tokio::test]
async fn a_cookie_alone_changes_nothing() {
    let world = World::start().await;
    let boss = world.staff("boss", Role::Admin).await;
    let other = world.sign_in("boss", crate::staff_hands::PASSWORD).await;
    for (method, path, _) in ROUTES.iter().filter(|(method, ..)| *method != "GET") {
        for csrf in [None, Some(""), Some(other.csrf.as_str())] {
            let mut request =
                request(&world, &Caller::Nobody, method, path).header(header::COOKIE, &boss.cookie);
            if let Some(csrf) = csrf {
                request = request.header("X-CSRF-Token", csrf);
            }
            assert_eq!(
                refusal(request.send().await.unwrap()).await,
                (403, "csrf".to_owned()),
                "{method} {path}"
            );
        }
    }
}

#[tokio::test]
async fn a_console_token_ends_and_says_so() {
    let world = World::start().await;
    let body = json!({"scope": "orders:read", "role": "viewer", "actor": "wp:maria", "ttlSeconds": 1});
    let issued = world.as_shop(Method::POST, "/v1/console-tokens").json(&body).send().await.unwrap();
    let token = text(&issued.json::<Value>().await.unwrap()["token"]).to_owned();
    let list = || world.request(Method::GET, "/v1/orders").bearer_auth(&token).send();
    assert_eq!(list().await.unwrap().status(), StatusCode::OK);
    let ended = crate::support::eventually(|| async {
        let answer = list().await.unwrap();
        (answer.status() != StatusCode::OK).then_some(answer)
    })
    .await;
    assert_eq!(refusal(ended).await, (401, "not_signed_in".to_owned()));
    for wrong in [
        json!({"scope": "orders:write", "role": "viewer", "actor": "m"}),
        json!({"scope": "order:", "role": "viewer", "actor": "m"}),
        json!({"scope": "orders:read", "role": "operator", "actor": "m"}),
        json!({"scope": "orders:read", "role": "refunder", "actor": "m"}),
        json!({"scope": "order:A", "role": "admin", "actor": "m"}),
        json!({"scope": "orders:read", "role": "viewer", "actor": " "}),
        json!({"scope": "orders:read", "role": "viewer", "actor": "m", "ttlSeconds": 90_000}),
    ] {
        let answer = world.as_shop(Method::POST, "/v1/console-tokens").json(&wrong).send().await.unwrap();
        assert_eq!(answer.status(), StatusCode::BAD_REQUEST, "{wrong}");
    }
}

#[tokio::test]
async fn a_view_in_the_shops_admin_may_ask_from_its_origin_and_knows_its_role() {
    let world = World::start().await;
    let token = world.console_token("order:A", "operator").await;
    let preflight = world
        .request(Method::OPTIONS, "/v1/orders/A/check")
        .header("Origin", SHOP)
        .header("Access-Control-Request-Method", "POST")
        .header("Access-Control-Request-Headers", "authorization");
    let preflight = preflight.send().await.unwrap();
    assert_eq!(preflight.headers()["access-control-allow-origin"], SHOP);
    let who = world.request(Method::GET, "/v1/staff/session").bearer_auth(&token).header("Origin", SHOP);
    let who: Value = who.send().await.unwrap().json().await.unwrap();
    assert_eq!(who, json!({"staff": {"login": "wp:maria", "role": "operator", "totp": false}, "csrf": ""}));
}

fn request(world: &World, caller: &Caller, method: &str, path: &str) -> RequestBuilder {
    let request = world.request(method.parse().unwrap(), path).header("Idempotency-Key", "k");
    let request = if method == "GET" { request } else { request.json(&body(path)) };
    match caller {
        Caller::Nobody => request,
        Caller::WrongKey => request.bearer_auth("not-the-shop-key"),
        Caller::Shop => request.bearer_auth(SHOP_KEY),
        Caller::Staff(_, browser) => {
            request.header(header::COOKIE, &browser.cookie).header("X-CSRF-Token", &browser.csrf)
        }
        Caller::TokenOfAll(token) | Caller::TokenOfA(_, token) | Caller::TokenOfB(token) => {
            request.bearer_auth(token)
        }
    }
}

/// A body that can be read: refusing it must not hide who may send it.
fn body(path: &str) -> Value {
    match path {
        "/v1/orders/A" => crate::support::order_body(12_905),
        "/v1/staff" => json!({"login": "", "password": "", "role": "viewer"}),
        "/v1/console-tokens" => json!({"scope": "", "role": "viewer", "actor": ""}),
        "/v1/staff/session/password" => {
            json!({"current": "wrong", "new": "seven lanterns under granite"})
        }
        "/v1/staff/session/totp" => json!({"code": "000000"}),
        _ => json!({}),
    }
}

fn may(caller: &Caller, need: Need) -> bool {
    match caller {
        Caller::Nobody | Caller::WrongKey => false,
        Caller::Shop => !matches!(need, Need::Admin | Need::Session | Need::Known),
        Caller::Staff(role, _) => match need {
            Need::ReadAll | Need::ReadA | Need::ReadWebhooks | Need::Session | Need::Known => true,
            Need::CheckA | Need::Operate => *role >= Role::Operator,
            Need::RefundA => *role >= Role::Refunder,
            Need::Admin => *role == Role::Admin,
            Need::Shop => false,
        },
        Caller::TokenOfAll(_) => matches!(need, Need::ReadAll | Need::ReadA | Need::Known),
        Caller::TokenOfA(role, _) => match need {
            Need::ReadA | Need::Known => true,
            Need::CheckA => *role >= Role::Operator,
            Need::RefundA => *role >= Role::Refunder,
            Need::ReadAll | Need::ReadWebhooks | Need::Operate | Need::Shop | Need::Admin | Need::Session => {
                false
            }
        },
        Caller::TokenOfB(_) => need == Need::Known,
    }
}

fn name(caller: &Caller) -> String {
    match caller {
        Caller::Nobody => "nobody".to_owned(),
        Caller::WrongKey => "a wrong key".to_owned(),
        Caller::Shop => "the shop".to_owned(),
        Caller::Staff(role, _) => format!("a {}", role.word()),
        Caller::TokenOfAll(_) => "a token of all".to_owned(),
        Caller::TokenOfA(role, _) => format!("a token of A, {}", role.word()),
        Caller::TokenOfB(_) => "a token of B".to_owned(),
    }
}
