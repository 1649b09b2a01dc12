//! `merchant-backend check` finds what is wrong and says what to do.

use std::os::unix::fs::PermissionsExt;
use std::process::Command;

use axum::Router;
use axum::http::{HeaderMap, StatusCode};
use merchant_backend::Config;
use merchant_backend::check::{Finding, Standing, Tries, check};
use serde_json::Value;

use crate::support::{QUIET, World};

const WEBHOOKS: &str = "webhook_url = \"http://127.0.0.1:1/hook\"\nwebhook_secret_file = \"webhook-secret\"";

#[tokio::test]
async fn a_set_up_that_works_has_no_problem() {
    let world = World::start().await;
    let findings = look(&world, &[], Tries { order: true, webhook: false }).await;
    assert!(findings.iter().all(|finding| finding.standing != Standing::Problem), "{findings:#?}");
    for about in ["configuration", "clock", "database", "terminal card", "terminal a2a", "notifications"] {
        is_found(&findings, about, Standing::Ok, "");
    }
    is_found(&findings, "timing.page_lifetime", Standing::Warning, "60 min");
    is_found(&findings, "public_url", Standing::Warning, "this very machine");
    is_found(&findings, "notifications", Standing::Ok, "cannot be known from here");
}

#[tokio::test]
async fn a_terminal_that_the_bank_does_not_let_in_is_named() {
    let world = World::start().await;
    let code = world.bank.merchant.terminals[0].service_code.clone();
    let findings = look(&world, &[(&code, "WRONG_CODE")], Tries::default()).await;
    is_found(&findings, "terminal card", Standing::Problem, "does not let it in");
    is_found(&findings, "terminal a2a", Standing::Ok, "lets it in");
}

#[tokio::test]
async fn a_wrong_merchant_id_is_known_by_an_order_only_and_said_to_be_unknown_before() {
    let world = World::start().await;
    let id = world.bank.merchant.terminals[0].merchant_id.clone();
    let wrong = [(id.as_str(), "another-merchant")];
    let findings = look(&world, &wrong, Tries::default()).await;
    is_found(&findings, "terminal card", Standing::Warning, "cannot be known without an order");
    let findings = look(&world, &wrong, Tries { order: true, webhook: false }).await;
    is_found(&findings, "terminal card", Standing::Problem, "refuses orders");
}

#[tokio::test]
async fn alipay_plus_is_looked_at_in_its_own_words() {
    let world = World::start().await;
    let before = look(&world, &[], Tries::default()).await;
    assert!(before.iter().all(|finding| !finding.about.contains("alipayplus")), "{before:#?}");
    world.switch_on_alipay_plus("").await;
    let findings = look(&world, &[], Tries { order: true, webhook: false }).await;
    for (about, text) in [
        ("alipayplus", "lets this merchant in"),
        ("alipayplus clock", "Worldline's"),
        ("alipayplus.webhook_keys", "1 known"),
        ("alipayplus limits", "1 of the configured"),
    ] {
        is_found(&findings, about, Standing::Ok, text);
    }
    assert!(findings.iter().all(|finding| finding.about != "terminal alipayplus"), "{findings:#?}");

    let dollars = [("currencies = [\"EUR\"]", "currencies = [\"USD\"]")];
    let findings = look(&world, &dollars, Tries::default()).await;
    is_found(&findings, "alipayplus limits", Standing::Problem, "takes none of the configured");

    std::fs::write(world.folder.path().join("alipayplus.key"), "another key").unwrap();
    let findings = look(&world, &[], Tries::default()).await;
    is_found(&findings, "alipayplus", Standing::Problem, "does not let this merchant in");

    let text = std::fs::read_to_string(world.config_file()).unwrap();
    let (without_keys, _) = text.split_once("[[alipayplus.webhook_keys]]").unwrap();
    std::fs::write(world.config_file(), without_keys).unwrap();
    let findings = look(&world, &[], Tries::default()).await;
    is_found(&findings, "alipayplus.webhook_keys", Standing::Warning, "is empty");
}

#[tokio::test]
async fn a_bank_that_is_not_there_is_named_with_its_address() {
    let world = World::start().await;
    let findings = look(&world, &[(&world.bank.url.clone(), "http://127.0.0.1:1")], Tries::default()).await;
    is_found(&findings, "bank.api", Standing::Problem, "127.0.0.1:1 cannot be reached");
}

#[tokio::test]
async fn a_clock_that_is_off_is_a_problem() {
    let world = World::start().await;
    let old = || async { ([("date", "Sun, 01 Nov 2026 00:00:00 GMT")], StatusCode::NOT_FOUND) };
    let url = serve(Router::new().fallback(old)).await;
    let findings = look(&world, &[(&world.bank.url.clone(), &url)], Tries::default()).await;
    is_found(&findings, "clock", Standing::Problem, "apart");
}

