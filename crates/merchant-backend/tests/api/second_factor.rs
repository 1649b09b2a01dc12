//! The second factor, with codes made by another implementation than the backend's.

use console_api::Role;
use jiff::Timestamp;
use reqwest::{Method, Response, StatusCode};
use serde_json::{Value, json};

use crate::staff_hands::{Browser, PASSWORD, refusal};
use crate::support::{World, eventually, text};

const TOTP: &str = "/v1/staff/session/totp";

#[tokio::test]
async fn once_it_is_on_a_code_is_needed_and_each_counts_once() {
    let world = World::start().await;
    let anna = world.staff("anna", Role::Admin).await;
    let setup = world.as_staff(&anna, Method::POST, TOTP).json(&json!({})).send().await.unwrap();
    let setup: Value = setup.json().await.unwrap();
    assert!(text(&setup["qr"]).contains("<svg") && text(&setup["uri"]).starts_with("otpauth://totp/"));
    let secret = base32(text(&setup["secret"]));
    // Offered is not on.
    world.sign_in("anna", PASSWORD).await;

    let step = early_in_a_step().await;
    let wrong = switch(&world, &anna, Method::PUT, "000000").await;
    assert_eq!(refusal(wrong).await, (403, "second_factor_needed".to_owned()));
    let on = switch(&world, &anna, Method::PUT, &code(&secret, step - 1)).await;
    assert_eq!(on.status(), StatusCode::NO_CONTENT);
    let again = world.as_staff(&anna, Method::POST, TOTP).json(&json!({})).send().await.unwrap();
    assert_eq!(again.status(), StatusCode::CONFLICT);

    let try_with = |code: Option<String>| {
        let body = json!({"login": "anna", "password": PASSWORD, "code": code});
        let world = &world;
        async move { world.try_sign_in(&body).await }
    };
    let needed = (401, "second_factor_needed".to_owned());
    assert_eq!(refusal(try_with(None).await).await, needed);
    assert_eq!(refusal(try_with(Some(code(&secret, step - 1))).await).await, needed, "used to switch it on");
    assert_eq!(try_with(Some(code(&secret, step))).await.status(), StatusCode::OK);
    assert_eq!(refusal(try_with(Some(code(&secret, step))).await).await, needed, "a replay");
    let wrong_password =
        json!({"login": "anna", "password": "wrong wrong wrong", "code": code(&secret, step + 1)});
    let answer = world.try_sign_in(&wrong_password).await;
    assert_eq!(refusal(answer).await, (401, "wrong_credentials".to_owned()));

    let off = switch(&world, &anna, Method::DELETE, &code(&secret, step + 1)).await;
    assert_eq!(off.status(), StatusCode::NO_CONTENT);
    world.sign_in("anna", PASSWORD).await;
}

#[tokio::test]
async fn of_two_that_use_one_code_at_once_one_comes_in() {
    let world = World::start().await;
    let anna = world.staff("anna", Role::Admin).await;
    let setup = world.as_staff(&anna, Method::POST, TOTP).json(&json!({})).send().await.unwrap();
    let secret = base32(text(&setup.json::<Value>().await.unwrap()["secret"]));
    let step = early_in_a_step().await;
    let on = switch(&world, &anna, Method::PUT, &code(&secret, step - 1)).await;
    assert_eq!(on.status(), StatusCode::NO_CONTENT);
    let body = json!({"login": "anna", "password": PASSWORD, "code": code(&secret, step)});
    let (one, two) = tokio::join!(world.try_sign_in(&body), world.try_sign_in(&body));
    let mut statuses = [one.status().as_u16(), two.status().as_u16()];
    statuses.sort_unstable();
    assert_eq!(statuses, [200, 401]);
}

async fn switch(world: &World, browser: &Browser, method: Method, code: &str) -> Response {
    world.as_staff(browser, method, TOTP).json(&json!({"code": code})).send().await.unwrap()
}

/// The step now, with time enough in it for a test.
async fn early_in_a_step() -> i64 {
    eventually(|| async {
        let second = Timestamp::now().as_second();
        (second % 30 < 20).then_some(second / 30)
    })
    .await
}

/// RFC 4226 over RFC 6238's step, by ring.
fn code(secret: &[u8], step: i64) -> String {
    let key = ring::hmac::Key::new(ring::hmac::HMAC_SHA1_FOR_LEGACY_USE_ONLY, secret);
    let tag = ring::hmac::sign(&key, &step.to_be_bytes());
    let bytes = tag.as_ref();
    let offset = usize::from(bytes[19] & 0xf);
    let four: [u8; 4] = bytes[offset..offset + 4].try_into().unwrap();
    format!("{:06}", (u32::from_be_bytes(four) & 0x7fff_ffff) % 1_000_000)
}

fn base32(text: &str) -> Vec<u8> {
    let (mut bits, mut count, mut bytes) = (0_u32, 0, Vec::new());
    for letter in text.bytes() {
        let value = b"ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".iter().position(|known| *known == letter).unwrap();
        bits = (bits << 5 | u32::try_from(value).unwrap()) & 0xfff;
        count += 5;
        if count >= 8 {
            count -= 8;
            bytes.push(u8::try_from(bits >> count & 0xff).unwrap());
        }
    }
    bytes
}
