//! Our envelopes against an independent implementation, jwcrypto (Python), in both directions.
//!
//! `vectors/jwcrypto.json` was made by it; `vectors/ours_opened_by_jwcrypto.json` holds envelopes of ours that it
//! opened. With `ALLIANCEPAY_JWCRYPTO_PYTHON` naming a python3 that has jwcrypto, fresh ones are opened live.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on should stop")]

use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use alliancepay::jwe::{decrypt, encrypt};
use alliancepay::{PrivateJwk, PublicJwk};
use serde_json::{Value, json};

fn vectors(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/vectors").join(name)
}

fn read(name: &str) -> Value {
    serde_json::from_str(&std::fs::read_to_string(vectors(name)).unwrap()).unwrap()
}

fn key(vectors: &Value) -> PrivateJwk {
    PrivateJwk::from_json(&vectors["key"].to_string()).unwrap()
}

fn entries<'a>(vectors: &'a Value, list: &str) -> &'a [Value] {
    let entries = vectors[list].as_array().unwrap();
    assert!(!entries.is_empty());
    entries
}

#[test]
fn envelopes_made_by_jwcrypto_open() {
    let vectors = read("jwcrypto.json");
    let key = key(&vectors);
    for entry in entries(&vectors, "opens") {
        let opened = decrypt(entry["jwe"].as_str().unwrap(), &key).unwrap();
        assert_eq!(String::from_utf8(opened).unwrap(), entry["plaintext"], "{}", entry["name"]);
    }
}

#[test]
fn envelopes_of_another_make_are_refused() {
    let vectors = read("jwcrypto.json");
    let key = key(&vectors);
    for entry in entries(&vectors, "refused") {
        assert!(decrypt(entry["jwe"].as_str().unwrap(), &key).is_err(), "{}", entry["name"]);
    }
}

#[test]
fn our_envelopes_that_jwcrypto_opened_still_open() {
    let vectors = read("ours_opened_by_jwcrypto.json");
    let key = key(&vectors);
    for entry in entries(&vectors, "opened") {
        let opened = decrypt(entry["jwe"].as_str().unwrap(), &key).unwrap();
        assert_eq!(String::from_utf8(opened).unwrap(), entry["plaintext"]);
    }
}

/// With `ALLIANCEPAY_JWCRYPTO_RECORD` set as well, the outcome is kept as `ours_opened_by_jwcrypto.json`.
#[test]
fn jwcrypto_opens_what_we_seal_now() {
    let Some(python) = std::env::var_os("ALLIANCEPAY_JWCRYPTO_PYTHON") else {
        eprintln!("skipped: ALLIANCEPAY_JWCRYPTO_PYTHON names no python3 with jwcrypto");
        return;
    };
    let vectors = read("jwcrypto.json");
    let public: PublicJwk = serde_json::from_value(vectors["key"].clone()).unwrap();
    let texts = ["{}", "Оплата", "{\"coinAmount\":\"2500\"}", &"0123456789abcdef".repeat(64)];
    let jwes: Vec<_> = texts.iter().map(|text| encrypt(text.as_bytes(), &public).unwrap()).collect();

    let mut child = Command::new(python)
        .arg(vectors_script())
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("the python named by ALLIANCEPAY_JWCRYPTO_PYTHON starts");
    let asked = json!({"key": vectors["key"], "jwes": jwes});
    child.stdin.take().unwrap().write_all(asked.to_string().as_bytes()).unwrap();
    let output = child.wait_with_output().unwrap();
    assert!(output.status.success(), "jwcrypto refused an envelope of ours");
    let answer: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(answer["plaintexts"], json!(texts));

    if std::env::var_os("ALLIANCEPAY_JWCRYPTO_RECORD").is_some() {
        let opened: Vec<_> =
            jwes.iter().zip(texts).map(|(jwe, text)| json!({"plaintext": text, "jwe": jwe})).collect();
        let record = json!({"tool": answer["tool"], "key": vectors["key"], "opened": opened});
        let text = serde_json::to_string_pretty(&record).unwrap() + "\n";
        std::fs::write(self::vectors("ours_opened_by_jwcrypto.json"), text).unwrap();
    }
}

fn vectors_script() -> PathBuf {
    vectors("open_with_jwcrypto.py")
}
