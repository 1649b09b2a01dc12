//! Staff sign in and out: sessions, lock-out, passwords.

use console_api::Role;
use merchant_backend::{Config, staff};
use reqwest::{Method, StatusCode, header};
use serde_json::{Value, json};

use crate::staff_hands::{PASSWORD, browser, refusal};
use crate::support::{World, text};

const SESSION: &str = "/v1/staff/session";

#[tokio::test]
async fn who_signs_in_is_known_until_they_sign_out() {
    let world = World::start().await;
    world.account("anna", Role::Refunder).await;
    let answer = world.try_sign_in(&json!({"login": " Anna ", "password": PASSWORD})).await;
    let cookie = answer.headers()[header::SET_COOKIE].to_str().unwrap().to_owned();
    for part in ["alliancepay_console=", "HttpOnly", "SameSite=Strict", "Path=/"] {
        assert!(cookie.contains(part), "{cookie}");
    }
    let anna = browser(answer).await;
    let who = world.as_staff(&anna, Method::GET, SESSION).send().await.unwrap();
    let who: Value = who.json().await.unwrap();
    assert_eq!(who["staff"], json!({"login": "anna", "role": "refunder", "totp": false}));
    assert_eq!(text(&who["csrf"]), anna.csrf);

    let out = world.as_staff(&anna, Method::DELETE, SESSION).send().await.unwrap();
    assert_eq!(out.status(), StatusCode::NO_CONTENT);
    assert!(out.headers()[header::SET_COOKIE].to_str().unwrap().contains("Max-Age=0"));
    let after = world.as_staff(&anna, Method::GET, SESSION).send().await.unwrap();
    assert_eq!(refusal(after).await, (401, "not_signed_in".to_owned()));
}

#[tokio::test]
async fn a_wrong_password_an_unknown_login_and_an_inactive_account_are_answered_alike() {
    let world = World::start().await;
    let boss = world.staff("boss", Role::Admin).await;
    world.account("anna", Role::Viewer).await;
    world.account("gone", Role::Viewer).await;
    let off = world.as_staff(&boss, Method::PATCH, "/v1/staff/gone").json(&json!({"active": false}));
    assert_eq!(off.send().await.unwrap().status(), StatusCode::OK);
    let mut answers = Vec::new();
    for (login, password) in [("anna", "not the password"), ("nobody", PASSWORD), ("gone", PASSWORD)] {
        let answer = world.try_sign_in(&json!({"login": login, "password": password})).await;
        assert!(answer.headers().get(header::SET_COOKIE).is_none());
        let mut problem: Value = answer.json().await.unwrap();
        problem["requestId"] = json!(null);
        answers.push(problem);
    }
    assert_eq!(answers[0]["code"], "wrong_credentials");
    assert!(answers.iter().all(|answer| *answer == answers[0]), "{answers:?}");
}

#[tokio::test]
async fn after_five_wrong_tries_even_the_right_password_waits_and_others_do_not() {
    let world = World::start().await;
    world.account("anna", Role::Viewer).await;
    world.account("oleh", Role::Viewer).await;
    for _ in 0..5 {
        let answer = world.try_sign_in(&json!({"login": "anna", "password": "wrong wrong wrong"})).await;
        assert_eq!(answer.status(), StatusCode::UNAUTHORIZED);
    }
    let answer = world.try_sign_in(&json!({"login": "ANNA", "password": PASSWORD})).await;
    let wait: u32 = answer.headers()[header::RETRY_AFTER].to_str().unwrap().parse().unwrap();
    assert!((600..=900).contains(&wait), "{wait}");
    assert_eq!(refusal(answer).await, (429, "too_many_logins".to_owned()));
    world.sign_in("oleh", PASSWORD).await;
}

#[tokio::test]
async fn many_tries_at_once_are_no_more_than_many_in_a_row() {
    let world = World::start().await;
    world.account("anna", Role::Viewer).await;
    let body = json!({"login": "anna", "password": "wrong wrong wrong"});
    let tries = (0..20).map(|_| world.try_sign_in(&body));
    let answers = futures_util::future::join_all(tries).await;
    let looked_at = answers.iter().filter(|answer| answer.status() == StatusCode::UNAUTHORIZED).count();
    assert_eq!(looked_at, 5);
}

#[tokio::test]
async fn an_unused_session_ends_after_half_an_hour_and_a_used_one_after_half_a_day() {
    let world = World::start().await;
    let anna = world.staff("anna", Role::Viewer).await;
    let minutes_pass = |minutes: i64| {
        let ms = minutes * 60_000;
        world.query(&format!(
            "UPDATE staff_sessions SET seen_at = seen_at - {ms}, created_at = created_at - {ms}, expires_at = expires_at - {ms}"
        ));
    };
    let status = || async { world.as_staff(&anna, Method::GET, SESSION).send().await.unwrap().status() };
    for _ in 0..24 {
        minutes_pass(29);
        assert_eq!(status().await, StatusCode::OK);
    }
    minutes_pass(29);
    assert_eq!(status().await, StatusCode::UNAUTHORIZED, "it was used, and 12 hours are over");

    // A page that follows the list by itself keeps nobody signed in.
    let anna = world.sign_in("anna", PASSWORD).await;
    minutes_pass(29);
    let by_itself = world.as_staff(&anna, Method::GET, "/v1/orders/changes").header("X-Unattended", "1");
    assert_eq!(by_itself.send().await.unwrap().status(), StatusCode::OK);
    minutes_pass(2);
    let answer = world.as_staff(&anna, Method::GET, SESSION).send().await.unwrap();
    assert_eq!(refusal(answer).await, (401, "not_signed_in".to_owned()));

    let anna = world.sign_in("anna", PASSWORD).await;
    minutes_pass(31);
    let answer = world.as_staff(&anna, Method::GET, SESSION).send().await.unwrap();
    assert_eq!(refusal(answer).await, (401, "not_signed_in".to_owned()));
}

