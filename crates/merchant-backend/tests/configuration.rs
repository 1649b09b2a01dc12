//! The documents on configuration say what the code takes: `docs/operating/configuration.md` is written from the list of
//! keys, the example is loaded. With `ALLIANCEPAY_WRITE_DOCS=1` the document is written.
#![allow(clippy::unwrap_used, reason = "a test's helper fails the test")]

use std::collections::BTreeSet;
use std::fmt::Write;
use std::path::Path;

use merchant_backend::Config;
use merchant_backend::config::keys::{KEYS, Kind};

const EXAMPLE: &str = include_str!("../config.example.toml");

#[test]
fn the_document_names_every_key_its_variable_and_its_default() {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/operating/configuration.md");
    if std::env::var_os("ALLIANCEPAY_WRITE_DOCS").is_some() {
        std::fs::write(&file, document()).unwrap();
    }
    let written = std::fs::read_to_string(&file).unwrap();
    assert_eq!(
        written,
        document(),
        "run `ALLIANCEPAY_WRITE_DOCS=1 cargo test -p merchant-backend --test configuration`"
    );
}

#[test]
fn the_list_of_keys_is_what_the_file_takes() {
    let lists = ["terminals[]", "alipayplus.webhook_keys[]"];
    for table in ["", "shop", "bank", "timing", "limits", "alipayplus"].into_iter().chain(lists) {
        let prefix = if table.is_empty() { String::new() } else { format!("{table}.") };
        let mut listed: BTreeSet<String> = KEYS
            .iter()
            .filter_map(|key| key.path.strip_prefix(&prefix))
            .filter(|name| !name.contains('.'))
            .map(str::to_owned)
            .collect();
        if table.is_empty() {
            listed.extend(["shop", "bank", "timing", "limits", "terminals", "alipayplus"].map(str::to_owned));
        }
        if table == "alipayplus" {
            listed.insert("webhook_keys".to_owned());
        }
        assert_eq!(taken(table), listed, "[{table}]: config/keys.rs and the tables differ");
    }
}

#[test]
fn the_example_is_a_configuration() {
    let folder = folder(EXAMPLE);
    let config = Config::read(&folder.path().join("config.toml")).unwrap();
    assert_eq!(config.terminals.len(), 2);
    assert!(config.webhooks.is_some());
}

#[test]
fn what_the_example_shows_as_a_comment_is_a_configuration_too() {
    let shown = shown();
    for key in KEYS.iter().filter(|key| !key.path.starts_with("database_")) {
        let name = key.path.rsplit('.').next().unwrap();
        let is_shown =
            shown.lines().any(|line| line.strip_prefix(name).is_some_and(|rest| rest.starts_with(" =")));
        assert!(is_shown, "config.example.toml does not show {}", key.path);
    }
    let folder = folder(&shown);
    Config::read(&folder.path().join("config.toml")).unwrap();
}

/// The example with what it shows as comments.
fn shown() -> String {
    EXAMPLE
        .lines()
        .map(|line| line.strip_prefix("#: ").unwrap_or(line))
        .flat_map(|line| [line, "\n"])
        .collect()
}

/// What the tables take: told by the refusal of a key that nobody has.
fn taken(table: &str) -> BTreeSet<String> {
    let intruder = "nobody_has_this = 1";
    let text = match table {
        "" => format!("{intruder}\n{EXAMPLE}"),
        "alipayplus" => shown().replacen("[alipayplus]", &format!("[alipayplus]\n{intruder}"), 1),
        "alipayplus.webhook_keys[]" => {
            let list = "[[alipayplus.webhook_keys]]";
            shown().replacen(list, &format!("{list}\n{intruder}"), 1)
        }
        "terminals[]" => EXAMPLE.replacen("[[terminals]]", &format!("[[terminals]]\n{intruder}"), 1),
        "limits" | "timing" => format!("{EXAMPLE}\n[{table}]\n{intruder}\n"),
        _ => EXAMPLE.replacen(&format!("[{table}]"), &format!("[{table}]\n{intruder}"), 1),
    };
    let error = Config::read(&folder(&text).path().join("config.toml")).unwrap_err();
    assert!(error.key.ends_with("nobody_has_this"), "{error}");
    let (_, expected) = error.problem.split_once("expected").unwrap();
    expected.split('`').skip(1).step_by(2).map(str::to_owned).collect()
}

fn folder(config: &str) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    let secrets: [(&str, String); 4] = [
        ("shop-key", "k".repeat(32)),
        ("webhook-secret", "s".repeat(32)),
        ("purchase.jwk", key()),
        ("a2a.jwk", key()),
    ];
    for (name, text) in secrets {
        std::fs::write(folder.path().join(name), text).unwrap();
    }
    std::fs::write(folder.path().join("config.toml"), config).unwrap();
    folder
}

fn key() -> String {
    serde_json::to_string(&alliancepay::PrivateJwk::generate()).unwrap()
}

fn document() -> String {
    let mut text = String::from(INTRODUCTION);
    let mut tables: Vec<&str> = Vec::new();
    for key in KEYS {
        let table = key.path.rsplit_once('.').map_or("", |(table, _)| table);
        if !tables.contains(&table) {
            tables.push(table);
            let title = match table {
                "" => "At the top".to_owned(),
                "terminals[]" => "`[[terminals]]`, one for each".to_owned(),
                _ => format!("`[{table}]`"),
            };
            write!(text, "\n## {title}\n\n| key | what | default | variable |\n|---|---|---|---|\n").unwrap();
        }
        let name = key.path.rsplit('.').next().unwrap();
        let kind = if key.kind == Kind::Text { String::new() } else { format!(" ({})", key.kind.word()) };
        let (meaning, default, variable) = (key.meaning, key.default, key.variable());
        writeln!(text, "| `{name}` | {meaning}{kind} | {default} | `{variable}` |").unwrap();
    }
    text
}

const INTRODUCTION: &str = "# Configuration

One TOML file, given by `--config FILE`; [an example with words](../../crates/merchant-backend/config.example.toml). Paths in it
are relative to it. A key that nobody knows is an error, and every error names its key. `merchant-backend check` reads it,
tries the bank, the ledger and the addresses, and says in words what is wrong.

Each key has a variable that goes before the file: `ALLIANCEPAY_` and the key in capitals. Lists are written with commas
there, terminals are counted from 0 (`ALLIANCEPAY_TERMINALS_0_MERCHANT_ID`). Secrets come from files or from these variables,
never from the file itself: `ALLIANCEPAY_SHOP_KEY`, `ALLIANCEPAY_WEBHOOK_SECRET` and `ALLIANCEPAY_DATABASE_URL`. Files with
secrets should be readable for their owner only (`chmod 600`).

Logs go to stderr as JSON, or as text with `ALLIANCEPAY_LOG_FORMAT=text`; `RUST_LOG` filters them (`info` unless told).
";
