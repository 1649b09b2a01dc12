//! Paying without scripts.

use console_api::Role;
use reqwest::{Method, Response, StatusCode, header};
use serde_json::json;

use crate::alipayplus::euro;
use crate::support::{DECLINED_CARD, GOOD_CARD, QUIET, World, order_body, text};

#[tokio::test]
async fn the_form_leads_to_the_payment_page_and_leaves_no_cookie() {
    let world = World::start().await;
    let token = world.put("F-1").await;
    let answer = pay(&world, &[("order_token", &token), ("product", "card"), ("unrelated", "field")]).await;
    assert_eq!(answer.status(), StatusCode::SEE_OTHER);
    assert!(!answer.headers().contains_key("set-cookie"));
    assert!(!answer.headers().get_all("vary").iter().any(|value| value.to_str().unwrap().contains("ookie")));
    assert_eq!(answer.headers()["referrer-policy"], "no-referrer");
    let page = json!(answer.headers()["location"].to_str().unwrap());
    let again = pay(&world, &[("order_token", &token)]).await;
    assert_eq!(again.headers()["location"].to_str().unwrap(), text(&page));

    world.pay_by_card(&page, GOOD_CARD).await;
    let session = text(&world.order("F-1").await["attempts"][0]["session"]).to_owned();
    world.until(&session, "CAPTURED").await;
    let paid = pay(&world, &[("order_token", &token)]).await;
    assert_eq!(paid.headers()["location"].to_str().unwrap(), format!("/pay/{session}"));
}

#[tokio::test]
async fn the_form_answers_the_same_to_whoever_brings_a_cookie() {
    let world = World::start().await;
    let admin = world.staff("olena", Role::Admin).await;
    let (mine, others) = (world.put("F-5").await, world.put("F-6").await);
    let cookies = [
        None,
        Some(admin.cookie.clone()),
        Some(format!("{}; order_token={others}; session=x; lang=en", admin.cookie)),
        Some("=; broken".to_owned()),
    ];
    // A right form, one that is refused, and one without a token: nothing else than the form counts.
    for form in [vec![("order_token", mine.as_str())], vec![("order_token", "no-such-token")], vec![]] {
        let mut answers = Vec::new();
        for cookie in &cookies {
            let mut request = world.request(Method::POST, "/pay").form(&form);
            if let Some(cookie) = cookie {
                request = request.header(header::COOKIE, cookie);
            }
            let answer = request.send().await.unwrap();
            assert!(!answer.headers().contains_key(header::SET_COOKIE));
            let location = answer.headers().get(header::LOCATION).cloned();
            answers.push((answer.status(), location, answer.text().await.unwrap()));
        }
        assert!(answers.iter().all(|answer| *answer == answers[0]), "{answers:?}");
        assert_eq!(answers[0].0 == StatusCode::SEE_OTHER, form.contains(&("order_token", mine.as_str())));
    }
    assert_eq!(world.bank_orders().await.len(), 1);
}

#[tokio::test]
async fn the_status_page_refreshes_until_it_is_final() {
    let world = World::start().await;
    let token = world.put("F-2").await;
    let session = world.open(&token, "key-1").await;
    let path = format!("/pay/{}", text(&session["session"]));
    let waiting = world.request(Method::GET, &path).send().await.unwrap();
    let policy = waiting.headers()["content-security-policy"].to_str().unwrap();
    assert!(policy.starts_with("default-src 'none'; style-src 'self'"), "{policy}");
    assert!(!waiting.headers().contains_key("set-cookie"));
    let waiting = waiting.text().await.unwrap();
    assert!(waiting.contains("http-equiv=\"refresh\""), "{waiting}");
    assert!(
        waiting.contains("lang=\"uk\"") && waiting.contains("F-2") && waiting.contains("129,05"),
        "{waiting}"
    );
    assert!(!waiting.contains("<script") && !waiting.contains("customer-1"), "{waiting}");

    world.pay_by_card(&session["page"], GOOD_CARD).await;
    world.until(text(&session["session"]), "CAPTURED").await;
    let paid = world.request(Method::GET, &format!("{path}?lang=en")).send().await.unwrap();
    let paid = paid.text().await.unwrap();
    assert!(
        !paid.contains("refresh\"") && paid.contains("<h1>Paid</h1>") && !paid.contains("<form"),
        "{paid}"
    );
}