#[tokio::test]
async fn a_new_password_ends_the_other_sessions() {
    let world = World::start().await;
    let here = world.staff("anna", Role::Viewer).await;
    let elsewhere = world.sign_in("anna", PASSWORD).await;
    let put = |current: &str, new: &str| {
        let body = json!({"current": current, "new": new});
        world.as_staff(&here, Method::PUT, "/v1/staff/session/password").json(&body).send()
    };
    let new = "seven lanterns under granite";
    assert_eq!(refusal(put("not it", new).await.unwrap()).await, (403, "wrong_credentials".to_owned()));
    let weak = put(PASSWORD, "password1234").await.unwrap();
    assert_eq!(refusal(weak).await, (422, "weak_password".to_owned()));
    assert_eq!(put(PASSWORD, new).await.unwrap().status(), StatusCode::NO_CONTENT);
    for (who, status) in [(&here, StatusCode::OK), (&elsewhere, StatusCode::UNAUTHORIZED)] {
        let answer = world.as_staff(who, Method::GET, SESSION).send().await.unwrap();
        assert_eq!(answer.status(), status);
    }
    let old = world.try_sign_in(&json!({"login": "anna", "password": PASSWORD})).await;
    assert_eq!(old.status(), StatusCode::UNAUTHORIZED);
    world.sign_in("anna", new).await;
}

#[tokio::test]
async fn an_admin_makes_changes_and_switches_off_accounts_and_the_log_tells_who() {
    let world = World::start().await;
    let boss = world.staff("boss", Role::Admin).await;
    let new = json!({"login": "Oleh", "password": PASSWORD, "role": "refunder", "refundLimitMinor": 1000});
    let add = || world.as_staff(&boss, Method::POST, "/v1/staff").json(&new).send();
    assert_eq!(add().await.unwrap().status(), StatusCode::CREATED);
    assert_eq!(refusal(add().await.unwrap()).await, (409, "login_taken".to_owned()));
    let oleh = world.sign_in("oleh", PASSWORD).await;

    let patch = |login: &str, body: Value| {
        world.as_staff(&boss, Method::PATCH, &format!("/v1/staff/{login}")).json(&body).send()
    };
    let limits = json!({"refundLimitMinor": null, "dailyRefundLimitMinor": 5000});
    let changed: Value = patch("oleh", limits).await.unwrap().json().await.unwrap();
    assert_eq!(changed["refundLimitMinor"], json!(null));
    assert_eq!(changed["dailyRefundLimitMinor"], 5000);
    let last = patch("boss", json!({"role": "viewer"})).await.unwrap();
    assert_eq!(refusal(last).await, (409, "last_admin".to_owned()));
    assert_eq!(patch("nobody", json!({})).await.unwrap().status(), StatusCode::NOT_FOUND);

    assert_eq!(patch("oleh", json!({"active": false})).await.unwrap().status(), StatusCode::OK);
    let after = world.as_staff(&oleh, Method::GET, SESSION).send().await.unwrap();
    assert_eq!(after.status(), StatusCode::UNAUTHORIZED);

    let log = world.as_staff(&boss, Method::GET, "/v1/audit?actor=staff:boss").send().await.unwrap();
    let log: Value = log.json().await.unwrap();
    let actions: Vec<&str> =
        log["entries"].as_array().unwrap().iter().map(|entry| text(&entry["action"])).collect();
    assert_eq!(actions, ["staff_changed", "staff_changed", "staff_added", "signed_in"]);
    assert_eq!(log["entries"][0]["detail"], "oleh, deactivated");
}

#[tokio::test]
async fn the_command_line_refuses_weak_passwords_and_taken_logins_and_resets_a_lost_one() {
    let world = World::start().await;
    let config = Config::read(&world.config_file()).unwrap();
    let create =
        |login: &'static str, password: &'static str| staff::create(&config, login, password, Role::Admin);
    assert!(create("anna", "anna2024").await.unwrap_err().to_string().contains("at least 12"));
    assert!(create("a b", PASSWORD).await.unwrap_err().to_string().contains("login"));
    create("anna", PASSWORD).await.unwrap();
    assert!(create("ANNA", PASSWORD).await.unwrap_err().to_string().contains("already"));
    let anna = world.sign_in("anna", PASSWORD).await;

    let new = "seven lanterns under granite";
    assert_eq!(staff::reset(&config, "anna", new).await.unwrap(), "anna");
    assert!(staff::reset(&config, "nobody", new).await.is_err());
    let after = world.as_staff(&anna, Method::GET, SESSION).send().await.unwrap();
    assert_eq!(after.status(), StatusCode::UNAUTHORIZED);
    world.sign_in("anna", new).await;
}