#[tokio::test]
async fn a_public_address_where_somebody_else_answers_is_a_problem() {
    let world = World::start().await;
    for (address, text) in [
        (world.bank.url.clone(), "not as this backend does"),
        ("http://127.0.0.1:1".to_owned(), "Nobody answers"),
        ("http://nobody.invalid".to_owned(), "not encrypted"),
    ] {
        let findings = look_at(&world, &address, &[], Tries::default()).await;
        is_found(&findings, "public_url", Standing::Problem, text);
    }
    let swallows = |headers: HeaderMap| async move {
        if headers.contains_key("content-type") {
            (StatusCode::FORBIDDEN, "")
        } else {
            (StatusCode::OK, "ok\n")
        }
    };
    let proxy = serve(Router::new().fallback(swallows)).await;
    let findings = look_at(&world, &proxy, &[], Tries::default()).await;
    is_found(&findings, "notifications", Standing::Problem, "403");
}

#[tokio::test]
async fn secrets_that_others_can_read_and_a_ledger_that_cannot_be_made_are_found() {
    let world = World::start().await;
    std::fs::set_permissions(world.folder.path().join("shop-key"), PermissionsExt::from_mode(0o644)).unwrap();
    let findings =
        look(&world, &[("\"ledger.sqlite\"", "\"nowhere/ledger.sqlite\"")], Tries::default()).await;
    is_found(&findings, "shop.key_file", Standing::Warning, "mode 644");
    is_found(&findings, "database", Standing::Problem, "nowhere");
}

#[tokio::test]
async fn a_shop_that_does_not_look_at_the_signature_is_told() {
    let mut world = World::with_shop(QUIET, 0, WEBHOOKS).await;
    world.start_backend().await;
    let findings = look(&world, &[], Tries::default()).await;
    is_found(&findings, "shop.webhook_url", Standing::Problem, "does not answer");
    let credulous = serve(Router::new().fallback(|| async { StatusCode::NO_CONTENT })).await;
    let send = Tries { order: false, webhook: true };
    let findings = look(&world, &[("http://127.0.0.1:1", &credulous)], send).await;
    is_found(&findings, "shop.webhook_url", Standing::Ok, "took a signed webhook");
    is_found(&findings, "shop.webhook_url", Standing::Problem, "wrong signature");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_command_answers_in_json_and_by_its_exit_code() {
    let world = World::start().await;
    let run = |file: &str| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_merchant-backend"));
        command.args(["check", "--json", "--config"]).arg(world.folder.path().join(file)).output().unwrap()
    };
    let text = settings(&world, &world.base, &[]);
    std::fs::write(world.folder.path().join("good.toml"), &text).unwrap();
    std::fs::write(world.folder.path().join("bad.toml"), text.replace(&world.bank.url, "http://127.0.0.1:1"))
        .unwrap();
    let (good, bad) = tokio::task::block_in_place(|| (run("good.toml"), run("bad.toml")));
    let answer: Value = serde_json::from_slice(&good.stdout).unwrap();
    assert!(good.status.success(), "{answer}");
    assert_eq!(answer["problems"], 0);
    assert_eq!(answer["findings"][0]["standing"], "ok");
    assert!(!bad.status.success());
}

async fn look(world: &World, changes: &[(&str, &str)], tries: Tries) -> Vec<Finding> {
    look_at(world, &world.base, changes, tries).await
}

async fn look_at(world: &World, public_url: &str, changes: &[(&str, &str)], tries: Tries) -> Vec<Finding> {
    let file = world.folder.path().join("check.toml");
    std::fs::write(&file, settings(world, public_url, changes)).unwrap();
    check(Config::read(&file).unwrap(), tries).await
}

fn settings(world: &World, public_url: &str, changes: &[(&str, &str)]) -> String {
    let text = std::fs::read_to_string(world.config_file()).unwrap();
    let text = changes.iter().fold(text, |text, (from, to)| {
        assert!(text.contains(from), "{from}");
        text.replace(from, to)
    });
    format!("public_url = \"{public_url}\"\n{text}")
}

fn is_found(findings: &[Finding], about: &str, standing: Standing, text: &str) {
    let found = findings.iter().find(|finding| {
        finding.about == about && finding.standing == standing && finding.text.contains(text)
    });
    let found = found.unwrap_or_else(|| panic!("{about} {standing:?} {text}: {findings:#?}"));
    assert_eq!(found.advice.is_some(), standing != Standing::Ok);
}

async fn serve(router: Router) -> String {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    tokio::spawn(async move { axum::serve(listener, router).await });
    url
}