#[tokio::test]
async fn a_declined_payments_status_page_leads_back_to_the_shop_for_a_session_is_no_right_to_pay() {
    let world = World::start().await;
    let token = world.put("F-3").await;
    let first = world.open(&token, "key-1").await;
    world.pay_by_card(&first["page"], DECLINED_CARD).await;
    world.until(text(&first["session"]), "REJECTED").await;
    let session = text(&first["session"]);
    let path = format!("/pay/{session}");
    let page = world.request(Method::GET, &path).send().await.unwrap().text().await.unwrap();
    assert!(!page.contains("<form"), "{page}");
    assert!(page.contains("class=\"button\" href=\""), "{page}");
    let by_session = pay(&world, &[("session", session)]).await;
    assert_eq!(by_session.status(), StatusCode::UNAUTHORIZED);

    let again = pay(&world, &[("order_token", &token)]).await;
    assert_eq!(again.status(), StatusCode::SEE_OTHER);
    let page = json!(again.headers()["location"].to_str().unwrap());
    assert_ne!(page, first["page"]);
    world.pay_by_card(&page, GOOD_CARD).await;
    let second = text(&world.order("F-3").await["attempts"][1]["session"]).to_owned();
    world.until(&second, "CAPTURED").await;
}

#[tokio::test]
async fn to_a_wallets_buyer_the_status_page_speaks_of_no_bank_and_no_card() {
    let world = World::with_alipay_plus(QUIET).await;
    let presses = [
        (("action", "decline"), "REJECTED", "Платіж відхилено", "The payment was declined"),
        (("wallet", "GCASH"), "CAPTURED", "Платіж підтверджено", "Your payment was confirmed"),
    ];
    for (number, (press, state, ukrainian, english)) in presses.into_iter().enumerate() {
        let token = world.put_as(&format!("F-5{number}"), &euro(1_099)).await;
        let session = world.open_by("alipayplus", &token, "key-1").await;
        world.press_wallet(&session, &[press]).await;
        world.until(text(&session["session"]), state).await;
        for (language, told) in [("uk", ukrainian), ("en", english)] {
            let path = format!("/pay/{}?lang={language}", text(&session["session"]));
            let page = world.request(Method::GET, &path).send().await.unwrap().text().await.unwrap();
            assert!(page.contains(told), "{page}");
            for word in ["bank", "банк", "card", "картк"] {
                assert!(!page.to_lowercase().contains(word), "{word}: {page}");
            }
        }
    }
}

#[tokio::test]
async fn what_goes_wrong_is_told_on_a_page() {
    let world = World::start().await;
    for (form, status) in [
        (vec![("order_token", "no-such-token")], StatusCode::UNAUTHORIZED),
        (vec![("session", "no-such-session")], StatusCode::UNAUTHORIZED),
        (vec![], StatusCode::UNAUTHORIZED),
    ] {
        let answer = pay(&world, &form).await;
        assert_eq!(answer.status(), status);
        assert!(answer.headers()["content-type"].to_str().unwrap().starts_with("text/html"));
        assert!(answer.text().await.unwrap().contains("role=\"alert\""));
    }
    let token = world.put("F-4").await;
    world.fault(json!({"on": "create-order", "kind": "http500", "times": 2})).await;
    let silent = pay(&world, &[("order_token", &token)]).await;
    assert_eq!(silent.status(), StatusCode::SERVICE_UNAVAILABLE);
    let unknown = world.request(Method::GET, "/pay/no-such-session").send().await.unwrap();
    assert_eq!(unknown.status(), StatusCode::NOT_FOUND);
    assert!(unknown.text().await.unwrap().contains("<h1>"));
}

#[tokio::test]
async fn what_the_shop_writes_stays_text_on_the_page() {
    let world = World::start().await;
    let evil = "<script>alert(1)</script>";
    let path = format!("/v1/orders/{}", "%3Cscript%3Ealert(1)%3C%2Fscript%3E");
    let put = world.as_shop(Method::PUT, &path).json(&order_body(100)).send().await.unwrap();
    let put: serde_json::Value = put.json().await.unwrap();
    assert_eq!(put["order"], evil);
    let session = world.open(text(&put["orderToken"]), "key-1").await;
    let path = format!("/pay/{}", text(&session["session"]));
    let page = world.request(Method::GET, &path).send().await.unwrap().text().await.unwrap();
    assert!(!page.contains(evil) && page.contains("&lt;script&gt;"), "{page}");
}

async fn pay(world: &World, form: &[(&str, &str)]) -> Response {
    world.request(Method::POST, "/pay").form(form).send().await.unwrap()
}
